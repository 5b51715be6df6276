using Ingest.Pages.Body.Regions;

namespace Ingest.Pages.Body.Blocks.Lines;

/// <summary>Finds the headings of boxes of which nothing else is left: "Related", in whatever words, over links.</summary>
internal static class BoxHeads
{
    private const int MostHeads = 3;
    private const int LongestHead = 80;
    private const int FewestWordsOfLink = 4;
    private const int MostBlocks = 60;

    /// <summary>Indices of the blocks that head such boxes.</summary>
    /// <param name="excluded">The page.</param>
    /// <param name="isKept">Whether a block stays so far.</param>
    public static IEnumerable<int> Of(ExcludedRegions excluded, Predicate<int> isKept)
    {
        var blocks = excluded.Page.Blocks;
        foreach (var region in excluded.Page.Regions)
        {
            if (region.End - region.First is < 2 or > MostBlocks || !IsBox(region)) continue;
            var (heads, links, isBox) = (0, 0, isKept(region.First));
            for (var i = region.First; i < region.End && isBox; i++)
            {
                if (isKept(i)) isBox = IsHead(blocks[i]) && ++heads <= MostHeads;
                else if (Leads(blocks[i])) links++;
            }

            if (!isBox || links < heads) continue;
            for (var i = region.First; i < region.End; i++)
            {
                if (isKept(i)) yield return i;
            }
        }
    }

    private static bool IsBox(Region region) => region.Tag is "div" or "aside" or "section" or "ul" or "nav" or "article";

    private static bool IsHead(TextBlock block) =>
        block is { Text.Length: <= LongestHead, Kind: BlockKind.Heading or BlockKind.Text or BlockKind.Paragraph, LinkShare: < 0.5 }
            && !block.Text.Contains('\n', StringComparison.Ordinal) && (block.Marks == 0 || block.Kind == BlockKind.Heading);

    private static bool Leads(TextBlock block) => block.LinkShare > 0.5 && block.Words >= FewestWordsOfLink;
}
