using Ingest.Feeds;
using Ingest.Worker.Sources.Rhythm;
namespace Ingest.Worker.Sources.Plans;

/// <summary>Plans the next poll of a source that answered: by its schedule, by its own interval, or by the rhythm of its news.</summary>
internal static class SuccessPlan
{
    // The share of the mean gap between two pieces of news after which the next is looked for: lower finds it sooner and asks more often.
    private const double ShareOfGap = 0.7;

    // A silence counts as a gap as soon as this share of it is longer than the mean: a feed that has stopped is left alone more and more.
    private const double ShareOfSilence = 0.35;

    // How an interval without any news grows, and how the ceiling that missed entries left behind rises.
    private const double Growth = 1.25;

    public static PollPlan After(Source source, PollOutcome outcome, RefreshHints asked, TimeSpan wished, PollBounds bounds, DateTimeOffset now)
    {
        var history = Learned(source, outcome, asked, bounds, now);
        var (adapted, rhythm) = Adapted(source.History, history, bounds, now);
        history = history with { Interval = adapted };
        var ended = "";
        if (source.Rhythm.Cron is { } cron)
        {
            if (WishRules.Turn(source, wished, bounds, now) is { } turn) return new PollPlan(turn.At, turn.Reason, history);
            ended = $"schedule \"{cron}\" has no further time; ";
        }

        if (source.Rhythm.Interval is { } own)
        {
            var (held, why) = WishRules.Interval(own, wished, bounds);
            var jitter = held == own ? PollJitter.Of(source, held, now, bounds.Jitter) : PollJitter.Of(source, held, now);
            return new PollPlan(now + held + jitter, ended + why, history);
        }

        var (wait, reason) = wished > adapted ? (wished, $"interval of {PollPlan.Say(wished)} asked for by the feed") : (adapted, ended + rhythm);
        return new PollPlan(now + wait + PollJitter.Of(source, wait, now), reason, history);
    }

    private static PollHistory Learned(Source source, PollOutcome outcome, RefreshHints asked, PollBounds bounds, DateTimeOffset now)
    {
        var before = source.History;
        var history = before with
        {
            FailureWeight = 0,
            Asked = asked,
            Fresh = outcome.NotBefore > now ? outcome.NotBefore - now : outcome is PollOutcome.NotModified { BodyBytes: 0 } ? before.Fresh : null,
            Cost = before.Cost.After(outcome, isFirst: before.News is null),
            Ceiling = Raised(before.Ceiling, bounds),
        };
        if (outcome is not PollOutcome.Read read) return history;
        return history with
        {
            News = NewsRhythm.Learn(before.News, read.News, source.LastSuccessAt, now),
            Ceiling = read.MissedSome && source.LastSuccessAt is { } last ? PollPlan.Clamp((now - last) / 2, bounds.Shortest, bounds.Longest) : history.Ceiling,
        };
    }

    // Rare news is looked for more often than its gaps would ask for: that costs the publisher little, and the reader would wait for hours.
    private static TimeSpan Looked(TimeSpan gap) => gap.TotalHours <= 1 ? gap : TimeSpan.FromHours(Math.Sqrt(gap.TotalHours));

    private static TimeSpan? Raised(TimeSpan? ceiling, PollBounds bounds) => ceiling * Growth is { } raised && raised < bounds.Longest ? raised : null;

    private static (TimeSpan Wait, string Reason) Adapted(PollHistory before, PollHistory history, PollBounds bounds, DateTimeOffset now)
    {
        if (history.News is not { } news)
        {
            var grown = PollPlan.Clamp(before.Interval * Growth ?? bounds.Initial, bounds.Shortest, bounds.Longest);
            return (grown, FormattableString.Invariant($"no entry was ever seen, asked again after {PollPlan.Say(grown)}"));
        }

        var silence = news.SilentSince < now ? news.ActiveTime(news.SilentSince, now) : TimeSpan.Zero;
        var isSilent = silence * ShareOfSilence > news.Gap;
        var active = Looked(isSilent ? silence * ShareOfSilence : news.Gap) * ShareOfGap;
        var ceiling = history.Ceiling is { } left && left < bounds.Longest ? left : bounds.Longest;
        var at = news.After(now, active, now + ceiling);
        var longest = PollPlan.Longer(ceiling, bounds.Shortest);
        var wait = PollPlan.Clamp(at - now, bounds.Shortest, longest);
        var why = isSilent
            ? FormattableString.Invariant($"no news for {PollPlan.Say(now - news.SilentSince)}")
            : FormattableString.Invariant($"news about every {PollPlan.Say(news.Gap)}");
        if (wait > active * 1.5 && active > TimeSpan.Zero && wait > bounds.Shortest) why += ", these are its quiet hours";
        if (wait == ceiling && ceiling < bounds.Longest) why += ", entries were missed lately";
        if (history.Cost.Stretch(bounds.BytesPerNews) is var stretch and > 1)
        {
            wait = PollPlan.Shorter(wait * stretch, longest);
            why += FormattableString.Invariant(
                $", and the server, which does not say when nothing has changed, spends {history.Cost.PerNews / 1024:0} KiB on each");
        }

        return (wait, FormattableString.Invariant($"{why}: next after {PollPlan.Say(wait)}"));
    }
}
