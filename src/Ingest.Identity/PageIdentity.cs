using Ingest.Text;

namespace Ingest.Identity;

/// <summary>Why a URL is, or may be, an article's.</summary>
internal enum NameReason
{
    /// <summary>The canonical link of its page.</summary>
    [Word("canonical")]
    Canonical,

    /// <summary>A redirect.</summary>
    [Word("redirect")]
    Redirect,

    /// <summary>An entry's guid stands on another link.</summary>
    [Word("moved", "same guid, other link")]
    Moved,

    /// <summary>Nothing but title and date is the same.</summary>
    [Word("republished", "same title and date, other guid and link")]
    Republished,

    /// <summary>It tells what another one tells.</summary>
    [Word("duplicate", "dropped as a near-duplicate")]
    Duplicate,

    /// <summary>Entries of both had it, in one source.</summary>
    [Word("guid")]
    Guid,
}

/// <summary>A further URL of an article.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Url">The URL.</param>
/// <param name="Article">The article.</param>
/// <param name="Reason">Why; not by a guid alone.</param>
internal sealed record Alias(ArticleKey Key, Uri Url, ArticleKey Article, NameReason Reason);

/// <summary>Two articles of which something says that they are one, and nothing confirms it.</summary>
/// <param name="Article">The later one.</param>
/// <param name="Other">The earlier one.</param>
/// <param name="Reason">What says so: a guid, a canonical link or a redirect.</param>
internal sealed record DoubtfulLink(ArticleKey Article, ArticleKey Other, NameReason Reason);

/// <summary>What a page that was read says about which article it is: the URL that answered, and the canonical link.</summary>
/// <param name="Article">The article that it is: the one it was fetched for, or another one into which that is to be merged.</param>
/// <param name="Merged">Why it is another one (its canonical link or a redirect); null when it is not.</param>
/// <param name="Aliases">Further URLs of that article.</param>
/// <param name="Links">Articles that it may be, and that stay apart.</param>
internal sealed record PageIdentity(ArticleKey Article, NameReason? Merged, IReadOnlyList<Alias> Aliases, IReadOnlyList<DoubtfulLink> Links)
{
    /// <summary>The keys that a page goes by.</summary>
    public static IReadOnlyList<(Uri Url, ArticleKey Key, NameReason Reason)> Names(Uri canonical, Uri finalUrl)
    {
        var final = (Url: finalUrl, Key: ArticleKey.Of(finalUrl), Reason: NameReason.Redirect);
        var key = ArticleKey.Of(canonical);
        return key == final.Key ? [final] : [(canonical, key, NameReason.Canonical), final];
    }

    /// <summary>Decides which article a page is.</summary>
    /// <param name="fetchedFor">The article for which it was fetched.</param>
    /// <param name="title">Title as read.</param>
    /// <param name="text">Description and body as read.</param>
    /// <param name="names">The page's own names for itself.</param>
    /// <param name="known">The articles that exist under these names, each under the key of the name.</param>
    public static PageIdentity Choose(
        ArticleKey fetchedFor, string title, string text, IReadOnlyList<(Uri Url, ArticleKey Key, NameReason Reason)> names,
        IReadOnlyDictionary<ArticleKey, KnownArticle> known)
    {
        var links = new List<DoubtfulLink>();
        var free = new List<(Uri Url, ArticleKey Key, NameReason Reason)>();
        var (article, merged) = (fetchedFor, (NameReason?)null);
        foreach (var name in names)
        {
            if (name.Key == fetchedFor) continue;
            if (!known.TryGetValue(name.Key, out var other)) free.Add(name);
            else if (other.Key == fetchedFor || other.Key == article) continue;
            else if (merged is null && SameArticle.Agree(title, text, other)) (article, merged) = (other.Key, name.Reason);
            else links.Add(new DoubtfulLink(fetchedFor, other.Key, name.Reason));
        }

        return new PageIdentity(article, merged, [.. free.Select(name => new Alias(name.Key, name.Url, article, name.Reason))], links);
    }
}
