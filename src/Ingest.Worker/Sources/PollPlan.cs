using System.Globalization;
using Quartz;

namespace Ingest.Worker.Sources;

/// <summary>When a source is polled next, and why.</summary>
/// <param name="At">The due time.</param>
/// <param name="Reason">The reason in words, for people.</param>
/// <param name="History">What to remember for the plan after.</param>
internal sealed record PollPlan(DateTimeOffset At, string Reason, PollHistory History)
{
    // How an adaptive interval follows the feed: news shortens it faster than silence stretches it.
    private const double NewsFactor = 0.7, SilenceFactor = 1.25;

    // Polls are spread over this share of their interval, so that sources added together do not stay together.
    private const double JitterShare = 0.1;

    // Files that hardly change are served with lifetimes of months, feeds among them by mistake: whatever is asked for, one poll a day is no burden.
    private static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    /// <summary>Plans the poll after this one.</summary>
    /// <remarks>
    /// What the publisher asks (ttl, sy:*, caching headers, Retry-After) is honoured up to <see cref="PollBounds.Longest"/>, or a day where that is less;
    /// hours and days that the feed skips, always. What the feed asked when it was last read holds until it is read again.
    /// </remarks>
    /// <param name="source">The source that was polled.</param>
    /// <param name="outcome">How the poll ended.</param>
    /// <param name="bounds">The worker's bounds.</param>
    /// <param name="now">The time of the poll.</param>
    public static PollPlan After(Source source, PollOutcome outcome, PollBounds bounds, DateTimeOffset now)
    {
        var asked = outcome is PollOutcome.Read read ? read.Asked : source.History.Asked;
        var plan = outcome is PollOutcome.Failed failed ? AfterFailure(source, failed, bounds, now) : AfterSuccess(source, outcome, asked, bounds, now);
        if (outcome.NotBefore is { } notBefore && Earlier(notBefore, now + Honoured(bounds)) is var held && held > plan.At)
            plan = plan with { At = held, Reason = plan.Reason + ", held back by the publisher's caching headers" };
        return OutOfSkippedHours(plan, asked) with { History = plan.History with { Asked = asked } };
    }

    private static PollPlan AfterSuccess(Source source, PollOutcome outcome, PollRequest asked, PollBounds bounds, DateTimeOffset now)
    {
        var wished = Shorter(asked.Interval ?? TimeSpan.Zero, Honoured(bounds));
        var interval = Adapted(source, outcome is PollOutcome.Read { HadNews: true }, bounds);
        var history = new PollHistory(interval, 0);
        var reason = source.Rhythm.Interval is null ? "adaptive interval" : "configured interval";
        if (source.Rhythm.Cron is { } cron)
        {
            // The poll itself takes a while, so that a schedule that is just as frequent as the feed asks would otherwise miss every other turn.
            var earliest = now + wished - Shorter(wished / 10, TimeSpan.FromMinutes(1));
            var fire = new CronExpression(cron, source.Rhythm.Zone).GetNextValidTimeAfter(earliest);
            if (fire is { } at) return new PollPlan(at, $"schedule \"{cron}\"", history);
            reason = $"schedule \"{cron}\" has no further time; {reason}";
        }

        var chosen = source.Rhythm.Interval ?? interval;
        if (wished > chosen)
        {
            chosen = wished;
            reason = "interval asked for by the feed";
        }

        return new PollPlan(now + chosen + Jitter(source, chosen, now), Words($"{reason} of {Say(chosen)}"), history);
    }

    private static TimeSpan Adapted(Source source, bool hadNews, PollBounds bounds)
    {
        if (source.History.Interval is not { } interval) return Clamp(bounds.Initial, bounds.Shortest, bounds.Longest);
        return Clamp(interval * (hadNews ? NewsFactor : SilenceFactor), bounds.Shortest, bounds.Longest);
    }

    private static PollPlan AfterFailure(Source source, PollOutcome.Failed failed, PollBounds bounds, DateTimeOffset now)
    {
        var weight = source.History.FailureWeight + failed.Weight;
        var history = source.History with { FailureWeight = weight };
        if (weight >= bounds.QuarantineWeight)
            return new PollPlan(now + bounds.Quarantine + Jitter(source, bounds.Quarantine, now), Words($"in quarantine after failures of weight {weight:0.##}: {failed.Reason}"), history);
        var interval = source.Rhythm.Interval ?? source.History.Interval ?? bounds.Initial;
        var wait = Clamp(interval * weight, bounds.Shortest, bounds.FailureCap);
        return new PollPlan(now + wait + Jitter(source, wait, now), Words($"backing off {Say(wait)} after failures of weight {weight:0.##}: {failed.Reason}"), history);
    }

    private static PollPlan OutOfSkippedHours(PollPlan plan, PollRequest asked)
    {
        if (asked.SkipHours.Count == 0 && asked.SkipDays.Count == 0) return plan;

        // A feed that skips every hour or day has made a mistake: 8 days of hours bound the search.
        var hour = plan.At.ToUniversalTime();
        for (var tries = 0; tries < 8 * 24; tries++)
        {
            if (!asked.SkipHours.Contains(hour.Hour) && !asked.SkipDays.Contains(hour.DayOfWeek))
                return tries == 0 ? plan : plan with { At = hour, Reason = plan.Reason + ", moved out of the hours that the feed skips" };
            hour = new DateTimeOffset(hour.Year, hour.Month, hour.Day, hour.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
        }

        return plan;
    }

    // Deterministic, so that a plan can be explained and tested: a hash of the source and the second of the poll.
    private static TimeSpan Jitter(Source source, TimeSpan interval, DateTimeOffset now)
    {
        var mixed = unchecked((uint)source.Id * 2654435761u ^ (uint)now.ToUnixTimeSeconds() * 2246822519u);
        return interval * (JitterShare * (mixed % 1000) / 1000.0);
    }

    private static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);

    private static TimeSpan Clamp(TimeSpan value, TimeSpan from, TimeSpan to) => value < from ? from : value > to ? to : value;

    private static TimeSpan Honoured(PollBounds bounds) => bounds.Longest > LongestAsked ? bounds.Longest : LongestAsked;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static string Say(TimeSpan interval) => interval < TimeSpan.FromMinutes(2) ? Words($"{interval.TotalSeconds:0} s") : Words($"{interval.TotalMinutes:0} min");
}
