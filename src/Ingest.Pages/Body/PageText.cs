using Ingest.Pages.Body.Blocks;
using Ingest.Pages.Body.Regions;

namespace Ingest.Pages.Body;

/// <summary>All text of a page in reading order, and the elements it stands in.</summary>
/// <param name="Root">The body element.</param>
/// <param name="Blocks">In reading order.</param>
/// <param name="Regions">Every block-level element, outer before inner.</param>
internal sealed record PageText(Region Root, IReadOnlyList<TextBlock> Blocks, IReadOnlyList<Region> Regions)
{
    private readonly double[] _massBefore = Sums(Blocks);

    /// <summary>Characters of prose inside a region, <see cref="TextBlock.Mass"/> summed.</summary>
    public double Mass(Region region) => _massBefore[region.End] - _massBefore[region.First];

    public IEnumerable<TextBlock> Inside(Region region) => Blocks.Skip(region.First).Take(region.End - region.First);

    private static double[] Sums(IReadOnlyList<TextBlock> blocks)
    {
        var sums = new double[blocks.Count + 1];
        for (var i = 0; i < blocks.Count; i++) sums[i + 1] = sums[i] + blocks[i].Mass;
        return sums;
    }
}
