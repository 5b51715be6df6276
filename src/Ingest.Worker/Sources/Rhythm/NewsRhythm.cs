namespace Ingest.Worker.Sources.Rhythm;

/// <summary>
/// How a feed's news comes: how far apart, measured in active time, and at which hours. Active time runs fast in hours that are full of news and
/// slowly in quiet ones; over a week it is as long as the calendar's.
/// </summary>
/// <param name="Gap">The exponentially weighted, geometric mean of the active time between two pieces of news.</param>
/// <param name="LastAt">When the newest entry came.</param>
/// <param name="SilentSince">The last time at which something new was there, so that wrong clocks of publishers do not matter.</param>
/// <param name="Profile">The active hours.</param>
internal sealed record NewsRhythm(TimeSpan Gap, DateTimeOffset LastAt, DateTimeOffset SilentSince, ActivityProfile Profile)
{
    // The share of a new gap in the mean.
    private const double Freshness = 0.15;

    // Entries closer together than this came together.
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(5);

    // Older entries tell nothing of how the feed is run now.
    private static readonly TimeSpan LongestMemory = TimeSpan.FromDays(180);

    // Active time of more than this is as long as the calendar's.
    private static readonly TimeSpan LongestWalk = TimeSpan.FromDays(28);

    // Of less than two weeks, whose hours fade, it is not known which hours are quiet, nor whether its weekends are.
    private const double EnoughWatched = 280;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>What gaps it leaves by itself.</summary>
    public UsualGaps Gaps { get; init; } = UsualGaps.None;

    /// <summary>The time from which on it is silent if nothing new is there by then; null while too little is known.</summary>
    public DateTimeOffset? SilentFrom { get; init; }

    /// <summary>Learns from entries that are new to the source.</summary>
    /// <param name="before">What was known; null at the first reading, whose entries are the feed's history.</param>
    /// <param name="stated">The times the entries state; null for one that states none.</param>
    /// <param name="lastSuccess">The last time the feed was seen without them; null for never.</param>
    /// <param name="now">The time of the poll.</param>
    /// <returns>What is known now; null when no entry was ever seen.</returns>
    public static NewsRhythm? Learn(NewsRhythm? before, IReadOnlyList<DateTimeOffset?> stated, DateTimeOffset? lastSuccess, DateTimeOffset now)
    {
        if (stated.Count == 0) return before;
        var times = before is null ? First(stated, now) : Later(stated, lastSuccess is { } last && last < now ? last : before.SilentSince, now);
        var rhythm = before
            ?? new NewsRhythm(Clamp(now - times[^1], Hour, TimeSpan.FromDays(7)), times[0], times[0], ActivityProfile.Flat.With(times[0], times[0]));
        var isFirst = before is null;
        foreach (var time in times)
        {
            if (time - rhythm.LastAt < Together) continue;
            rhythm = rhythm.After(time, isFirst);
            isFirst = false;
        }

        return rhythm with { SilentSince = before is null ? rhythm.LastAt : now, SilentFrom = rhythm.EndOfGap() };
    }

    /// <summary>The active time between two times.</summary>
    public TimeSpan ActiveTime(DateTimeOffset from, DateTimeOffset to)
    {
        if (to - from > LongestWalk) return to - from;
        var week = Profile.Week();
        var active = TimeSpan.Zero;
        for (var at = from; at < to;)
        {
            var end = Earlier(NextHour(at), to);
            active += (end - at) * week[HourOfWeek(at)];
            at = end;
        }

        return active;
    }

    /// <summary>When so much active time has gone by, but not later than <paramref name="latest"/>.</summary>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan active, DateTimeOffset latest)
    {
        var week = Profile.Week();
        for (var at = from; at < latest;)
        {
            var (end, weight) = (NextHour(at), week[HourOfWeek(at)]);
            var inHour = (end - at) * weight;
            if (inHour >= active) return Earlier(at + (active / weight), latest);
            active -= inHour;
            at = end;
        }

        return latest;
    }

    // Whole weeks of active time are whole weeks of the calendar's.
    private DateTimeOffset? EndOfGap()
    {
        if (Gaps.Silence is not { } silence || Profile.HoursByHour.Sum() < EnoughWatched) return null;
        var aWeek = TimeSpan.FromHours(Profile.Week().Sum());
        var weeks = Math.Floor(silence / aWeek);
        var from = LastAt + (TimeSpan.FromDays(7) * weeks);
        return After(from, silence - (aWeek * weeks), from + TimeSpan.FromDays(8));
    }

    private NewsRhythm After(DateTimeOffset time, bool isFirst)
    {
        var gap = ActiveTime(LastAt, time);
        if (gap < Together) gap = Together;
        var mean = isFirst ? gap : TimeSpan.FromSeconds(Math.Exp(((1 - Freshness) * Math.Log(Gap.TotalSeconds)) + (Freshness * Math.Log(gap.TotalSeconds))));
        return this with { Gap = mean, LastAt = time, Profile = Profile.With(LastAt, time), Gaps = Gaps.With(gap) };
    }

    private static List<DateTimeOffset> First(IReadOnlyList<DateTimeOffset?> stated, DateTimeOffset now)
    {
        var recent = stated.OfType<DateTimeOffset>().Where(time => time <= now && now - time < LongestMemory).Order().ToList();

        // Old entries only: the feed has been silent since the newest. No dates at all: nothing is known but that it is there.
        if (recent.Count == 0) recent.Add(stated.OfType<DateTimeOffset>().Any(time => time <= now) ? now - LongestMemory : now);
        return recent;
    }

    // What was not there at the last poll came since; a time that says otherwise is that of another clock, or of writing and not of publishing.
    private static List<DateTimeOffset> Later(IReadOnlyList<DateTimeOffset?> stated, DateTimeOffset since, DateTimeOffset now)
    {
        var middle = since + ((now - since) / 2);
        return [.. stated.Select(time => time is { } at && at >= since - Together && at <= now ? at : middle).Order()];
    }

    private static int HourOfWeek(DateTimeOffset time) => ((int)time.UtcDateTime.DayOfWeek * 24) + time.UtcDateTime.Hour;

    private static DateTimeOffset NextHour(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour) + TimeSpan.TicksPerHour, TimeSpan.Zero);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static TimeSpan Clamp(TimeSpan value, TimeSpan from, TimeSpan to) => value < from ? from : value > to ? to : value;
}
