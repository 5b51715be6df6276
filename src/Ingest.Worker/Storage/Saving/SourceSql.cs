using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Saving;

/// <summary>The statement that writes what visits taught about their sources.</summary>
internal static class SourceSql
{
    // A visit speaks of the source that it loaded: not of another URL that was configured meanwhile, and not over the visit of another worker
    // that took over while this one was held up. Every visit writes last_polled_at, which so tells whether there was one.
    private const int Parameters = 30;

    private const string UpdateText = """
        update ingest.sources s set
          next_poll_at = x.next_poll_at, next_poll_reason = x.next_poll_reason, adaptive_interval = x.adaptive_interval, failure_weight = x.failure_weight,
          last_polled_at = x.now,
          last_status = case when x.postponed then s.last_status else x.status end,
          last_error = case when x.postponed then s.last_error else x.error end,
          last_success_at = case when x.error is null then x.now else s.last_success_at end,
          last_news_at = case when x.had_news then x.now else s.last_news_at end,
          state = case when x.gone then 'gone' else s.state end,
          etag = case when x.has_facts then x.etag else s.etag end,
          last_modified = case when x.has_facts then x.last_modified else s.last_modified end,
          validators_url = case when x.has_facts then x.validators_url else s.validators_url end,
          body_hash = case when x.has_facts then x.body_hash else s.body_hash end,
          title = coalesce(x.title, s.title), site_url = coalesce(x.site_url, s.site_url), language = coalesce(x.language, s.language),
          last_full_at = x.full_at, asked_interval = x.asked_interval,
          fresh_for = x.fresh_for, body_bytes = x.body_bytes, body_news = x.body_news, vain_bodies = x.vain_bodies,
          skip_hours = string_to_array(x.skip_hours, ',')::smallint[], skip_days = string_to_array(x.skip_days, ',')::smallint[]
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
                    $27, $28, $29, $30)
          as x(id, url, absolute_url, seen_polled_at, now, next_poll_at, next_poll_reason, adaptive_interval, failure_weight, status, error,
               had_news, gone, has_facts, etag, last_modified, validators_url, body_hash, title, site_url, language, asked_interval, skip_hours, skip_days,
               full_at, postponed, fresh_for, body_bytes, body_news, vain_bodies)
        where s.id = x.id and s.url in (x.url, x.absolute_url) and s.last_polled_at is not distinct from x.seen_polled_at
        returning s.id
        """;

    private static readonly string Text = $"with told as ({VisitSql.LedgerText(Parameters)}) {UpdateText}";

    /// <summary>Writes what the sources' rows remember, and returns the ids of those that took it; and, in the same statement, lines of the ledger.</summary>
    public static NpgsqlBatchCommand Update(IReadOnlyList<Visit> visits, IReadOnlyList<FromSource<FetchEntry>> ledger) =>
        Facts(Plans(new NpgsqlBatchCommand(Text), visits), visits).AddLedger(ledger);

    private static NpgsqlBatchCommand Plans(NpgsqlBatchCommand command, IReadOnlyList<Visit> visits) => command
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

    private static NpgsqlBatchCommand Facts(NpgsqlBatchCommand command, IReadOnlyList<Visit> visits) => command
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
        .AddMoments(visits, static visit => visit.Standing.LastFullAt)
        .Add(visits, NpgsqlDbType.Boolean, static visit => visit.IsPostponed)
        .Add(visits, NpgsqlDbType.Interval, static visit => visit.Plan.History.Fresh)
        .Add(visits, NpgsqlDbType.Double, static visit => visit.Plan.History.Cost.Bytes)
        .Add(visits, NpgsqlDbType.Double, static visit => visit.Plan.History.Cost.News)
        .Add(visits, NpgsqlDbType.Integer, static visit => visit.Plan.History.Cost.Vain);

    // An array of arrays cannot be taken apart by unnest.
    private static string? Numbers(IEnumerable<int> numbers) => string.Join(',', numbers) is { Length: > 0 } text ? text : null;
}
