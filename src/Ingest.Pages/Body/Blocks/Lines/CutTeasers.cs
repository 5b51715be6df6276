using Ingest.Pages.Body.Regions;

namespace Ingest.Pages.Body.Blocks.Lines;

/// <summary>Finds teasers of other articles by how they end: elements in a row, each a link and a beginning that is cut off with an ellipsis.</summary>
internal static class CutTeasers
{
    private const int Fewest = 2;
    private const int MostBlocks = 5;
    private const double ShortestTitle = 15;
    private const double MostOfText = 0.6;

    /// <summary>The elements that are such teasers; none where they are most of the text, as on pages that are lists of articles.</summary>
    /// <param name="page">The page.</param>
    /// <param name="inside">Indices of the container's blocks, in order.</param>
    public static List<Region> Of(PageText page, List<int> inside)
    {
        var teasers = All(page).ToList();
        var cut = teasers.SelectMany(static teaser => Enumerable.Range(teaser.First, teaser.End - teaser.First)).ToHashSet();
        return inside.Sum(i => cut.Contains(i) ? page.Blocks[i].Mass : 0) <= MostOfText * inside.Sum(i => page.Blocks[i].Mass) ? teasers : [];
    }

    private static IEnumerable<Region> All(PageText page)
    {
        foreach (var list in page.Regions)
        {
            if (list.Children.Count < Fewest || page.LinkedChars(list) < Fewest * ShortestTitle) continue;
            var teasers = list.Children.FindAll(child => IsTeaser(page, child));
            if (teasers.Count < Fewest || teasers.Count * 2 < list.Children.Count(child => AreAlike(child, teasers[0]))) continue;
            foreach (var teaser in teasers) yield return teaser;
        }
    }

    private static bool AreAlike(Region one, Region other) => one.End > one.First && one.Tag == other.Tag && one.Name == other.Name;

    private static bool IsTeaser(PageText page, Region region) =>
        region.End > region.First && region.End - region.First <= MostBlocks && page.LinkedChars(region) >= ShortestTitle
            && (region.End == region.First + 1 ? page.Blocks[region.First].Kind == BlockKind.ListItem : page.Blocks[region.First].LinkShare > 0.5)
            && page.Inside(region).Any(static block => block.LinkShare < 0.5 && IsCut(block.Text));

    private static bool IsCut(string text)
    {
        var end = text.AsSpan().TrimEnd(")]» ");
        return end.EndsWith("…", StringComparison.Ordinal) || end.EndsWith("...", StringComparison.Ordinal);
    }
}
