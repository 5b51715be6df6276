using Ingest.Feeds;
namespace Ingest.Worker.Sources.Plans;

/// <summary>When a source is polled next, and why.</summary>
/// <param name="At">The due time.</param>
/// <param name="Reason">The reason in words, for people.</param>
/// <param name="History">What to remember for the plan after.</param>
internal sealed record PollPlan(DateTimeOffset At, string Reason, PollHistory History)
{
    // Files that hardly change are served with lifetimes of months, feeds among them by mistake: whatever is asked for, one poll a day is no burden.
    private static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    // Nothing is lost while a server has nothing to give.
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromDays(2);

    /// <summary>Plans the poll after this one.</summary>
    /// <remarks>
    /// What the publisher asks (ttl, sy:*, caching headers, Retry-After) is honoured up to <see cref="PollBounds.Longest"/>, or a day where that is less;
    /// what an answer without use asks, up to two days; hours and days that the feed skips, always. What the feed asked when it was last read holds until it
    /// is read again, through failures too.
    /// </remarks>
    /// <param name="source">The source that was polled.</param>
    /// <param name="outcome">How the poll ended.</param>
    /// <param name="bounds">The worker's bounds.</param>
    /// <param name="now">The time of the poll.</param>
    public static PollPlan After(Source source, PollOutcome outcome, PollBounds bounds, DateTimeOffset now)
    {
        var asked = outcome is PollOutcome.Read read ? read.Asked : source.History.Asked;
        var plan = outcome switch
        {
            PollOutcome.Postponed postponed => Postponed(source, postponed, bounds, now),
            PollOutcome.Gone => Gone(source, "the publisher says that it is gone", bounds, now),
            PollOutcome.Failed failed when source.IsGone => Gone(source, failed.Reason, bounds, now),
            PollOutcome.Failed failed => FailurePlan.After(source, failed, bounds, now),
            _ => SuccessPlan.After(source, outcome, asked, Shorter(asked.Interval ?? TimeSpan.Zero, Honoured(bounds)), bounds, now),
        };
        var longest = outcome is PollOutcome.Failed or PollOutcome.Gone ? Longer(Honoured(bounds), LongestRefusal) : Honoured(bounds);
        if (outcome.NotBefore is { } notBefore && Earlier(notBefore, now + longest) is var held && held > plan.At)
            plan = Held(source, outcome, plan, held, bounds, now);
        return OutOfSkippedHours(source, plan, asked, now) with { History = plan.History with { Asked = asked } };
    }

    private static PollPlan Gone(Source source, string reason, PollBounds bounds, DateTimeOffset now) =>
        Waiting(
            source,
            Longer(bounds.Gone, FailurePlan.Least(source, bounds, now)),
            FormattableString.Invariant($"gone, asked once in {Say(bounds.Gone)} whether it is back: {reason}"),
            source.History,
            now);

    private static PollPlan Postponed(Source source, PollOutcome.Postponed postponed, PollBounds bounds, DateTimeOffset now) =>
        Waiting(source, bounds.Shortest, "not asked yet: " + postponed.Reason, source.History, now);

    private static PollPlan Waiting(Source source, TimeSpan wait, string reason, PollHistory history, DateTimeOffset now) =>
        new(now + wait + PollJitter.Of(source, wait, now), reason, history);

    private static PollPlan OutOfSkippedHours(Source source, PollPlan plan, RefreshHints asked, DateTimeOffset now)
    {
        if (asked.SkipHours.Count == 0 && asked.SkipDays.Count == 0) return plan;

        // A feed that skips every hour or day has made a mistake: 8 days of hours bound the search.
        var hour = plan.At.ToUniversalTime();
        for (var tries = 0; tries < 8 * 24; tries++)
        {
            if (!asked.SkipHours.Contains(hour.Hour) && !asked.SkipDays.Contains(hour.DayOfWeek))
                return tries == 0
                    ? plan
                    : plan with
                    {
                        At = hour + PollJitter.Of(source, TimeSpan.FromHours(1), now),
                        Reason = plan.Reason + ", moved out of the hours that the feed skips",
                    };
            hour = new DateTimeOffset(hour.Year, hour.Month, hour.Day, hour.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
        }

        return plan;
    }

    // What a server refuses is refused to everybody; how long a good answer may be used is a wish.
    private static PollPlan Held(Source source, PollOutcome outcome, PollPlan plan, DateTimeOffset held, PollBounds bounds, DateTimeOffset now)
    {
        var isWish = outcome is PollOutcome.Read or PollOutcome.NotModified;
        var reason = plan.Reason + outcome switch
        {
            PollOutcome.Postponed => ", held back by the publisher's Retry-After",
            _ when isWish => WishRules.Fresh(source, held - now, bounds),
            _ => ", held back by the publisher's Retry-After or caching headers",
        };
        return isWish && !WishRules.Bind(source, bounds)
            ? plan with { Reason = reason }
            : plan with { At = held + PollJitter.Of(source, Shorter(bounds.Shortest, held - now), now), Reason = reason };
    }

    internal static TimeSpan Clamp(TimeSpan value, TimeSpan from, TimeSpan to) => value < from ? from : value > to ? to : value;

    internal static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    internal static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    internal static string Say(TimeSpan interval) => interval switch
    {
        _ when interval < TimeSpan.FromMinutes(2) => FormattableString.Invariant($"{interval.TotalSeconds:0} s"),
        _ when interval < TimeSpan.FromHours(5) => FormattableString.Invariant($"{interval.TotalMinutes:0} min"),
        _ when interval < TimeSpan.FromDays(3) => FormattableString.Invariant($"{interval.TotalHours:0.#} h"),
        _ => FormattableString.Invariant($"{interval.TotalDays:0.#} days"),
    };

    internal static TimeSpan Honoured(PollBounds bounds) => Longer(bounds.Longest, LongestAsked);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
