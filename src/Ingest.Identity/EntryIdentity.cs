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

    /// <summary>
    /// Identifies those entries of one document that have a URL, together: some feeds give every entry the same guid, which then tells nothing.
    /// </summary>
    public static IReadOnlyList<EntryIdentity> Identify(IReadOnlyList<FeedEntry> entries)
    {
        var linked = new List<(FeedEntry Entry, Uri Url, ArticleKey Article)>(entries.Count);
        foreach (var entry in entries)
        {
            if (UrlOf(entry) is { } url) linked.Add((entry, url, ArticleKey.Of(url)));
        }

        var ambiguous = linked
            .Where(static one => one.Entry.Id is not null)
            .GroupBy(static one => one.Entry.Id!, StringComparer.Ordinal)
            .Where(static group => group.Select(static one => one.Article).Distinct().Skip(1).Any())
            .Select(static group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        return [.. linked.Select(one => new EntryIdentity(
            one.Entry.Id is { Length: > 0 } guid && !ambiguous.Contains(guid) ? EntryKey.OfGuid(guid) : EntryKey.OfLink(one.Url),
            one.Article,
            Ingest.Identity.Fingerprint.Of(CanonicalUrl.Fold(one.Url), one.Entry.Title, one.Entry.Summary, one.Entry.Content),
            one.Entry,
            one.Url))];
    }

    private static Uri? UrlOf(FeedEntry entry) =>
        CanonicalUrl.Parse(entry.Link) ?? CanonicalUrl.Parse(entry.Id)
            ?? entry.Enclosures.Select(static enclosure => CanonicalUrl.Parse(enclosure.Url)).FirstOrDefault(static url => url is not null);
}
