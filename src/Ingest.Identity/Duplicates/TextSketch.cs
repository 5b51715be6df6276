using System.Runtime.InteropServices;

namespace Ingest.Identity.Duplicates;

/// <summary>
/// What is kept of a text so that it need not be read again to see that another one tells something else: its groups with the smallest hashes, a fair sample of
/// them all (bottom-k; A. Broder, "On the resemblance and containment of documents", 1997).
/// </summary>
/// <param name="Groups">How many different groups the text has.</param>
/// <param name="Smallest">Hashes of its smallest ones, at most <see cref="Size"/>, four bytes each, the lowest first.</param>
internal sealed record TextSketch(int Groups, byte[] Smallest)
{
    /// <summary>Groups in a sketch.</summary>
    public const int Size = 64;

    // Standard deviations that a sample may err by: one of a thousand pairs that only just agree is passed over.
    private const double Doubt = 3;

    /// <summary>
    /// The share of the shorter text, 0 to 1, that stands in both as far as the sample tells; null when it is surely smaller than asked for.
    /// </summary>
    /// <param name="others">Hashes of the other text's groups.</param>
    /// <param name="compared">How many of those are not common to other articles.</param>
    /// <param name="similarity">The least share that is asked for, 0 to 1.</param>
    public double? Agreement(IReadOnlySet<int> others, int compared, double similarity)
    {
        var sample = MemoryMarshal.Cast<byte, int>(Smallest);
        var (size, shared) = (sample.Length, 0);
        foreach (var group in sample) shared += others.Contains(group) ? 1 : 0;
        var shorter = Math.Min(1, (double)compared / Groups);
        var least = similarity * shorter;
        var variance = size * least * (1 - least) * (Groups - size) / Math.Max(1, Groups - 1);
        return shared < (size * least) - (Doubt * Math.Sqrt(variance)) ? null : Math.Min(1, shared / (size * shorter));
    }
}
