using System.Xml.Linq;
using Ingest.Feeds.Markup;
using Ingest.Feeds.Trees;
using Ingest.Text;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Sitemaps;

/// <summary>Reads sitemaps and their indexes (sitemaps.org 0.9), with the news and image extensions.</summary>
internal static class SitemapReader
{
    /// <summary>The sitemap; null when the root is none.</summary>
    public static FeedDocument? Read(XElement root, Uri? url, ReadingLimit limit) => root.Name.LocalName.ToLowerInvariant() switch
    {
        "urlset" => new FeedDocument
        {
            Format = FeedFormat.Sitemap,
            Entries = Rows(root, "url", limit).Select(row => Entry(row, url)).Where(static e => e.Link is not null).ToList(),
        },
        "sitemapindex" => new FeedDocument
        {
            Format = FeedFormat.SitemapIndex,
            Children = Rows(root, "sitemap", limit).Select(row => Child(row, url)).OfType<FeedChild>().ToList(),
        },
        _ => null,
    };

    private static IEnumerable<XElement> Rows(XElement root, string name, ReadingLimit limit)
    {
        foreach (var row in root.Elements()
            .Where(e => string.Equals(e.Name.LocalName, name, StringComparison.OrdinalIgnoreCase))
            .Take(FeedLimits.MaxSitemapRows))
        {
            limit.Check();
            yield return row;
        }
    }

    private static FeedChild? Child(XElement row, Uri? url) =>
        Addresses.Resolve(Text(row, "loc"), url) is { } address ? new FeedChild(address, LenientDate.Read(Text(row, "lastmod")), null) : null;

    private static FeedEntry Entry(XElement row, Uri? url)
    {
        var news = Find(row, "news");
        var publication = news is null ? null : Find(news, "publication");
        return new FeedEntry
        {
            Link = Addresses.Resolve(Text(row, "loc"), url),
            Updated = LenientDate.Read(Text(row, "lastmod")),
            Published = news is null ? null : LenientDate.Read(Text(news, "publication_date")),
            Title = news is null ? null : Text(news, "title"),
            Categories = news is null ? [] : Keywords(news),
            Language = publication is null ? null : Text(publication, "language"),
            Source = publication is null ? null : Text(publication, "name"),
            Image = Find(row, "image") is { } image ? Addresses.Resolve(Text(image, "loc"), url) : null,
        };
    }

    private static List<FeedCategory> Keywords(XElement news) =>
        (Text(news, "keywords") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Take(FeedLimits.MaxList).Select(static word => new FeedCategory(word, null)).ToList();

    private static XElement? Find(XElement parent, string name) =>
        parent.Elements().FirstOrDefault(e => string.Equals(e.Name.LocalName, name, StringComparison.OrdinalIgnoreCase));

    private static string? Text(XElement parent, string name) => Find(parent, name) is { } found ? ElementText.Line(found) : null;
}
