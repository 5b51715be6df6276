using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Sources;

/// <summary>The statement that writes what visits taught about their sources.</summary>
internal static class SourceSql
{
    private static readonly string Text = SqlFile.Read("statements/save_sources.sql");

    /// <summary>Writes what the sources' rows remember, and returns the ids of those that took it; and, in the same statement, lines of the ledger.</summary>
    public static NpgsqlBatchCommand Update(IReadOnlyList<VisitWrites> visits, IReadOnlyList<LedgerLine> ledger) =>
        Facts(Plans(new NpgsqlBatchCommand(Text), visits), visits).AddStanding(visits).AddLedger(ledger);

    private static NpgsqlBatchCommand Plans(NpgsqlBatchCommand command, IReadOnlyList<VisitWrites> visits) => command
        .Add(visits, NpgsqlDbType.Integer, static visit => visit.Source.Id)
        .AddText(visits, static visit => visit.Source.Url.OriginalString)
        .AddText(visits, static visit => visit.Source.Url.AbsoluteUri)
        .AddMoments(visits, static visit => visit.Source.LastPolledAt)
        .AddMoments(visits, static visit => visit.Now)
        .AddMoments(visits, static visit => visit.Plan.At)
        .AddText(visits, static visit => ErrorText.Of(visit.Plan.Reason))
        .Add(visits, NpgsqlDbType.Interval, static visit => visit.Plan.History.Interval)
        .Add(visits, NpgsqlDbType.Double, static visit => visit.Plan.History.FailureWeight)
        .Add(visits, NpgsqlDbType.Integer, static visit => visit.Fetch.Status)
        .AddText(visits, static visit => ErrorText.Of(visit.Fetch.Failure))
        .Add(visits, NpgsqlDbType.Boolean, static visit => visit.Fetch.Entries is { New: > 0 } or { Changed: > 0 })
        .Add(visits, NpgsqlDbType.Boolean, static visit => visit.Gone);

    private static NpgsqlBatchCommand Facts(NpgsqlBatchCommand command, IReadOnlyList<VisitWrites> visits) => command
        .Add(visits, NpgsqlDbType.Boolean, static visit => visit.Facts is not null)
        .AddText(visits, static visit => visit.Facts?.ETag)
        .AddText(visits, static visit => visit.Facts?.LastModified)
        .AddText(visits, static visit => visit.Facts?.ValidatorsUrl?.AbsoluteUri)
        .Add(visits, NpgsqlDbType.Uuid, static visit => visit.Facts?.BodyHash)
        .AddText(visits, static visit => visit.Facts?.Title)
        .AddText(visits, static visit => visit.Facts?.SiteUrl)
        .AddText(visits, static visit => visit.Facts?.Language)
        .Add(visits, NpgsqlDbType.Interval, static visit => visit.Plan.History.Asked.Interval)
        .AddText(visits, static visit => Numbers(visit.Plan.History.Asked.SkipHours))
        .AddText(visits, static visit => Numbers(visit.Plan.History.Asked.SkipDays.Select(static day => (int)day)))
        .AddMoments(visits, static visit => visit.ServerTrust.LastFullAt)
        .Add(visits, NpgsqlDbType.Boolean, static visit => visit.IsPostponed)
        .Add(visits, NpgsqlDbType.Interval, static visit => visit.Plan.History.Fresh)
        .Add(visits, NpgsqlDbType.Double, static visit => visit.Plan.History.Cost.Bytes)
        .Add(visits, NpgsqlDbType.Double, static visit => visit.Plan.History.Cost.News)
        .Add(visits, NpgsqlDbType.Integer, static visit => visit.Plan.History.Cost.Vain);

    // An array of arrays cannot be taken apart by unnest.
    private static string? Numbers(IEnumerable<int> numbers) => string.Join(',', numbers) is { Length: > 0 } text ? text : null;
}
