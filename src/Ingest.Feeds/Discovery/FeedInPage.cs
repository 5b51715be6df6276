using System.Buffers;
using System.Text;
using Ingest.Text.Html;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Discovery;

/// <summary>Finds a feed that templates, proxies and browsers put into an HTML page: as it is, or escaped as the page's only text.</summary>
internal static class FeedInPage
{
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        ["<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex", "lt;rss", "lt;feed", "lt;rdf:rdf", "lt;?xml", "#60;", "#x3c;", "jsonfeed.org"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Rows = ["<item", "<entry", "<url", "<sitemap"];
    private static readonly string[] Roots = ["<?xml", "<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex"];

    /// <summary>The text of the feed; null when the page is only a page.</summary>
    public static string? Find(string html, ReadingLimit limit)
    {
        if (html.AsSpan().IndexOfAny(Signs) < 0) return null;
        var lastRow = Rows.Max(row => html.LastIndexOf(row, StringComparison.OrdinalIgnoreCase));
        var walk = new TagWalk(html, limit);
        var text = new StringBuilder();
        var isEscaped = true;
        while (walk.Next())
        {
            if (isEscaped) isEscaped = Begins(text.Append(walk.TextBefore));
            if (walk.Start < lastRow && IsRoot(walk.Name, walk.Tag)) return Through(html[walk.Start..], walk.Name);
        }

        return isEscaped && Begins(text.Append(walk.TextBefore)) ? Feed(HtmlEntities.Decode(text.ToString()).Trim()) : null;
    }

    // The first visible text of a page about feeds is not a feed's beginning.
    private static bool Begins(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i])) return text[i] is '&' or '{';
        }

        text.Clear();
        return true;
    }

    private static string? Feed(string text) =>
        Array.Exists(Roots, root => text.StartsWith(root, StringComparison.OrdinalIgnoreCase))
            || (text.StartsWith('{') && text.Contains("jsonfeed.org", StringComparison.OrdinalIgnoreCase))
            ? text
            : null;

    private static bool IsRoot(ReadOnlySpan<char> name, ReadOnlySpan<char> tag) =>
        name.Equals("rss", StringComparison.OrdinalIgnoreCase)
        || (name.Equals("feed", StringComparison.OrdinalIgnoreCase) && Has(tag, "atom"))
        || (name.Equals("rdf:RDF", StringComparison.OrdinalIgnoreCase) && (Has(tag, "purl.org/rss") || Has(tag, "netscape.com/rdf")))
        || (name.Equals("urlset", StringComparison.OrdinalIgnoreCase) && Has(tag, "sitemap"))
        || (name.Equals("sitemapindex", StringComparison.OrdinalIgnoreCase) && Has(tag, "sitemap"));

    private static bool Has(ReadOnlySpan<char> tag, string word) => tag.Contains(word, StringComparison.OrdinalIgnoreCase);

    // Without the ends of the page behind it, the feed may be well-formed.
    private static string Through(string text, ReadOnlySpan<char> name)
    {
        var end = string.Concat("</", name);
        var last = text.LastIndexOf(end, StringComparison.OrdinalIgnoreCase);
        var close = last < 0 ? -1 : text.IndexOf('>', last);
        return close < 0 ? text : text[..(close + 1)];
    }
}
