namespace Ingest.Identity.Duplicates;

/// <summary>
/// Chooses the few groups of a text that are kept in the index, and the more by which a new text looks for them: those with the smallest hashes (bottom-k). A
/// group that stands in both texts is small in both, so that a part of a text finds the whole and the whole its part, which sketches for resemblance do not do.
/// </summary>
internal static class ShingleSample
{
    // Texts are cut at their end: their beginning is sampled for itself.
    private const int HeadTokens = 120;

    /// <summary>Groups kept of the beginning, and again of the whole text.</summary>
    public const int Kept = 6;

    /// <summary>Groups looked for of the beginning, and again of the whole text.</summary>
    public const int Asked = 12;

    /// <summary>What the index keeps of a text.</summary>
    public static int[] ToKeep(ShingledText text) => Smallest(text, Kept);

    /// <summary>What a text looks for in the index.</summary>
    public static int[] ToAsk(ShingledText text) => Smallest(text, Asked);

    internal static int[] Smallest(ShingledText text, int count)
    {
        var head = text.Sequence.Take(HeadTokens).Distinct().Order().Take(count);
        var whole = text.Groups.Order().Take(count);
        return [.. head.Concat(whole).Select(static hash => (int)(uint)(hash >> 16)).Distinct()];
    }
}
