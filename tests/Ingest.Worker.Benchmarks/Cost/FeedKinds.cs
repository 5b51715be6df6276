using Ingest.Feeds;
using Ingest.Text.Limits;
using Ingest.Worker.Commands.SourceLists.Opml;

namespace Ingest.Worker.Benchmarks.Cost;

/// <summary>Feeds, sitemaps and JSON of one construct repeated.</summary>
internal static class FeedKinds
{
    private static readonly Uri Url = new("https://example.org/feed");

    private const string Namespaces =
        "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' "
            + "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:atom='http://www.w3.org/2005/Atom' "
            + "xmlns:at='http://purl.org/atompub/tombstones/1.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'";

    private static readonly string[] Fields =
    [
        "title", "link", "guid", "description", "pubDate", "author", "category", "comments", "enclosure", "source", "image", "language", "body", "content",
        "summary", "id", "updated", "published", "item", "entry", "channel", "rss", "feed", "textInput", "cloud", "ttl", "skipHours", "skipDays", "hour", "day",
        "url", "managingEditor", "copyright", "generator", "rating", "div", "p", "b", "br", "x",
        "content:encoded", "dc:creator", "dc:date", "dc:subject", "dc:title", "media:content", "media:group", "media:thumbnail", "media:title", "media:credit",
        "itunes:author", "itunes:image", "itunes:summary", "atom:link", "atom:author", "atom:source", "atom:name", "at:deleted-entry", "sy:updatePeriod",
        "undeclared:x", "contributor", "name", "email", "uri",
    ];

    private static readonly string[] Attributes =
    [
        "a{n}='1'", "xmlns:p{n}='u{n}'", "xmlns='u{n}'", "href='/x{n}'", "rel='alternate' href='/{n}'", "rel='hub' href='/{n}'", "rel='enclosure' href='/{n}'",
        "url='/{n}'", "type='html'", "type='xhtml'", "type='text/plain'", "mode='base64'", "isPermaLink='false'", "xml:base='/{n}/'", "xml:lang='de'",
        "ref='x{n}'", "term='x{n}'",
    ];

    private static readonly string[] Contents =
    [
        "x", "x<![CDATA[x]]>", "<![CDATA[x]]>", "x<!--y-->", "<!--y-->", "x<?y z?>", "<?y z?>", "x&amp;", "&amp;", "&#65;", "&nbsp;", "&bogus;", "&", "<",
        "]]>", " ", "\n", "<x/>", "x<x/>", "<x>", "</x>", "<x>y</x>", "<x{n}/>", "<p>Some words.</p>", "&lt;p&gt;Some words {n}.", "&lt;b", "&lt;!--",
        "&lt;script&gt;", "&lt;a href=", "新聞", "a\u0301\u0316", "2024-01-01 ", "1 Jan 2024 ", "(", "((", ")", "http://example.com/{n} ", "\u0001", "\u0085",
        "&#146;", "\0", "\u200b", "<![CDATA[", "<!--", "<?", "<a b=\"", "<a b='", "<a b", "<a =", "<br>", "<div><p>", "<b><i></b></i>",
    ];

    public static IEnumerable<CostKind> All()
    {
        foreach (var (shape, head, entryHead, entryTail, tail) in Shapes())
        {
            foreach (var content in Contents)
            {
                yield return Of($"{shape} {content}", head, content, tail);
                yield return Of($"{shape} entry {content}", head + entryHead, content, entryTail + tail);
                foreach (var field in (string[])["title", "description", "link", "pubDate", "content:encoded", "content", "summary"])
                    yield return Of($"{shape} {field} {content}", $"{head}{entryHead}<{field}>", content, $"</{field}>{entryTail}{tail}");
            }

            foreach (var field in Fields)
            {
                foreach (var unit in (string[])[$"<{field}>x{{n}}</{field}>", $"<{field}/>", $"<{field}>", $"</{field}>", $"<{field}>x"])
                {
                    yield return Of($"{shape} {unit}", head, unit, tail);
                    yield return Of($"{shape} entry {unit}", head + entryHead, unit, entryTail + tail);
                }

                foreach (var attribute in Attributes)
                    yield return Of($"{shape} <{field} {attribute}/>", head + entryHead, $"<{field} {attribute}/>", entryTail + tail);
            }

            foreach (var attribute in Attributes)
            {
                yield return Of($"{shape} one tag {attribute}", head + entryHead + "<link ", attribute + " ", "/>" + entryTail + tail);
                yield return Of($"{shape} nested {attribute}", head + entryHead, $"<x {attribute}>", entryTail + tail);
            }
        }

        foreach (var kind in Others().Concat(Lists())) yield return kind;
    }

