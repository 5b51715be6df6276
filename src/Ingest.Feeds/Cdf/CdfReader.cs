using System.Xml.Linq;
using Ingest.Feeds.Markup;
using Ingest.Feeds.Trees;
using Ingest.Text;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Cdf;

/// <summary>Reads the Channel Definition Format (W3C note of 1997), in which most values are attributes.</summary>
internal static class CdfReader
{
    /// <summary>The channel; null when the root is none of CDF's.</summary>
    public static FeedDocument? Read(XElement root, Uri? url, ReadingLimit limit)
    {
        if (!Is(root, "channel") || root.Name.NamespaceName.Length > 0) return null;
        var items = root.Elements().Where(static e => Is(e, "item")).ToList();
        if (!IsCdf(root) && !items.Exists(IsCdf)) return null;
        var baseUrl = Uri.TryCreate(Attribute(root, "base"), UriKind.Absolute, out var stated) && stated.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? stated
            : url;
        return new FeedDocument
        {
            Format = FeedFormat.Cdf,
            Title = Text(root, "title"),
            Description = Text(root, "abstract"),
            Link = Addresses.Resolve(Attribute(root, "href"), baseUrl),
            Icon = root.Elements().FirstOrDefault(static e => Is(e, "logo")) is { } logo ? Addresses.Resolve(Attribute(logo, "href"), baseUrl) : null,
            Entries = items.Take(FeedLimits.MaxEntries).Select(item => Entry(item, baseUrl, limit)).ToList(),
        };
    }

    // A channel element alone may also be RSS that lost its root.
    private static bool IsCdf(XElement element) =>
        Attribute(element, "href") is not null || Attribute(element, "lastmod") is not null || element.Elements().Any(static e => Is(e, "abstract"));

    private static FeedEntry Entry(XElement item, Uri? baseUrl, ReadingLimit limit)
    {
        limit.Check();
        return new FeedEntry
        {
            Link = Addresses.Resolve(Attribute(item, "href") ?? Nested(item, "a", "href"), baseUrl),
            Title = Text(item, "title"),
            Summary = Text(item, "abstract"),
            Updated = LenientDate.Read(Attribute(item, "lastmod")),
        };
    }

    private static string? Nested(XElement item, string name, string attribute) =>
        item.Elements().FirstOrDefault(e => Is(e, name)) is { } found ? Attribute(found, attribute) : null;

    private static string? Text(XElement parent, string name) =>
        parent.Elements().FirstOrDefault(e => Is(e, name)) is { } found ? ElementText.Text(found)?.Trim() : null;

    private static string? Attribute(XElement element, string name) =>
        element.Attributes().FirstOrDefault(a => a.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    private static bool Is(XElement? element, string name) => element is not null && element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);
}
