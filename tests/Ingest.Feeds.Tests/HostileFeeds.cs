using System.IO.Compression;
using System.Text;

namespace Ingest.Feeds.Tests;

/// <summary>The kinds of hostile documents.</summary>
internal static class HostileFeeds
{
    private const string Head = "<rss version='2.0'><channel><title>t</title>";
    private const string Tail = "</channel></rss>";

    public static Dictionary<string, Func<byte[]>> Kinds { get; } = new(StringComparer.Ordinal)
    {
        // Depth
        ["40,000 deep in a description"] = static () =>
            Rss(Item($"<description>{Repeat("<b>", 40_000)}x{Repeat("</b>", 40_000)}</description>") + Item("<title>two</title>")),
        ["500,000 deep, never closed"] = static () => Rss(Repeat("<a>", 500_000)),
        ["deep from the root"] = static () => Text(Repeat("<rss>", 200_000)),
        ["deep in atom xhtml"] = static () =>
            Atom($"<entry><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{Repeat("<div>", 100_000)}</content></entry>"),
        ["deep media groups"] = static () => Rss(Item(Repeat("<media:group>", 50_000) + "<media:content url='http://a/b'/>")),
        ["entries in entries"] = static () => Rss(Repeat("<item>", 100_000)),
        ["entries in entries, closed"] = static () => Rss(Repeat("<item><x>", 90) + Repeat("</x></item>", 90)),
        ["sources in sources"] = static () => Atom("<entry>" + Repeat("<source>", 100_000) + "</entry>"),
        ["deep JSON arrays"] = static () => Text(Repeat("[", 1_000_000)),
        ["deep JSON objects"] = static () => Text(Repeat("{\"items\":", 500_000)),
        ["deep HTML page"] = static () => Text("<!DOCTYPE html><html><body>" + Repeat("<div>", 60_000)),

        // Entities and DTDs
        ["billion laughs"] = static () => Text($"<!DOCTYPE r [<!ENTITY a '{Repeat("x", 500)}'>{Laughs()}]>" + Head + Item("<title>&j;</title>") + Tail),
        ["quadratic blowup"] = static () =>
            Text($"<!DOCTYPE r [<!ENTITY a '{Repeat("x", 60_000)}'>]>" + Head + Item($"<title>{Repeat("&a;", 60_000)}</title>") + Tail),
        ["many small expansions"] = static () =>
            Text($"<!DOCTYPE r [<!ENTITY a '{Repeat("x", 1000)}'>]>" + Head + Item($"<title>{Repeat("&a;", 500_000)}</title>") + Tail),
        ["external entity"] = static () => Text("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + Head + Item("<title>&x;</title>") + Tail),
        ["external DTD"] = static () => Text("<!DOCTYPE r SYSTEM 'http://127.0.0.1:9/x.dtd'>" + Head + Item("<title>t</title>") + Tail),
        ["parameter entities"] = static () => Text("<!DOCTYPE r [<!ENTITY % x SYSTEM 'file:///dev/random'>%x;]>" + Head + Tail),
        ["recursive entity"] = static () => Text("<!DOCTYPE r [<!ENTITY x '&y;'><!ENTITY y '&x;'>]>" + Head + Item("<title>&x;</title>") + Tail),
        ["a DTD of 100,000 entities"] = static () => Text(
            "<!DOCTYPE r [" + string.Concat(Enumerable.Range(0, 100_000).Select(static i => $"<!ENTITY e{i} 'v'>")) + "]>"
                + Head + Item("<title>&e9;</title>") + Tail),
        ["a DTD without an end"] = static () => Text("<!DOCTYPE r [" + Repeat("<!ELEMENT a (b)>", 200_000)),
        ["DTD in an attribute default"] = static () => Text("<!DOCTYPE rss [<!ATTLIST item x CDATA 'y'>]>" + Head + Repeat("<item/>", 1000) + Tail),
        ["ampersands only"] = static () => Rss(Item("<title>" + Repeat("&", 2 * 1024 * 1024) + "</title>")),
        ["unknown entities only"] = static () => Rss(Item("<title>" + Repeat("&zz;", 500_000) + "</title>")),
        ["endless entity name"] = static () => Rss(Item("<title>&" + Repeat("a", 4_000_000) + ";</title>")),
        ["endless character reference"] = static () => Rss(Item("<title>&#" + Repeat("9", 4_000_000) + ";</title>")),
        ["references to no character"] = static () => Rss(Item("<title>" + Repeat("&#xD800;&#0;&#x110000;", 200_000) + "</title>")),

        // Attributes and namespaces
        ["200,000 attributes of one element"] = static () =>
            Rss(Item("<enclosure " + string.Concat(Enumerable.Range(0, 200_000).Select(static i => $"a{i}='v' ")) + "/>")),
        ["one attribute repeated"] = static () => Rss(Item("<enclosure " + Repeat("a='v' ", 300_000) + "/>")),
        ["5,000 namespaces over 2,000 entries"] = static () =>
            Text("<rss version='2.0' " + Namespaces(5000) + "><channel>" + Repeat("<item><title>x</title></item>", 2000) + Tail),
        ["60 namespaces on each of 20,000 entries"] = static () => Rss(Repeat("<item " + Namespaces(60) + "><title>x</title></item>", 5000)),
        ["200 namespaces at every depth"] = static () => Rss(Repeat("<a " + Namespaces(200) + ">", 500)),
        ["a namespace of a megabyte"] = static () => Text($"<rss xmlns='{Repeat("u", 1024 * 1024)}'><channel/></rss>"),
        ["an attribute of 8 megabytes"] = static () => Rss(Item($"<enclosure url='{Repeat("u", 8 * 1024 * 1024)}'/>")),
        ["an attribute never closed"] = static () => Rss(Item("<enclosure url='http://a" + Repeat(" <b c='d'>", 200_000))),
        ["quotes without end"] = static () => Rss(Repeat("<a b=\"", 300_000)),
        ["distinct names only"] = static () => Rss(string.Concat(Enumerable.Range(0, 300_000).Select(static i => $"<n{i}/>"))),
        ["distinct prefixes only"] = static () => Rss(string.Concat(Enumerable.Range(0, 200_000).Select(static i => $"<p{i}:a/>"))),
        ["a name of a megabyte"] = static () => Rss($"<{Repeat("n", 1024 * 1024)}/>"),
        ["names of colons"] = static () => Rss("<" + Repeat("a:", 500_000) + "b/>"),

        // Counts and sizes
        ["300,000 entries"] = static () => Rss(Repeat("<item/>", 300_000)),
        ["a million empty elements"] = static () => Rss(Repeat("<a/>", 2_000_000)),
        ["200,000 categories"] = static () => Rss(Item(Repeat("<category>c</category>", 200_000))),
        ["200,000 links"] = static () => Atom("<entry>" + Repeat("<link href='http://a/b' rel='enclosure'/>", 200_000) + "</entry>"),
        ["200,000 authors"] = static () =>
            Atom("<entry>" + string.Concat(Enumerable.Range(0, 200_000).Select(static i => $"<author><name>{i}</name></author>")) + "</entry>"),
        ["200,000 hubs"] = static () => Atom(Repeat("<link rel='hub' href='http://a/b'/>", 200_000)),
        ["a title of 10 megabytes"] = static () => Rss(Item($"<title>{Repeat("x", 10 * 1024 * 1024)}</title>")),
        ["a content of 10 megabytes of tags"] = static () => Rss(Item($"<description><![CDATA[{Repeat("<img>", 2 * 1024 * 1024)}]]></description>")),
        ["a date of a megabyte"] = static () => Rss(Repeat(Item($"<pubDate>{Repeat("1 Jan ", 20_000)}</pubDate>"), 10)),
        ["dates of nothing but digits"] = static () => Rss(Repeat(Item($"<pubDate>{Repeat("9", 250)}</pubDate>"), 2000)),
        ["an address of a megabyte"] = static () => Rss(Item($"<link>http://a/{Repeat("x", 1024 * 1024)}</link>")),
        ["a base of a megabyte"] = static () =>
            Text($"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://a/{Repeat("../", 300_000)}'><entry><link href='b'/></entry></feed>"),
        ["a base at every depth"] = static () => Atom("<entry xml:base='" + Repeat("a/", 1000) + "'><link href='x'/></entry>"),
        ["base64 of 8 megabytes"] = static () => Atom($"<entry><content mode='base64'>{Repeat("QUJD", 2 * 1024 * 1024)}</content></entry>"),
        ["a sitemap of 300,000 addresses"] = static () => Text("<urlset>" + Repeat("<url><loc>http://a/b</loc></url>", 200_000) + "</urlset>"),
        ["a sitemap index of 200,000"] = static () => Text("<sitemapindex>" + Repeat("<sitemap><loc>http://a/b</loc></sitemap>", 200_000) + "</sitemapindex>"),
        ["a JSON feed of 300,000 entries"] = static () => Text("{\"items\":[" + Repeat("{},", 300_000) + "{}]}"),
        ["JSON of zeros"] = static () => Text("{\"items\":[" + Repeat("0,", 2_000_000) + "0]}"),
        ["JSON of one name"] = static () => Text("{\"items\":[{" + Repeat("\"id\":1,", 1_000_000) + "\"id\":1}]}"),
        ["JSON numbers without end"] = static () => Text("{\"items\":[{\"id\":" + Repeat("9", 2_000_000) + "}]}"),
        ["a page of 200,000 feeds"] = static () => Text("<html><head>" + Repeat("<link rel=alternate type='application/rss+xml' href=/a>", 50_000)),

        // Broken markup that invites rescanning
        ["CDATA never closed"] = static () => Rss(Item("<title>" + Repeat("<![CDATA[", 300_000))),
        ["comments never closed"] = static () => Rss(Repeat("<!--", 500_000)),
        ["comments that never were"] = static () => Rss(Item("<title>" + Repeat("<!--x--", 300_000) + "</title>")),
        ["instructions never closed"] = static () => Rss(Repeat("<?x", 500_000)),
        ["declarations never closed"] = static () => Rss(Repeat("<!x", 500_000)),
        ["less-than signs only"] = static () => Rss(Repeat("<", 4 * 1024 * 1024)),
        ["end tags only"] = static () => Rss(Repeat("</b>", 500_000)),
        ["end tags of open elements"] = static () => Rss(Repeat("<b><i></b>", 200_000)),
        ["tags within tags"] = static () => Rss(Repeat("<a ", 500_000)),
        ["a megabyte of junk first"] = static () => Text(Repeat("<br/><b>Warning</b> ", 100_000) + Head + Item("<title>x</title>") + Tail),
        ["a root never found"] = static () => Text(Repeat("<rs ", 500_000)),
        ["unclosed items"] = static () => Rss(Repeat("<item><title>x", 200_000)),

        // Bytes
        ["zeros"] = static () => new byte[4 * 1024 * 1024],
        ["blanks"] = static () => Text(Repeat(" ", 4 * 1024 * 1024)),
        ["random bytes"] = static () => RandomBytes(2 * 1024 * 1024),
        ["continuation bytes"] = static () => Enumerable.Repeat((byte)0xBF, 2 * 1024 * 1024).ToArray(),
        ["high bytes in a feed"] = static () =>
        [
            .. Text(Head),
            .. Text("<item><title>"),
            .. Enumerable.Range(0, 2 * 1024 * 1024).Select(static i => (byte)(0x80 + (i % 128))),
            .. Text("</title></item>" + Tail),
        ],
        ["UTF-16 cut in the middle"] = static () =>
            Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Head + Item("<title>x</title>"))).SkipLast(1).ToArray(),
        ["UTF-32 of surrogates"] = static () => [0xFF, 0xFE, 0, 0, .. Enumerable.Repeat<byte[]>([0x00, 0xD8, 0, 0], 300_000).SelectMany(static b => b)],
        ["an encoding nobody knows"] = static () => Text("<?xml version='1.0' encoding='x-no-such'?>" + Head + Item("<title>x</title>") + Tail),
        ["UTF-7"] = static () => Text("<?xml version='1.0' encoding='utf-7'?>" + Head + Item("<title>+ADw-x+AD4-</title>") + Tail),
        ["escape sequences"] = static () => Text(Head + Repeat("\e$B\e(B", 300_000)),
        ["control characters"] = static () => Rss(Item("<title>" + Repeat("\u0001\u0002", 1024 * 1024) + "</title>")),
        ["a gzip bomb"] = static () => Gzip(Text(Head + Repeat(" ", 48 * 1024 * 1024) + Tail)),
        ["gzip in gzip"] = static () => Gzip(Gzip(Text(Head + Tail))),
        ["gzip cut short"] = static () => Gzip(Text(Head + Repeat(Item("<title>x</title>"), 10_000) + Tail))[..500],
        ["gzip of nothing"] = static () => [0x1F, 0x8B, 8, 0],
        ["skipHours without end"] = static () => Rss("<skipHours>" + Repeat("<hour>5</hour>", 300_000) + "</skipHours>"),
        ["a language that is none"] = static () => Rss($"<language>{Repeat("x-", 100_000)}</language><pubDate>nonsense</pubDate>"),
    };

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Rss(string inner) => Text(Head + inner + Tail);

    private static byte[] Atom(string inner) => Text("<feed xmlns='http://www.w3.org/2005/Atom'>" + inner + "</feed>");

    private static string Item(string inner) => "<item>" + inner + "</item>";

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static string Namespaces(int count) => string.Concat(Enumerable.Range(0, count).Select(static i => $"xmlns:p{i}='u{i}' "));

    private static string Laughs() => string.Concat(Enumerable.Range('b', 9).Select(static c => $"<!ENTITY {(char)c} '{Repeat($"&{(char)(c - 1)};", 10)}'>"));

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(20240105).NextBytes(bytes);
        return bytes;
    }
}
