namespace Ingest.Worker.Sources.Plans;

/// <summary>Weighs what the owner of a source set against what its feed asks for, and says which of both holds, and why.</summary>
internal static class WishRules
{
    /// <summary>Whether the feed's wish binds: it does unless there is an interval or schedule of the source's own that overrules it.</summary>
    public static bool Bind(Source source, PollBounds bounds) => bounds.Wishes == FeedWishes.Honoured || !HasOwn(source);

    /// <summary>The interval that holds, of the source's own and the one that its feed asks for.</summary>
    public static (TimeSpan Wait, string Reason) Interval(TimeSpan own, TimeSpan wished, PollBounds bounds)
    {
        var (configured, asked) = (PollPlan.Say(own), PollPlan.Say(wished));
        if (wished <= TimeSpan.Zero || wished == own) return (own, $"configured interval of {configured}");
        if (wished < own) return (own, $"configured interval of {configured}, longer than the {asked} that the feed asks for");
        return bounds.Wishes == FeedWishes.Honoured
            ? (wished, $"interval of {asked} asked for by the feed, longer than the configured {configured}{Setting(bounds)}")
            : (own, $"configured interval of {configured}, though the feed asks for {asked}{Setting(bounds)}");
    }

    /// <summary>The turn of the source's own schedule that holds; null when it has no further one.</summary>
    public static (DateTimeOffset At, string Reason)? Turn(Source source, TimeSpan wished, PollBounds bounds, DateTimeOffset now)
    {
        var (first, asked) = (ScheduleTimes.Next(source, now, TimeSpan.Zero, bounds), ScheduleTimes.Next(source, now, wished, bounds));
        if ((Bind(source, bounds) ? asked : first) is not { } at) return null;
        var schedule = $"schedule \"{source.Rhythm.Cron}\"";
        if (asked <= first) return (at, schedule);
        return (at, bounds.Wishes == FeedWishes.Honoured
            ? $"{schedule}, its next turn after the {PollPlan.Say(wished)} that the feed asks for{Setting(bounds)}"
            : $"{schedule}, though the feed asks for {PollPlan.Say(wished)} between polls{Setting(bounds)}");
    }

    /// <summary>What is said of an answer that its server lets be used for longer than the plan would wait.</summary>
    public static string Fresh(Source source, TimeSpan fresh, PollBounds bounds) => Bind(source, bounds)
        ? $", held back by the publisher's caching headers{(HasOwn(source) ? Setting(bounds) : "")}"
        : $", though the publisher's caching headers ask for {PollPlan.Say(fresh)}{Setting(bounds)}";

    private static bool HasOwn(Source source) => source.Rhythm is not { Cron: null, Interval: null };

    private static string Setting(PollBounds bounds) => $" (FeedWishes: {bounds.Wishes})";
}
