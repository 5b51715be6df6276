using System.Xml.Linq;
using Ingest.Feeds.Markup;
using Ingest.Feeds.Trees;
using Ingest.Text;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Sitemaps;

/// <summary>Reads sitemaps and their indexes (sitemaps.org 0.9), with the news and image extensions.</summary>
internal static class SitemapReader
{
    private const int MaxEscapes = 4;

    /// <summary>The sitemap; null when the root is none. Addresses in an index and sitemaps in a list of addresses are taken for what they are.</summary>
    public static FeedDocument? Read(XElement root, Uri? url, ReadingLimit limit)
    {
        var isIndex = Is(root, "sitemapindex");
        if (!isIndex && !Is(root, "urlset")) return null;
        var entries = Rows(root, "url", limit).Select(row => Entry(row, url)).Where(static e => e.Link is not null).ToList();
        var children = Rows(root, "sitemap", limit).Select(row => Child(row, url)).OfType<FeedChild>().ToList();
        return new FeedDocument
        {
            Format = isIndex && entries.Count == 0 ? FeedFormat.SitemapIndex : FeedFormat.Sitemap,
            Entries = entries,
            Children = children,
            Repairs = (isIndex, entries.Count, children.Count) switch
            {
                (true, > 0, _) => ["addresses in a sitemap index taken in"],
                (false, _, > 0) => ["sitemaps in a list of addresses taken in"],
                _ => [],
            },
        };
    }

    private static IEnumerable<XElement> Rows(XElement root, string name, ReadingLimit limit)
    {
        foreach (var row in root.Elements()
            .Where(e => Is(e, name))
            .Take(FeedLimits.MaxSitemapRows))
        {
            limit.Check();
            yield return row;
        }
    }

    private static FeedChild? Child(XElement row, Uri? url) =>
        Location(row, url) is { } address ? new FeedChild(address, LenientDate.Read(Own(row, "lastmod")), null) : null;

    private static FeedEntry Entry(XElement row, Uri? url)
    {
        var news = Find(row, "news");
        var publication = news is null ? null : Find(news, "publication");
        return new FeedEntry
        {
            Link = Location(row, url),
            Updated = LenientDate.Read(Own(row, "lastmod")),
            Published = news is null ? null : LenientDate.Read(Text(news, "publication_date")),
            Title = news is null ? null : Text(news, "title"),
            Categories = news is null ? [] : Keywords(news),
            Language = publication is null ? null : Text(publication, "language"),
            Source = publication is null ? null : Text(publication, "name"),
            Image = Find(row, "image") is { } image ? Addresses.Resolve(Unescaped(Text(image, "loc")), url) : null,
        };
    }

    private static List<FeedCategory> Keywords(XElement news) =>
        (Text(news, "keywords") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Take(FeedLimits.MaxList).Select(static word => new FeedCategory(word, null)).ToList();

    private static string? Location(XElement row, Uri? url) => Addresses.Resolve(Unescaped(Own(row, "loc")), url);

    // Extensions have elements of the same names: the address of an image stands beside that of its page.
    private static string? Own(XElement row, string name)
    {
        foreach (var child in row.Elements())
        {
            if (Is(child, name) && (child.Name.Namespace == row.Name.Namespace
                || FeedNamespaces.Find(child.Name.NamespaceName) is Vocabulary.Sitemap or Vocabulary.Rss))
                return ElementText.Line(child);
        }

        return null;
    }

    // An ampersand escaped once more than XML needs: in the address of a page the reference itself has no meaning.
    private static string? Unescaped(string? address)
    {
        for (var times = 0; times < MaxEscapes && address is not null && address.Contains("&amp;", StringComparison.Ordinal); times++)
            address = address.Replace("&amp;", "&", StringComparison.Ordinal);
        return address;
    }

    private static bool Is(XElement element, string name) => string.Equals(element.Name.LocalName, name, StringComparison.OrdinalIgnoreCase);

    private static XElement? Find(XElement parent, string name) => parent.Elements().FirstOrDefault(e => Is(e, name));

    private static string? Text(XElement parent, string name) => Find(parent, name) is { } found ? ElementText.Line(found) : null;
}
