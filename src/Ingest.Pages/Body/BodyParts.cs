using Ingest.Pages.Body.Blocks;
using Ingest.Pages.Body.Regions;

namespace Ingest.Pages.Body;

/// <summary>Finds the other parts of an article that its template cut into several elements: adverts between them, columns, a page builder's rows.</summary>
internal static class BodyParts
{
    // How far back a part's own heading is looked for.
    private const int BlocksBefore = 12;
    private const int LeastProse = 80;

    /// <summary>Of the elements that say they are the body, those that hold one article's, in order.</summary>
    /// <param name="excluded">The page.</param>
    /// <param name="best">The part that holds most.</param>
    /// <param name="claims">All such elements, none within another, in order.</param>
    /// <param name="hint">What they say.</param>
    public static List<Region> Of(ExcludedRegions excluded, Region best, IEnumerable<Region> claims, Hint hint)
    {
        var article = ArticleOf(best);
        return
        [
            .. claims.Where(
                region => ReferenceEquals(region, best)
                    || (ReferenceEquals(ArticleOf(region), article)
                        && (hint == Hint.ArticleBody || (AreAlike(region, best) && !IsAnother(excluded, region, best))))),
        ];
    }

    /// <summary>The siblings of an element that are made as it is and hold prose of the same article.</summary>
    public static IEnumerable<Region> Beside(ExcludedRegions excluded, Region chosen) => chosen.Parent is null || chosen.Name.Length == 0
        ? []
        : chosen.Parent.Children.Where(
            child => !ReferenceEquals(child, chosen) && child.Tag == chosen.Tag && AreAlike(child, chosen) && excluded.Mass(child) >= LeastProse
                && excluded.Page.LinkedChars(child) * 2 < excluded.Page.Chars(child) && !IsAnother(excluded, child, chosen));

    private static Region? ArticleOf(Region region) => region.Nearest(static r => (r.Hint & Hint.Article) != Hint.None);

    // body-part-1 and body-part-2 are alike.
    private static bool AreAlike(Region one, Region other)
    {
        var (a, b) = (0, 0);
        while (true)
        {
            while (a < one.Name.Length && char.IsAsciiDigit(one.Name[a])) a++;
            while (b < other.Name.Length && char.IsAsciiDigit(other.Name[b])) b++;
            if (a == one.Name.Length || b == other.Name.Length) return a == one.Name.Length && b == other.Name.Length;
            if (one.Name[a++] != other.Name[b++]) return false;
        }
    }

    // A card has a linked heading above its text; a part of an article begins in the middle of it.
    private static bool IsAnother(ExcludedRegions excluded, Region region, Region best)
    {
        var blocks = excluded.Page.Blocks;
        if (region.First < region.End && HeadsAnother(blocks[region.First])) return true;
        var wrapper = region;
        while (wrapper.Parent is { } parent && !(parent.First <= best.First && best.End <= parent.End)) wrapper = parent;
        for (var i = region.First - 1; i >= wrapper.First && i >= region.First - BlocksBefore; i--)
        {
            if (HeadsAnother(blocks[i])) return true;
        }

        return false;
    }

    private static bool HeadsAnother(TextBlock block) =>
        block.Kind == BlockKind.Heading
            && (block.LinkShare > 0.5 || block.Level == 1 || Phrases.SignOfGroup(block.Text) is GroupSign.Whole or GroupSign.Phrase);
}
