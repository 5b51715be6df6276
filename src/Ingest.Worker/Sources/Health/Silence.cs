using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Sources.Rhythm;

namespace Ingest.Worker.Sources.Health;

/// <summary>
/// Tells when a source falls silent, and when it is heard again. A silence is noticed by an answer without news: a source that does not answer fails, and is
/// not silent. What is known of it changes with its news alone, so that a visit without any has nothing to compute or to write.
/// </summary>
internal static class Silence
{
    /// <summary>Whether it was silent when it last answered.</summary>
    public static bool Holds(NewsRhythm? news, DateTimeOffset? lastSuccess) => news?.SilentFrom is { } from && lastSuccess >= from;

    /// <summary>What a visit that was answered found out, in words; null when nothing.</summary>
    /// <param name="source">The source as it was before.</param>
    /// <param name="after">What is known of its news now.</param>
    /// <param name="now">The time of the visit.</param>
    public static (bool IsSilent, string Detail)? Noticed(Source source, NewsRhythm? after, DateTimeOffset now)
    {
        var (was, isSilent) = (Holds(source.History.News, source.LastSuccessAt), Holds(after, now));
        if (isSilent && !was) return (true, Words(after!, now));
        if (was && !isSilent)
            return (false, FormattableString.Invariant($"news again after a silence of {PollPlan.Say(now - source.History.News!.LastAt)}"));
        return null;
    }

    private static string Words(NewsRhythm news, DateTimeOffset now)
    {
        var chance = news.Gaps.InAYear(news.ActiveTime(news.LastAt, now));
        return FormattableString.Invariant(
            $"no news for {PollPlan.Say(now - news.LastAt)}, where it comes about every {PollPlan.Say(news.Gaps.Usual)}: by itself ")
            + (chance < 1 ? FormattableString.Invariant($"it would be silent for so long once in {Years(chance)}") : "it is rarely silent for so long");
    }

    private static string Years(double inAYear) => inAYear switch
    {
        < 0.001 => "more than a thousand years",
        > 0.5 => "two years",
        _ => FormattableString.Invariant($"{Math.Round(1 / inAYear):0} years"),
    };
}
