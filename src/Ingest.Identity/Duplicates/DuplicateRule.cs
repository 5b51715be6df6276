namespace Ingest.Identity.Duplicates;

/// <summary>Decides whether two texts are one story told twice.</summary>
/// <param name="Similarity">Share of the shorter text's groups that must stand in the longer one, 0 to 1.</param>
internal sealed record DuplicateRule(double Similarity)
{
    /// <summary>Texts of fewer groups are not compared: notices and teasers are alike without being one story.</summary>
    public const int FewestGroups = 30;

    // Short texts must agree almost wholly, and so must texts that agree in one place only, which may be what a site writes under everything.
    private const int ShortGroups = 60;
    private const double WholeSimilarity = 0.75;
    private const double LargestHole = 0.25;

    // Groups that are more than an edit of the first words, or a call to read on.
    private const int OwnBeginning = 2;
    private const int OwnEnd = 20;

    // So many figures and names must be the same as those of the other text.
    private const int FewestFacts = 3;
    private const double MostOtherFacts = 0.3;

    /// <summary>Is the text long enough to be compared at all?</summary>
    public static bool IsComparable(ShingledText text) => text.Groups.Count >= FewestGroups;

    /// <summary>Are two texts that agree like this one story?</summary>
    public bool Holds(Resemblance found)
    {
        if (found.Compared < FewestGroups) return false;
        if (AreOther(found.Numbers, found.OtherNumbers) || AreOther(found.Numbers + found.Names, found.OtherNumbers + found.OtherNames)) return false;
        var scattered = found.LargestHole <= LargestHole && found.Compared >= ShortGroups;
        return found.Containment >= (scattered ? Similarity : Math.Max(Similarity, WholeSimilarity));
    }

    /// <summary>
    /// Do they agree at their ends, or at their beginnings, alone, each going on with what is its own? That may be one text that two houses introduced, or two
    /// texts under which one house writes the same.
    /// </summary>
    public static bool IsDoubtful(Resemblance found) => found.Before >= OwnBeginning || found.Behind >= OwnEnd;

    private static bool AreOther(int facts, int others) => facts >= FewestFacts && others > facts * MostOtherFacts;
}
