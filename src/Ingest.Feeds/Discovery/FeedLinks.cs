using System.Buffers;

namespace Ingest.Feeds.Discovery;

/// <summary>
/// Which of a page's links lead to feeds, the best first: what is announced as the feed of its articles, then what only looks like one, what is drawn in the
/// page's text, feeds of comments, and sitemaps at last.
/// </summary>
internal static class FeedLinks
{
    /// <summary>The rank of a link in the page's text.</summary>
    public const int Drawn = 3;

    private const int Announced = 0, Typed = 1, Named = 2, OfComments = 10, Sitemap = 20;

    private static readonly SearchValues<string> Comments = SearchValues.Create(
        ["comment", "komment", "coment", "reacti", "комментар", "评论", "評論", "留言", "コメント", "댓글"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Words = SearchValues.Create(["rss", "atom", "feed", "xml"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Documents = SearchValues.Create(["xml", "json", "php"], StringComparison.OrdinalIgnoreCase);

    // Programs' interfaces of a page, and players of it.
    private static readonly SearchValues<string> Interfaces = SearchValues.Create(["/wp-json/", "oembed", "/api/"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an anchor without a relation is worth a look.</summary>
    public static bool MayBeFeed(string address) => LooksLikeFeed(address) || PathOf(address).EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>How good a feed a link leads to, the lower the better; null when it leads to none.</summary>
    /// <param name="link">The link.</param>
    /// <param name="address">Where it leads, resolved.</param>
    public static int? Rank(PageLink link, string address)
    {
        if (Kind(link, address) is not { } rank) return null;
        var isOfComments = address.AsSpan().ContainsAny(Comments) || link.Title.AsSpan().ContainsAny(Comments);
        return isOfComments && rank < OfComments ? rank + OfComments : rank;
    }

    private static int? Kind(PageLink link, string address)
    {
        var relations = (link.Relations ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        bool Has(string relation) => relations.Contains(relation, StringComparer.OrdinalIgnoreCase);
        if (Has("sitemap")) return Sitemap;
        if (Has("feed")) return Announced;
        if (link.IsAnchor && relations.Length == 0) return LooksLikeFeed(address) || link.Title.AsSpan().ContainsAny(Words) ? Drawn : null;
        if (relations.Length > 0 && (!Has("alternate") || Has("stylesheet"))) return null;
        if (FeedTypes.IsFeeds(link.Type)) return Has("alternate") ? Announced : Typed;
        if (address.AsSpan().ContainsAny(Interfaces)) return null;
        if (FeedTypes.Contains(link.Type)) return relations.Length > 0 ? Typed : null;
        return string.IsNullOrEmpty(link.Type) && LooksLikeFeed(address) ? Named : null;
    }

    private static bool LooksLikeFeed(string address)
    {
        var path = PathOf(address).TrimEnd('/');
        return EndsAsFeed(path) || address.Contains("?feed=", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("feed:", StringComparison.OrdinalIgnoreCase);
    }

    private static bool EndsAsFeed(ReadOnlySpan<char> path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var at = name.LastIndexOf('.');
        var ending = at < 0 ? name : name[(at + 1)..];
        return ending.Equals("rss", StringComparison.OrdinalIgnoreCase) || ending.Equals("atom", StringComparison.OrdinalIgnoreCase)
            || ending.Equals("rdf", StringComparison.OrdinalIgnoreCase) || ending.Equals("feed", StringComparison.OrdinalIgnoreCase)
            || (at >= 0 && ending.ContainsAny(Documents) && ending.Length <= 4 && name[..at].ContainsAny(Words))
            || name.Equals("index.xml", StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> PathOf(string address)
    {
        var end = address.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? address : address.AsSpan(0, end);
    }
}
