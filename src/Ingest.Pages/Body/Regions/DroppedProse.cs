using Ingest.Pages.Body.Regions.Names;

namespace Ingest.Pages.Body.Regions;

/// <summary>
/// Finds the prose that names took out although it outweighs what they left: the article itself, in <c>div.paywall</c> or
/// <c>newsletter-content</c>, while teasers remain.
/// </summary>
internal static class DroppedProse
{
    /// <summary>The hints that are doubted for it; comments, captions, footers and what is hidden may well be longer than an article.</summary>
    public const Hint Doubted = Hint.Boilerplate | Hint.Doubtful | Hint.Byline;

    private const double LongParagraph = 80;
    private const int Together = 3;

    // The messages of a login are shorter.
    private const double LeastMass = 600;

    // What stands in an element that claims the article needs less to be believed than what stands elsewhere.
    private const double LeastInClaim = 0.8;
    private const double LeastElsewhere = 1.5;

    /// <summary>The regions whose names are not to be believed; none where what is left is the article.</summary>
    public static HashSet<Region> Find(ExcludedRegions excluded, int headline)
    {
        var page = excluded.Page;
        var best = Paragraphs(excluded, headline).Where(static group => group.Value is { Count: >= Together, Mass: >= LeastMass })
            .OrderByDescending(static group => group.Value.Mass).Select(static group => (Parent: group.Key, group.Value.Mass)).FirstOrDefault();
        if (best.Parent is null) return [];
        var isClaimed = best.Parent.Nearest(static region => (region.Hint & (Hint.ArticleBody | Hint.BodyName | Hint.Article)) != Hint.None) is not null;
        if (best.Mass < (isClaimed ? LeastInClaim : LeastElsewhere) * excluded.Mass(page.Root)) return [];
        var doubted = new HashSet<Region>();
        for (var at = best.Parent; at is not null; at = at.Parent) doubted.Add(at);
        doubted.UnionWith(Namesakes(page, doubted.SelectMany(static region => Words(region.Name)).ToHashSet(StringComparer.Ordinal)));
        return doubted;
    }

    // A page builder calls every element a widget: what is doubted of one is of all.
    private static IEnumerable<Region> Namesakes(PageText page, HashSet<string> words) =>
        words.Count == 0 ? [] : page.Regions.Where(region => (region.Hint & Doubted) != Hint.None && Words(region.Name).Any(words.Contains));

    private static IEnumerable<string> Words(string name) =>
        name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(static word => (Hints.OfName(word) & Doubted) != Hint.None);

    // Long paragraphs without links, by the element that they stand in side by side.
    private static Dictionary<Region, (int Count, double Mass)> Paragraphs(ExcludedRegions excluded, int headline)
    {
        var groups = new Dictionary<Region, (int Count, double Mass)>();
        for (var i = headline + 1; i < excluded.Page.Blocks.Count; i++)
        {
            var block = excluded.Page.Blocks[i];
            if (!excluded.IsOut(i) || !block.IsParagraph || block.Mass < LongParagraph || block.LinkShare > 0.3) continue;
            if ((excluded.OutHint(block.Region) & ~Doubted) != Hint.None || block.Region.Parent is not { } parent) continue;
            if (Phrases.Contains(block.Text, Phrases.Consent)) continue;
            var (count, mass) = groups.GetValueOrDefault(parent);
            groups[parent] = (count + 1, mass + block.Mass);
        }

        return groups;
    }
}
