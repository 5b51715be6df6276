namespace Ingest.Worker.Identity.Duplicates;

/// <summary>How two texts agree, group by group.</summary>
/// <param name="Shared">Groups that stand in both and are not common to other articles as well.</param>
/// <param name="Compared">Groups of the shorter text that are not common to other articles.</param>
/// <param name="LargestHole">Share of the shorter text, 0 to 1, that the longest stretch without a shared group takes.</param>
/// <param name="Facts">Numbers and names of the shorter text that stand in or between shared groups.</param>
/// <param name="OtherFacts">Those of them that the longer text does not have.</param>
internal readonly record struct Resemblance(int Shared, int Compared, double LargestHole, int Facts, int OtherFacts)
{
    // A gap between shared groups of up to so many tokens is an edit within a text; a longer one is another text.
    private const int WidestEdit = 12;

    /// <summary>Share of the shorter text's groups that stand in the longer one too, 0 to 1.</summary>
    public double Containment => Compared == 0 ? 0 : (double)Shared / Compared;

    /// <summary>Compares two texts.</summary>
    /// <param name="one">A text.</param>
    /// <param name="other">Another.</param>
    /// <param name="common">Groups that stand in other articles as well, such as what a site writes under everything; they count for nothing.</param>
    public static Resemblance Of(ShingledText one, ShingledText other, IReadOnlySet<ulong> common)
    {
        var (shorter, longer) = one.Set.Count <= other.Set.Count ? (one, other) : (other, one);
        var shared = 0;
        var compared = 0;
        foreach (var group in shorter.Set)
        {
            if (common.Contains(group)) continue;
            compared++;
            if (longer.Set.Contains(group)) shared++;
        }

        return shared == 0 ? new Resemblance(0, compared, 1, 0, 0) : Walk(shorter, longer, common) with { Shared = shared, Compared = compared };
    }

    // Pages made from one template agree in everything but the figures and names in it, and these are what they tell.
    private static Resemblance Walk(ShingledText shorter, ShingledText longer, IReadOnlySet<ulong> common)
    {
        var known = longer.Tokens.Where(static token => token.IsFact).Select(static token => token.Hash).ToHashSet();
        var (facts, others, hole, end) = (0, 0, 0, 0);
        for (var i = 0; i < shorter.Sequence.Count; i++)
        {
            var group = shorter.Sequence[i];
            if (!longer.Set.Contains(group) || common.Contains(group)) continue;
            hole = Math.Max(hole, i - end);
            var from = end > 0 && i - end <= WidestEdit ? end : Math.Max(end, i);
            for (var at = from; at < i + shorter.Width; at++)
            {
                if (!shorter.Tokens[at].IsFact) continue;
                facts++;
                others += known.Contains(shorter.Tokens[at].Hash) ? 0 : 1;
            }

            end = i + shorter.Width;
        }

        return new Resemblance(0, 0, (double)Math.Max(hole, shorter.Tokens.Count - end) / shorter.Tokens.Count, facts, others);
    }
}
