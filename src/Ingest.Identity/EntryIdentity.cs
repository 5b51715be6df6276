using Ingest.Feeds;
using Ingest.Text;

namespace Ingest.Identity;

/// <summary>An entry that can become an article, since it has a URL, and what it is known by: within its source, as an article, and by what it says.</summary>
/// <param name="Key">Identity within the source.</param>
/// <param name="Article">Identity of the article that it links.</param>
/// <param name="Fingerprint">Hash of the entry's folded link, title, summary and content; a difference means that the entry changed.</param>
/// <param name="Entry">The entry as published.</param>
/// <param name="Url">The article's URL.</param>
internal sealed record EntryIdentity(EntryKey Key, ArticleKey Article, Guid Fingerprint, FeedEntry Entry, Uri Url)
{
    public string Title => Entry.Title ?? "";

    /// <summary>The stated date of publication, else of the last change; null when none.</summary>
    public StatedDate? Date => Entry.Published ?? Entry.Updated;

    /// <summary>Its key where its link is another article's.</summary>
    public ArticleKey PartKey => IsPart ? Article : ArticleKey.OfPart(Url, Title, Date?.Day);

    /// <summary>It shares its link with other articles of the document, so that the page behind the link is not its own.</summary>
    public bool IsPart { get; init; }

    /// <summary>
    /// Identifies those entries of one document that have a URL, together: some feeds give every entry the same guid, which then tells nothing, or the same
    /// link.
    /// </summary>
    /// <param name="entries">The entries.</param>
    /// <param name="home">What the document calls its site; an entry that links it is named better by a guid that is a URL.</param>
    public static IReadOnlyList<EntryIdentity> Identify(IReadOnlyList<FeedEntry> entries, string? home = null)
    {
        var site = CanonicalUrl.Parse(home) is { } parsed ? CanonicalUrl.Fold(parsed) : null;
        var linked = new List<(FeedEntry Entry, Uri Url, ArticleKey Article)>(entries.Count);
        foreach (var entry in entries)
        {
            if (UrlOf(entry, site) is { } url) linked.Add((entry, url, ArticleKey.Of(url)));
        }

        var parts = SharedLinks.Parts(linked);
        foreach (var (place, key) in parts) linked[place] = linked[place] with { Article = key };
        var ambiguous = linked
            .Where(static one => one.Entry.Id is not null)
            .GroupBy(static one => one.Entry.Id!, StringComparer.Ordinal)
            .Where(static group => group.Select(static one => one.Article).Distinct().Skip(1).Any())
            .Select(static group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        return [.. linked.Select((one, place) => new EntryIdentity(
            one.Entry.Id is { Length: > 0 } guid && !ambiguous.Contains(guid) ? EntryKey.OfGuid(guid)
                : parts.ContainsKey(place) ? EntryKey.OfPart(one.Article) : EntryKey.OfLink(one.Url),
            one.Article,
            FingerprintOf(one.Entry, one.Url),
            one.Entry,
            one.Url) { IsPart = parts.ContainsKey(place) })];
    }

    /// <summary>The fingerprint that it would have with another link.</summary>
    public Guid FingerprintAt(Uri url) => FingerprintOf(Entry, url);

    private static Guid FingerprintOf(FeedEntry entry, Uri url) =>
        Ingest.Identity.Fingerprint.Of(CanonicalUrl.Fold(url), entry.Title, entry.Summary, entry.Content);

    private static Uri? UrlOf(FeedEntry entry, string? site)
    {
        var (link, guid) = (CanonicalUrl.Parse(entry.Link), CanonicalUrl.Parse(entry.Id));
        var isHome = link is { Query.Length: 0 } && (link.AbsolutePath == "/" || CanonicalUrl.Fold(link) == site);
        if (isHome && guid is not null && CanonicalUrl.Fold(guid) != CanonicalUrl.Fold(link!)) return guid;
        return link ?? guid ?? entry.Enclosures.Select(static enclosure => CanonicalUrl.Parse(enclosure.Url)).FirstOrDefault(static url => url is not null);
    }
}
