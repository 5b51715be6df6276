namespace Ingest.Worker.Sources.Plans;

/// <summary>
/// Plans the next poll of a source that failed: never sooner than it would have been asked had it answered, and each failure more doubles the wait.
/// </summary>
internal static class FailurePlan
{
    public static PollPlan After(Source source, PollOutcome.Failed failed, PollBounds bounds, DateTimeOffset now)
    {
        var weight = source.History.FailureWeight + failed.Weight;
        var history = source.History with { FailureWeight = weight };
        var least = Least(source, bounds, now);
        if (weight >= bounds.QuarantineWeight)
            return At(
                source,
                PollPlan.Longer(least, bounds.Quarantine),
                FormattableString.Invariant($"in quarantine after failures of weight {weight:0.##}: {failed.Reason}"),
                history,
                bounds,
                now);
        var wait = PollPlan.Longer(least, PollPlan.Shorter(Multiplied(least, Factor(weight, failed.Weight)), bounds.FailureCap));

        // An outage ends: what it costs after its end is bounded by a share of its length. Who says that it is asked too much has no outage.
        if (failed is { Weight: < 1, IsRefusal: false } && (now - source.LastSuccessAt) / 3 is { } share && share < wait) wait = PollPlan.Longer(share, least);
        return At(
            source,
            wait,
            FormattableString.Invariant($"backing off {PollPlan.Say(wait)} after failures of weight {weight:0.##}: {failed.Reason}"),
            history,
            bounds,
            now);
    }

    /// <summary>
    /// The time that a source is left alone after any request, whatever came of it: the greatest of what its owner, its publisher and the rhythm of its news
    /// ask for.
    /// </summary>
    public static TimeSpan Least(Source source, PollBounds bounds, DateTimeOffset now)
    {
        var history = source.History;
        var own = ScheduleTimes.Gap(source.Rhythm, now) ?? source.Rhythm.Interval
            ?? (history.Interval is { } adapted ? PollPlan.Shorter(adapted, bounds.Longest) : bounds.Initial);
        var asked = WishRules.Bind(source, bounds)
            ? PollPlan.Longer(history.Asked.Interval ?? TimeSpan.Zero, history.Fresh ?? TimeSpan.Zero)
            : TimeSpan.Zero;
        return PollPlan.Longer(PollPlan.Longer(own, PollPlan.Shorter(asked, PollPlan.Honoured(bounds))), bounds.Shortest);
    }

    // Failures of one kind double the wait each; heavy ones more, and light ones that follow heavy ones go on from there.
    private static double Factor(double weight, double last) => Math.Max(weight * Math.Pow(2, weight - 1), Math.Pow(2, Math.Min(weight / last, 40) - 1));

    // What its owner set by the clock stays on it.
    private static PollPlan At(Source source, TimeSpan wait, string reason, PollHistory history, PollBounds bounds, DateTimeOffset now) =>
        ScheduleTimes.Next(source, now, wait, bounds) is { } at
            ? new PollPlan(at, $"{reason}; schedule \"{source.Rhythm.Cron}\"", history)
            : new PollPlan(now + wait + PollJitter.Of(source, wait, now), reason, history);

    // An interval of a year times a large weight would not fit.
    private static TimeSpan Multiplied(TimeSpan interval, double factor) => TimeSpan.FromDays(Math.Min(interval.TotalDays * factor, 3650));
}
