using Ingest.Pages.Body.Blocks;
using Ingest.Pages.Body.Regions;

namespace Ingest.Pages.Body;

/// <summary>Tells teasers of other articles: elements of one make in a row, each a linked heading and little more.</summary>
internal sealed class Teasers(PageText page)
{
    private const int Fewest = 2;
    private const int MostBlocks = 6;
    private const int MostSteps = 4;

    private readonly Dictionary<Region, bool> _lists = [];
    private readonly bool _hasHeadline = page.Blocks.Any(static block => block is { Kind: BlockKind.Heading, Level: 1, LinkShare: < 0.5 });

    /// <summary>Whether all prose among the blocks is of teasers.</summary>
    public bool AreAll(List<int> blocks) =>
        blocks.Exists(i => page.Blocks[i].Mass > 0) && blocks.TrueForAll(i => page.Blocks[i].Mass <= 0 || Has(page.Blocks[i]));

    private bool Has(TextBlock block)
    {
        var (at, steps) = (block.Region, 0);
        for (; at.Parent is { } parent && steps < MostSteps; (at, steps) = (parent, steps + 1))
        {
            if (IsTeaser(at) && IsList(parent)) return true;
        }

        return false;
    }

    private bool IsTeaser(Region region) => region.End - region.First is > 1 and <= MostBlocks
        && page.Blocks[region.First] is { Kind: BlockKind.Heading, LinkShare: > 0.5 };

    // A round-up is made of linked headings too, under a headline of its own.
    private bool IsList(Region list)
    {
        if (_lists.TryGetValue(list, out var known)) return known;
        return _lists[list] = list.Children.Count(IsTeaser) >= Fewest && (!_hasHeadline || IsElsewhere(list));
    }

    private bool IsElsewhere(Region list)
    {
        if (list.Nearest(static region => (region.Hint & (Hint.Boilerplate | Hint.Doubtful)) != Hint.None) is not null) return true;
        return list.First > 0 && page.Blocks[list.First - 1] is { Kind: BlockKind.Heading } heading && Phrases.SignOfGroup(heading.Text) != GroupSign.None;
    }
}
