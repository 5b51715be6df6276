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

    /// <summary>Plans the poll after this one.</summary>
    /// <param name="source">The source that was polled.</param>
    /// <param name="outcome">How the poll ended.</param>
    /// <param name="bounds">The worker's bounds.</param>
    /// <param name="now">The time of the poll.</param>
    public static PollPlan After(Source source, PollOutcome outcome, PollBounds bounds, DateTimeOffset now)
    {
        var plan = outcome is PollOutcome.Failed failed
            ? AfterFailure(source, failed, bounds, now)
            : AfterSuccess(source, outcome as PollOutcome.Read, bounds, now);
        if (outcome.NotBefore is { } notBefore && notBefore > plan.At)
            plan = plan with { At = notBefore, Reason = plan.Reason + ", held back by the publisher's caching headers" };
        return outcome is PollOutcome.Read { Asked: var asked } ? plan with { At = OutOfSkippedHours(plan.At, asked) } : plan;
    }

    private static PollPlan AfterSuccess(Source source, PollOutcome.Read? read, PollBounds bounds, DateTimeOffset now)
    {
        var asked = read?.Asked.Interval ?? TimeSpan.Zero;
        var interval = Adapted(source, read, bounds);
        var history = new PollHistory(interval, 0);
        if (source.Rhythm.Cron is { } cron)
        {
            var fire = new CronExpression(cron, source.Rhythm.Zone).GetNextValidTimeAfter(Later(now, now + asked - TimeSpan.FromSeconds(1)));
            if (fire is { } at) return new PollPlan(at, $"schedule \"{cron}\"", history);
        }

        var chosen = source.Rhythm.Interval ?? interval;
        var reason = source.Rhythm.Interval is null ? "adaptive interval" : "configured interval";
        if (asked > chosen)
        {
            chosen = asked;
            reason = "interval asked for by the feed";
        }

        return new PollPlan(now + chosen + Jitter(source, chosen, now), Words($"{reason} of {chosen.TotalMinutes:0} min"), history);
    }

    private static TimeSpan Adapted(Source source, PollOutcome.Read? read, PollBounds bounds)
    {
        if (source.History.Interval is not { } interval) return Clamp(bounds.Initial, bounds.Shortest, bounds.Longest);
        return Clamp(interval * (read?.HadNews == true ? NewsFactor : SilenceFactor), bounds.Shortest, bounds.Longest);
    }

    private static PollPlan AfterFailure(Source source, PollOutcome.Failed failed, PollBounds bounds, DateTimeOffset now)
    {
        var weight = source.History.FailureWeight + failed.Weight;
        var history = source.History with { FailureWeight = weight };
        if (weight >= bounds.QuarantineWeight)
            return new PollPlan(now + bounds.Quarantine + Jitter(source, bounds.Quarantine, now), Words($"in quarantine after failures of weight {weight:0.##}: {failed.Reason}"), history);
        var interval = source.Rhythm.Interval ?? source.History.Interval ?? bounds.Initial;
        var wait = Clamp(interval * Math.Max(weight, failed.Weight), bounds.Shortest, bounds.FailureCap);
        return new PollPlan(now + wait + Jitter(source, wait, now), Words($"backing off {wait.TotalMinutes:0} min after failures of weight {weight:0.##}: {failed.Reason}"), history);
    }

    private static DateTimeOffset OutOfSkippedHours(DateTimeOffset at, PollRequest asked)
    {
        // A feed that skips every hour or day has made a mistake: 8 days of hours bound the search.
        var hour = at.ToUniversalTime();
        for (var tries = 0; tries < 8 * 24; tries++)
        {
            if (!asked.SkipHours.Contains(hour.Hour) && !asked.SkipDays.Contains(hour.DayOfWeek)) return hour;
            hour = new DateTimeOffset(hour.Year, hour.Month, hour.Day, hour.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
        }

        return at;
    }

    // Deterministic, so that a plan can be explained and tested: a hash of the source and the hour of the poll.
    private static TimeSpan Jitter(Source source, TimeSpan interval, DateTimeOffset now)
    {
        var mixed = unchecked((uint)source.Id * 2654435761u ^ (uint)now.ToUnixTimeSeconds() * 2246822519u);
        return interval * (JitterShare * (mixed % 1000) / 1000.0);
    }

    private static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);

    private static TimeSpan Clamp(TimeSpan value, TimeSpan from, TimeSpan to) => value < from ? from : value > to ? to : value;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
