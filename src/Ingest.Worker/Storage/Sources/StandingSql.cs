using Ingest.Text;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Rhythm;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Sources;

/// <summary>The statements that write what visits find out beyond their daily business: sets, over the visits of which there is something to tell.</summary>
internal static class StandingSql
{
    // A visit that brought no news and found everything as it was changes nothing here.
    private static bool Changes(VisitWrites visit) =>
        visit.ServerTrust with { LastFullAt = visit.Source.LastFullAt } != ServerTrust.Of(visit.Source) || visit.Plan.History.News != visit.Source.History.News
            || visit.Plan.History.Ceiling != visit.Source.History.Ceiling;

    /// <summary>The statements of these visits; they come after those that write the sources' rows.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Of(IReadOnlyList<VisitWrites> visits)
    {
        if (visits.Where(Changes).ToList() is { Count: > 0 } changed) yield return Update(changed);
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

    private static NpgsqlBatchCommand Update(List<VisitWrites> visits)
    {
        var rows = visits.OrderBy(static visit => visit.Source.Id).ToList();
        return Rhythm(new NpgsqlBatchCommand("""
            update ingest.sources s set
              state = case when s.state = 'gone' and not x.gone then 'active' else s.state end,
              validator_trust = x.trust, validator_trust_at = x.trust_at,
              moved_to = x.to_url, moved_seen = x.seen, moved_since = x.since, guess_at = x.guess,
              url = coalesce(x.new_url, s.url), slot = coalesce(x.new_slot, s.slot),
              news_gap = x.gap, newest_entry_at = x.newest, silent_since = x.silent, interval_ceiling = x.ceiling,
              news_by_hour = string_to_array(x.hours, ' ')::real[], news_by_day = string_to_array(x.days, ' ')::real[],
              hours_by_hour = string_to_array(x.by_hour, ' ')::real[], hours_by_day = string_to_array(x.by_day, ' ')::real[],
              silent_from = x.silent_from, gaps_seen = x.gaps, usual_gap = x.usual, longest_gap = x.longest
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
              as x(id, url, gone, trust, trust_at, to_url, seen, since, new_url, new_slot, guess, gap, newest, silent, ceiling, hours, days, by_hour, by_day,
                   silent_from, gaps, usual, longest)
            where s.id = x.id and s.url = x.url
            """)
            .Add(rows, NpgsqlDbType.Integer, static visit => visit.Source.Id)
            .AddText(rows, static visit => visit.Source.Url.OriginalString)
            .Add(rows, NpgsqlDbType.Boolean, static visit => visit.ServerTrust.IsGone)
            .AddText(rows, static visit => Words<TrustLevel>.Of(visit.ServerTrust.Trust.Level))
            .AddMoments(rows, static visit => visit.ServerTrust.Trust.Since == DateTimeOffset.MinValue ? null : visit.ServerTrust.Trust.Since)
            .AddText(rows, static visit => visit.ServerTrust.Move?.To.AbsoluteUri)
            .Add(rows, NpgsqlDbType.Integer, static visit => visit.ServerTrust.Move?.Seen)
            .AddMoments(rows, static visit => visit.ServerTrust.Move?.Since)
            .AddText(rows, static visit => visit.ServerTrust.MovedTo?.AbsoluteUri)
            .Add(rows, NpgsqlDbType.Smallint, static visit => visit.ServerTrust.MovedTo is { } url ? HostSlot.Of(url) : (short?)null)
            .AddMoments(rows, static visit => visit.ServerTrust.GuessAt), rows);
    }

    private static NpgsqlBatchCommand Rhythm(NpgsqlBatchCommand command, List<VisitWrites> rows) => command
        .Add(rows, NpgsqlDbType.Interval, static visit => visit.Plan.History.News?.Gap)
        .AddMoments(rows, static visit => visit.Plan.History.News?.LastAt)
        .AddMoments(rows, static visit => visit.Plan.History.News?.SilentSince)
        .Add(rows, NpgsqlDbType.Interval, static visit => visit.Plan.History.Ceiling)
        .AddText(rows, static visit => Numbers(visit.Plan.History.News?.Profile.NewsByHour))
        .AddText(rows, static visit => Numbers(visit.Plan.History.News?.Profile.NewsByDay))
        .AddText(rows, static visit => Numbers(visit.Plan.History.News?.Profile.HoursByHour))
        .AddText(rows, static visit => Numbers(visit.Plan.History.News?.Profile.HoursByDay))
        .AddMoments(rows, static visit => visit.Plan.History.News?.SilentFrom)
        .Add(rows, NpgsqlDbType.Integer, static visit => GapsOf(visit)?.Seen ?? 0)
        .Add(rows, NpgsqlDbType.Interval, static visit => GapsOf(visit)?.Usual)
        .Add(rows, NpgsqlDbType.Interval, static visit => GapsOf(visit)?.Longest);

    private static UsualGaps? GapsOf(VisitWrites visit) => visit.Plan.History.News?.Gaps is { Seen: > 0 } gaps ? gaps : null;

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
