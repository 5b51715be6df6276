using Quartz;

namespace Ingest.Worker.Sources.Plans;

/// <summary>
/// The times of a source's own schedule. Each source keeps a few seconds away from them, always as many: a worker that asks a thousand publishers at
/// full hours is one of many that do, and their servers are busiest then.
/// </summary>
internal static class ScheduleTimes
{
    // Of the time between two turns, so that frequent schedules keep their pace.
    private const int MostOfGap = 4;

    /// <summary>The first turn after a wait; null without a schedule, or when it has no further time.</summary>
    public static DateTimeOffset? Next(Source source, DateTimeOffset now, TimeSpan wait, PollBounds bounds)
    {
        if (source.Rhythm.Cron is not { } cron) return null;
        var expression = new CronExpression(cron, source.Rhythm.Zone);

        // The poll itself takes a while, so that a schedule that is just as frequent as the wait would otherwise miss every other turn.
        var earliest = now + wait - PollPlan.Shorter(wait / 10, TimeSpan.FromMinutes(1));
        if (expression.GetNextValidTimeAfter(earliest) is not { } turn) return null;
        var gap = expression.GetNextValidTimeAfter(turn) - turn ?? TimeSpan.FromDays(1);
        return turn + (PollPlan.Shorter(bounds.ScheduleScatter, gap / MostOfGap) * PollJitter.ShareOf(source));
    }

    /// <summary>The time between its next two turns; null without them.</summary>
    public static TimeSpan? Gap(PollRhythm rhythm, DateTimeOffset now)
    {
        if (rhythm.Cron is not { } cron) return null;
        var expression = new CronExpression(cron, rhythm.Zone);
        return expression.GetNextValidTimeAfter(now) is { } first ? expression.GetNextValidTimeAfter(first) - first : null;
    }
}
