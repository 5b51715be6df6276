using Ingest.Pages;
using Ingest.Text.Limits;

namespace Ingest.Worker.Benchmarks.Cost;

/// <summary>
/// Pages of one HTML construct repeated: every element and every attribute that means something, in every place where the parser has rules of its own.
/// </summary>
internal static class PageKinds
{
    private const int Seed = 20261130;
    private const int RandomPairs = 4000;

    private static readonly Uri Url = new("https://example.org/2024/03/05/story");

    private static readonly string[] Elements = Words("""
        a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button canvas caption center cite
        code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4
        h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem
        meta meter nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script
        search section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track
        tt u ul var video wbr xmp x-own mi annotation-xml foreignObject desc path
        """);

    private static readonly string[] Attributes =
    [
        "id=x", "id=x{n}", "class=x", "class=x{n}", "class='article-body post-{n}'", "class='byline author date'", "name=x", "name=x{n}", "href=x",
        "href='http://h{n}.example/'", "src=x", "src=x{n}", "style='color:red;display:none'", "hidden",
        "lang=de", "dir=rtl", "title=x", "role=main", "role=article", "aria-hidden=true", "itemscope", "itemscope itemtype=http://schema.org/NewsArticle",
        "itemprop=author", "itemprop=x{n}", "itemprop=articleBody", "itemref=x", "property=og:title content=x",
        "name=author content=x", "content=x", "rel=author", "rel=canonical href=/x{n}", "rel=stylesheet href=x", "type=radio", "type=radio name=x checked",
        "type=checkbox checked", "type=image", "type=file", "checked", "selected", "multiple", "value=x", "for=x", "form=x",
        "datetime=2024-01-01", "srcset='a 1x, b 2x'", "usemap=#x", "onclick=x", "data-x{n}=1", "x{n}=1", "xmlns=x", "charset=utf-8",
        "http-equiv=refresh content='1;url=x'", "http-equiv=content-type content='text/html;charset=x'", "target=x", "async defer", "loading=lazy",
        "contenteditable", "accesskey=x", "tabindex=1", "slot=x", "is=x", "open", "download",
    ];

    // Where the parser has rules of its own; what is left open stays open.
    private static readonly (string Name, string Head)[] Places =
    [
        ("", ""), ("head", "<head>"), ("table", "<table>"), ("tr", "<table><tr>"), ("td", "<table><tr><td>"), ("select", "<select>"),
        ("select multiple", "<select multiple>"), ("svg", "<svg>"), ("math", "<math>"), ("template", "<template>"), ("form", "<form id=x>"),
        ("a", "<a href=x>"),
        ("b", "<b>"), ("li", "<ul><li>"), ("button", "<button>"), ("p", "<p>"), ("h1", "<h1>"), ("ruby", "<ruby>"), ("frameset", "<frameset>"),
        ("object", "<object>"), ("dl", "<dl><dd>"), ("pre", "<pre>"), ("deep", string.Concat(Enumerable.Repeat("<div>", 240))),
        ("formatting", "<p><b><i><u><s><font size=1><tt><em><big>"), ("caption", "<table><caption>"),
        ("article", "<article><h1>Some title of it</h1><p>Some words, and more of them.</p>"), ("title", "<title>x</title>"),
        ("in properties", string.Concat(Enumerable.Repeat("<div itemprop=author>", 240))),
        ("in bodies", string.Concat(Enumerable.Repeat("<div itemprop=articleBody>", 240))),
        ("in dates", string.Concat(Enumerable.Repeat("<div class=date><div class=author>", 120))),
        ("in headings", string.Concat(Enumerable.Repeat("<h1><div>", 120))),
    ];

    private static readonly string[] Texts =
    [
        "x<!---->", "x<!--y-->", "x<?y?>", "x<![CDATA[y]]>", "x<br>", "x<br><br>", "x</b>", "x</p>", "x<wbr>", "<", "<!", "</", "&", "&amp;", "&#x41;",
        "&#9999999999;", "&noti", "\0", "\r", "\r\n", "\t", "\u00a0", "\u200b", "a\u0301\u0316", "\u0301\u0316", "新聞", "ข่าว", "\u202e", "1", "1.1.", "12:12:",
        "2024-01-01 ", "1 January 2024 ", "January 1 1 ", "Jan Feb ",
        "By ", "By Ann Bee and ", "A. ", "the ", "\"", "'", "“”", "([{", "- – ", "http://example.com/ ", "a@b.", "a | ", "Share this ", "Related: ", "© ", "x,",
        "x;", "x:", "=", "-->", "]]>", "<p>By Ann Bee", "<p>1 January 2024", "<p>Updated: 1 January 2024 10:00", "<p>Related</p>", "<h2>Related</h2>",
        "<h2>x</h2><p>One sentence of words, long enough to count as prose.", "<li><a href=x>link text of it</a>",
        "<p>One sentence of words, long enough to count as prose, and so on.",
        "<p>One sentence {n} of words, long enough to count as prose, and so on.",
        "<div class=post-{n}><p>One sentence {n} of words, long enough to count as prose, and so on.</p></div>",
        "<section><p>One sentence {n} of words, long enough to count as prose.", "<a href=x>Some words of a link</a> ", "<a href=x><b>x", "<td>x",
        "<tr><td>x<td>y", "<figure><img src=x><figcaption>x</figcaption></figure>", "<span class=date>1 January 2024</span>",
        "<span class=author>Ann Bee</span>", "<div hidden>x", "<time>1 January 2024</time>",
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"x {n}\"}</script>", "<meta property=article:tag content=x{n}>",
        "<meta name=keywords content='a{n},b{n}'>", "<link rel=alternate hreflang=x{n} href=/{n}>",
    ];

