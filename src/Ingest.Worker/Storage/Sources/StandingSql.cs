using Ingest.Text;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Rhythm;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Sources;

/// <summary>What visits find out beyond their daily business, of those of which there is something to tell.</summary>
internal static class StandingSql
{
    // A visit that brought no news and found everything as it was changes nothing here.
    private static bool Changes(VisitWrites visit) =>
        visit.ServerTrust with { LastFullAt = visit.Source.LastFullAt } != ServerTrust.Of(visit.Source) || visit.Plan.History.News != visit.Source.History.News
            || visit.Plan.History.Ceiling != visit.Source.History.Ceiling;

    /// <summary>The statements of what these visits guessed and of their events; they come after the one that writes the sources' rows.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Of(IReadOnlyList<VisitWrites> visits)
    {
        foreach (var visit in visits) if (visit.Guess is { } guess) yield return Guesses.Save(visit.Source.Id, guess);
        foreach (var command in EventsOf(visits)) yield return command;
    }

    /// <summary>The statement that writes their events, if there are any.</summary>
    public static IEnumerable<NpgsqlBatchCommand> EventsOf(IReadOnlyList<VisitWrites> visits)
    {
        return EventsOf([.. visits.SelectMany(static visit => visit.Events.Select(happened => (visit.Source.Id, visit.Now, Event: happened)))]);
    }

    /// <summary>The statement that writes events, if there are any.</summary>
    public static IEnumerable<NpgsqlBatchCommand> EventsOf(IReadOnlyList<(int SourceId, DateTimeOffset At, SourceEvent Event)> events)
    {
        if (events.Count > 0) yield return Events(events);
    }

    /// <summary>Adds to the statement that writes the sources' rows what visits changed of their standing; nothing for those that changed nothing.</summary>
    public static NpgsqlBatchCommand AddStanding(this NpgsqlBatchCommand command, IReadOnlyList<VisitWrites> visits)
    {
        var rows = visits.Select(static visit => Changes(visit) ? visit : null).ToList();
        return Rhythm(
            command
                .Add(rows, NpgsqlDbType.Boolean, static visit => visit is not null)
                .Add(rows, NpgsqlDbType.Boolean, static visit => visit?.ServerTrust.IsGone)
                .AddText(rows, static visit => visit is null ? null : Words<TrustLevel>.Of(visit.ServerTrust.Trust.Level))
                .AddMoments(rows, static visit => visit?.ServerTrust.Trust.Since is { } since && since != DateTimeOffset.MinValue ? since : null)
                .AddText(rows, static visit => visit?.ServerTrust.Move?.To.AbsoluteUri)
                .Add(rows, NpgsqlDbType.Integer, static visit => visit?.ServerTrust.Move?.Seen)
                .AddMoments(rows, static visit => visit?.ServerTrust.Move?.Since)
                .AddText(rows, static visit => visit?.ServerTrust.MovedTo?.AbsoluteUri)
                .Add(rows, NpgsqlDbType.Smallint, static visit => visit?.ServerTrust.MovedTo is { } url ? HostSlot.Of(url) : (short?)null)
                .AddMoments(rows, static visit => visit?.ServerTrust.GuessAt),
            rows);
    }

    private static NpgsqlBatchCommand Rhythm(NpgsqlBatchCommand command, List<VisitWrites?> rows) => command
        .Add(rows, NpgsqlDbType.Interval, static visit => visit?.Plan.History.News?.Gap)
        .AddMoments(rows, static visit => visit?.Plan.History.News?.LastAt)
        .AddMoments(rows, static visit => visit?.Plan.History.News?.SilentSince)
        .Add(rows, NpgsqlDbType.Interval, static visit => visit?.Plan.History.Ceiling)
        .AddText(rows, static visit => Numbers(visit?.Plan.History.News?.Profile.NewsByHour))
        .AddText(rows, static visit => Numbers(visit?.Plan.History.News?.Profile.NewsByDay))
        .AddText(rows, static visit => Numbers(visit?.Plan.History.News?.Profile.HoursByHour))
        .AddText(rows, static visit => Numbers(visit?.Plan.History.News?.Profile.HoursByDay))
        .AddMoments(rows, static visit => visit?.Plan.History.News?.SilentFrom)
        .Add(rows, NpgsqlDbType.Integer, static visit => GapsOf(visit)?.Seen ?? 0)
        .Add(rows, NpgsqlDbType.Interval, static visit => GapsOf(visit)?.Usual)
        .Add(rows, NpgsqlDbType.Interval, static visit => GapsOf(visit)?.Longest);

    private static UsualGaps? GapsOf(VisitWrites? visit) => visit?.Plan.History.News?.Gaps is { Seen: > 0 } gaps ? gaps : null;

    private static NpgsqlBatchCommand Events(IReadOnlyList<(int SourceId, DateTimeOffset At, SourceEvent Event)> events) =>
        new NpgsqlBatchCommand("""
            insert into ingest.source_events (source_id, at, kind, detail) select * from unnest($1, $2, $3, $4)
            """)
            .Add(events, NpgsqlDbType.Integer, static row => row.SourceId)
            .AddMoments(events, static row => row.At)
            .AddText(events, static row => Words<SourceEventKind>.Of(row.Event.Kind))
            .AddText(events, static row => ErrorText.Of(row.Event.Detail));

    // Three digits are plenty for counts that fade.
    private static string? Numbers(IReadOnlyList<float>? weights) =>
        weights is null ? null : string.Join(' ', weights.Select(static weight => weight.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)));
}
