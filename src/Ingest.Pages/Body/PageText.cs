using Ingest.Pages.Body.Blocks;
using Ingest.Pages.Body.Regions;

namespace Ingest.Pages.Body;

/// <summary>All text of a page in reading order, and the elements it stands in.</summary>
/// <param name="Root">The body element.</param>
/// <param name="Blocks">In reading order.</param>
/// <param name="Regions">Every block-level element, outer before inner.</param>
internal sealed record PageText(Region Root, IReadOnlyList<TextBlock> Blocks, IReadOnlyList<Region> Regions)
{
    private readonly double[] _massBefore = Sums(Blocks, static block => block.Mass);
    private readonly double[] _charsBefore = Sums(Blocks, static block => block.Text.Length);
    private readonly double[] _linkedBefore = Sums(Blocks, static block => block.LinkChars);
    private readonly double[] _linkedHeadingsBefore = Sums(Blocks, static block => block is { Kind: BlockKind.Heading, LinkShare: >= 0.5 } ? 1 : 0);

    /// <summary>Characters of prose inside a region, <see cref="TextBlock.Mass"/> summed.</summary>
    public double Mass(Region region) => _massBefore[region.End] - _massBefore[region.First];

    /// <summary>The same of the blocks before one.</summary>
    public double MassBefore(int block) => _massBefore[block];

    /// <summary>Characters inside a region.</summary>
    public double Chars(Region region) => _charsBefore[region.End] - _charsBefore[region.First];

    /// <summary>Characters inside a region that stand in links.</summary>
    public double LinkedChars(Region region) => _linkedBefore[region.End] - _linkedBefore[region.First];

    public bool HasLinkedHeading(Region region) => _linkedHeadingsBefore[region.End] > _linkedHeadingsBefore[region.First];

    /// <summary>Whether a region has nothing but a heading at its end and its number: "2 / 5".</summary>
    public bool IsAllOf(Region region, int heading)
    {
        const int Most = 4;
        return region.End == heading + 1 && region.End - region.First <= Most
            && Inside(region).SkipLast(1).All(static block => !block.Text.Any(char.IsLetter));
    }

    public IEnumerable<TextBlock> Inside(Region region) => Blocks.Skip(region.First).Take(region.End - region.First);

    private static double[] Sums(IReadOnlyList<TextBlock> blocks, Func<TextBlock, double> of)
    {
        var sums = new double[blocks.Count + 1];
        for (var i = 0; i < blocks.Count; i++) sums[i + 1] = sums[i] + of(blocks[i]);
        return sums;
    }
}