    private static readonly (string Name, string Head, string Unit, string Tail)[] Data =
    [
        ("deep objects", "", "{\"a\":", ""), ("deep arrays", "", "[", ""),
        ("objects in an array", "[", "{\"@type\":\"NewsArticle\",\"headline\":\"x{n}\",\"@id\":\"#{n}\"},", "]"),
        ("references", "[", "{\"@id\":\"#{n}\",\"author\":{\"@id\":\"#{n}\"}},", "]"),
        ("authors", "{\"@type\":\"NewsArticle\",\"author\":[", "{\"name\":\"Ann Bee {n}\"},", "]}"),
        ("names", "{\"@type\":\"NewsArticle\",", "\"p{n}\":\"x\",", "\"headline\":\"x\"}"),
        ("one name", "{\"@type\":\"NewsArticle\",", "\"author\":\"Ann {n}\",", "\"headline\":\"x\"}"),
        ("types", "{\"@type\":[", "\"NewsArticle\",", "]}"), ("quotes", "{\"headline\":\"", "\"", ""), ("quotes and blanks", "{\"headline\":\"", "\" ", ""),
        ("quotes and breaks", "{\"headline\":\"", "\"\n", ""), ("escapes", "{\"headline\":\"", "\\u0041\\", "\"}"), ("comments", "", "/*", ""),
        ("comment pairs", "", "/**/", "{}"), ("line comments", "", "// x\n", "{}"), ("cdata", "", "//<![CDATA[\n", "{}"), ("colons", "{", "\"a\":", "}"),
        ("commas", "[", ",", "]"), ("body", "{\"@type\":\"NewsArticle\",\"articleBody\":\"", "Some words. ", "\"}"),
        ("html body", "{\"@type\":\"NewsArticle\",\"articleBody\":\"", "<p>Some words {n}.", "\"}"),
        ("keywords", "{\"@type\":\"NewsArticle\",\"keywords\":\"", "word{n}, ", "\"}"),
        ("dates", "{\"@type\":\"NewsArticle\",\"datePublished\":[", "\"2024-01-01\",", "]}"),
    ];

    public static IEnumerable<CostKind> All()
    {
        foreach (var place in Places)
        {
            foreach (var element in Elements)
            {
                foreach (var unit in (string[])[$"<{element}>", $"<{element}>x", $"<{element}></{element}>", $"<{element}>x</{element}>"])
                    yield return Of($"{place.Name} {unit}", place.Head, unit);
            }

            foreach (var text in Texts) yield return Of($"{place.Name} {text}", place.Head, text);
        }

        foreach (var element in Elements)
        {
            yield return Of($"</{element}>", "", $"</{element}>");
            yield return Of($"nested </{element}>", string.Concat(Enumerable.Repeat("<div><b>", 100)), $"</{element}>x");
            foreach (var attribute in Attributes) yield return Of($"<{element} {attribute}>", "", $"<{element} {attribute}>");
        }

        foreach (var (name, head, unit, tail) in Data)
            yield return new CostKind(
                $"json-ld {name}", "<!doctype html><head><script type=application/ld+json>" + head, unit, tail + "</script><body><p>x", Read);
        foreach (var attribute in Attributes) yield return new CostKind($"one tag {attribute}", "<body><p ", attribute + " ", ">x", Read);
    }

    /// <summary>Two elements in turn, each opened, closed or both, in a random place.</summary>
    public static IEnumerable<CostKind> Pairs()
    {
        var random = new Random(Seed);
        string Tag() => random.Next(3) switch { 0 => $"<{Pick(Elements)}>", 1 => $"</{Pick(Elements)}>", _ => $"<{Pick(Elements)} {Pick(Attributes)}>" };
        T Pick<T>(T[] from) => from[random.Next(from.Length)];
        for (var i = 0; i < RandomPairs; i++)
        {
            var place = Pick(Places);
            var unit = string.Concat(Enumerable.Range(0, random.Next(2, 6)).Select(_ => Tag() + (random.Next(3) == 0 ? Pick(Texts) : "")));
            yield return Of($"{place.Name} {unit}", place.Head, unit);
        }
    }

    private static CostKind Of(string name, string head, string unit) => new("page: " + name, "<!doctype html><html>" + head, unit, "", Read);

    private static void Read(byte[] bytes) => PageReader.Read(bytes, null, Url, ReadingLimit.None);

    private static string[] Words(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
