namespace Ingest.Identity.Duplicates;

/// <summary>An article that shares sampled groups with a new one.</summary>
/// <param name="Key">Identity.</param>
/// <param name="Order">Smaller is seen earlier.</param>
/// <param name="SourceId">The source that showed it first; null for an imported article.</param>
/// <param name="Text">Its body.</param>
internal sealed record DuplicateCandidate(ArticleKey Key, long Order, int? SourceId, ShingledText Text)
{
    /// <summary>Whether it is stored and in no story.</summary>
    public bool IsAlone { get; init; }
}

/// <summary>The article whose story a new one tells.</summary>
/// <param name="Candidate">The article that was matched; its story is the new one's.</param>
/// <param name="Similarity">Share of the shorter text's groups that stand in both, 0 to 1.</param>
/// <param name="IsDoubtful">What both have may be what their sites write under everything: <see cref="StoryChoice.Holds"/> tells.</param>
internal sealed record StoryMatch(DuplicateCandidate Candidate, double Similarity, bool IsDoubtful);

/// <summary>Chooses which of the candidates tells the same story.</summary>
internal static class StoryChoice
{
    // A group that stands in so many of the site's other latest articles is the site's, not the article's.
    private const int CommonFrom = 3;

    /// <summary>The candidates that tell the story, the one that agrees best first, and of those that agree alike the earliest.</summary>
    /// <param name="rule">When two texts are one story.</param>
    /// <param name="text">The new article's body.</param>
    /// <param name="candidates">What may be the same.</param>
    /// <param name="common">Groups that stand in other articles of the new one's source.</param>
    public static IEnumerable<StoryMatch> Choose(
        DuplicateRule rule, ShingledText text, IEnumerable<DuplicateCandidate> candidates, IReadOnlySet<ulong> common) =>
        candidates
            .Select(candidate => (Candidate: candidate, Found: Resemblance.Of(text, candidate.Text, common)))
            .Where(pair => rule.Holds(pair.Found))
            .OrderByDescending(static pair => Math.Round(pair.Found.Containment, 2)).ThenBy(static pair => pair.Candidate.Order)
            .Select(static pair => new StoryMatch(pair.Candidate, pair.Found.Containment, DuplicateRule.IsDoubtful(pair.Found)));

    /// <summary>Are a text and one that agrees with it in part alike beyond what other texts of their sources have too?</summary>
    /// <param name="rule">When two texts are one story.</param>
    /// <param name="text">The new article's body.</param>
    /// <param name="candidate">The other one's.</param>
    /// <param name="others">The latest other texts of both sources.</param>
    public static bool Holds(DuplicateRule rule, ShingledText text, ShingledText candidate, IReadOnlyList<ShingledText> others) =>
        rule.Holds(Resemblance.Of(text, candidate, text.Groups.Where(group => others.Any(other => other.Contains(group))).ToHashSet()));

    /// <summary>The groups of a text that its site writes under everything.</summary>
    /// <param name="text">The new article's body.</param>
    /// <param name="background">The latest other articles of its source.</param>
    public static HashSet<ulong> Common(ShingledText text, IReadOnlyList<ShingledText> background)
    {
        var common = new HashSet<ulong>();
        if (background.Count < CommonFrom) return common;
        foreach (var group in text.Groups)
        {
            if (background.Count(other => other.Contains(group)) >= CommonFrom) common.Add(group);
        }

        return common;
    }
}