    private static IEnumerable<(string Shape, string Head, string EntryHead, string EntryTail, string Tail)> Shapes()
    {
        const string Entry = "<guid>1</guid><title>t</title><link>http://example.com/1</link>";
        yield return (
            "rss", $"<?xml version='1.0'?><rss version='2.0' {Namespaces}><channel><title>t</title>", "<item>" + Entry, "</item>", "</channel></rss>");
        yield return (
            "broken rss",
            $"<?xml version='1.0'?><rss version='2.0' {Namespaces}><channel><title>t & u</title>",
            "<item>" + Entry,
            "</item>",
            "</channel></rss>");
        yield return (
            "atom",
            $"<feed xmlns='http://www.w3.org/2005/Atom' {Namespaces}><title>t</title>",
            "<entry><id>1</id><title>t</title><link href='http://example.com/1'/>",
            "</entry>",
            "</feed>");
        yield return (
            "rdf",
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
                + $"{Namespaces}><channel><title>t</title></channel>",
            "<item>" + Entry,
            "</item>",
            "</rdf:RDF>");
    }

    private static IEnumerable<CostKind> Others()
    {
        foreach (var content in Contents)
        {
            yield return Of($"sitemap {content}", "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", content, "</urlset>");
            yield return Of(
                $"sitemap loc {content}", "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>", content, "</loc></url></urlset>");
            yield return Of($"bare {content}", "", content, "");
            yield return Of($"html {content}", "<html><head>", content, "");
        }

        yield return Of(
            "sitemap rows",
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>",
            "<url><loc>http://example.com/{n}</loc><lastmod>2024-01-01</lastmod></url>",
            "</urlset>");
        yield return Of(
            "sitemap index",
            "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>",
            "<sitemap><loc>http://example.com/{n}</loc></sitemap>",
            "</sitemapindex>");
        yield return Of("page links", "<html><head>", "<link rel=alternate type=application/rss+xml href=/{n}>", "");
        yield return Of("cdf", "<channel href='http://example.com/'>", "<item href='/{n}'><title>x</title><abstract>y</abstract></item>", "</channel>");
        foreach (var dtd in (string[])["<!ENTITY e{n} 'x'>", "<!ENTITY e '&e;&e;'>", "<!ELEMENT x ANY>", "[", "'", "\"", "<!--", "<!ENTITY", "<!ENTITY %"])
            yield return Of($"dtd {dtd}", "<!DOCTYPE rss [", dtd, "]><rss version='2.0'><channel><title>&e1;</title></channel></rss>");
        foreach (var json in (string[])
            [
                "{\"id\":\"{n}\",\"url\":\"http://example.com/{n}\",\"title\":\"t\"},", "{\"id\":\"{n}\",\"authors\":[{\"name\":\"x\"},{\"name\":\"y\"}]},",
                "[", "{\"id\":", "\"", "\"\\ud800\",", "\\", "1,", "/*x*/", "//x\n", "{},", "{\"id\":\"{n}\"", "{\"a{n}\":1},",
            ])
            yield return Of($"json {json}", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[", json, "{}]}");
        foreach (var part in (string[])["\"a{n}\":1,", "\"tags\":[\"x\"],", "\"id\":\"x\","])
            yield return Of($"json item {part}", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{", part, "\"url\":\"http://example.com/1\"}]}");
        foreach (var list in (string[])["tags", "authors", "attachments"])
            yield return Of(
                $"json list {list}",
                $"{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{{\"url\":\"http://example.com/1\",\"{list}\":[",
                list == "tags" ? "\"t{n}\"," : "{\"name\":\"x{n}\",\"url\":\"/{n}\"},",
                "{}]}]}");
    }

    private static IEnumerable<CostKind> Lists()
    {
        const string Feed = "<outline text='a' xmlUrl='http://example.com/";
        foreach (var unit in (string[])
            [
                Feed + "{n}'/>", Feed + "' category='t{n}'/>", Feed + "{n}' category='a,b,c'/>", "<outline text='x'>", "<outline text='x'><outline/></outline>",
                "x<![CDATA[x]]>", "<x/>",
            ])
            yield return new CostKind($"opml: {unit}", "<opml version='2.0'><body>", unit, "</body></opml>", ReadList);
        yield return new CostKind("opml: one tag", "<opml version='2.0'><body><outline ", "a{n}='1' ", "/></body></opml>", ReadList);
    }

    private static void ReadList(byte[] bytes)
    {
        try
        {
            OpmlReader.Read(new MemoryStream(bytes));
        }
        catch (InvalidDataException)
        {
            // Past a bound is an answer too.
        }
    }

    private static CostKind Of(string name, string head, string unit, string tail) =>
        new("feed: " + name, head, unit, tail, static bytes => FeedReader.Read(bytes, null, Url, ReadingLimit.None));
}
