using System.Runtime.InteropServices;

namespace Ingest.Identity.Duplicates;

/// <summary>
/// The few groups of a text that are kept in the index, and the more by which a new text looks for them: those with the smallest hashes (bottom-k). A group
/// that stands in both texts is small in both, so that a part of a text finds the whole and the whole its part, which sketches for resemblance do not do.
/// </summary>
/// <param name="ToKeep">What the index keeps of the text.</param>
/// <param name="ToAsk">What the text looks for in the index.</param>
/// <param name="Sketch">What tells it from others that share some of it.</param>
internal sealed record ShingleSample(int[] ToKeep, int[] ToAsk, TextSketch Sketch)
{
    // Texts are cut at their end: their beginning is sampled for itself.
    private const int HeadTokens = 80;

    // Groups of the beginning, and again of the whole text.
    private const int Kept = 6, Asked = 12;

    public static ShingleSample Of(ShingledText text)
    {
        var head = text.Sequence.Take(HeadTokens).Distinct().Order().Take(Asked).Select(ShortOf).ToList();
        var whole = text.Groups.Take(TextSketch.Size).Select(ShortOf).ToArray();
        return new ShingleSample(Both(Kept), Both(Asked), new TextSketch(text.Groups.Count, MemoryMarshal.AsBytes<int>(whole).ToArray()));

        int[] Both(int count) => [.. head.Take(count).Concat(whole.Take(count)).Distinct()];
    }

    /// <summary>A group's hash as it is stored. Those of a sample are small: their first bits say little.</summary>
    public static int ShortOf(ulong hash) => (int)(uint)(hash >> 16);
}
