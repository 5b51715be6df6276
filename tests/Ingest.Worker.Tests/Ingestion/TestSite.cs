using System.Globalization;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>A small news site on the scripted origin: a feed of teasers, and a page for each.</summary>
internal static class TestSite
{
    private static readonly string[] Kinds = ["json-ld", "microdata", "opengraph", "plain"];

    public static string Feed(Uri baseUrl, int articles, string note = "")
    {
        var items = Enumerable.Range(1, articles).Select(n => $"""
            <item><title>Story {Number(n)} of the day{note}</title><link>{baseUrl}stories/{Number(n)}.html</link><guid isPermaLink="false">story-{Number(n)}</guid>
            <pubDate>Mon, {n % 27 + 1:00} Jul 2026 23:30:00 -0500</pubDate><description>The short of story {Number(n)} …</description></item>
            """);
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0"><channel><title>Test site</title><link>{baseUrl}</link><language>en</language>
            {string.Join('\n', items)}
            </channel></rss>
            """;
    }

    /// <summary>A page of one of four kinds of mark-up, by its number.</summary>
    public static string Page(int n)
    {
        var kind = Kinds[n % Kinds.Length];
        var paragraphs = Enumerable.Range(1, 4).Select(
            p =>
                $"Paragraph {Number(p)} of story {Number(n)} tells, with commas and full stops, what happened on that day. It goes on for a second sentence, "
                    + "so that it is text.");
        var head = kind switch
        {
            "json-ld" =>
                $$"""<script type="application/ld+json">{"@type":"NewsArticle","headline":"Story {{Number(n)}} of the day","datePublished":"2026-07-{{n % 27 + 1:00}}T23:30:00-05:00","author":{"name":"A. Writer" } }</script>""",
            "opengraph" => $"""<meta property="og:title" content="Story {Number(n)} of the day"><meta property="og:type" content="article">""",
            _ => "",
        };
        var body = string.Concat(paragraphs.Select(text => $"<p>{text}</p>"));
        return $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Story {Number(n)} of the day</title>{head}</head>
            <body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
            <article{(kind == "microdata" ? " itemscope itemtype=\"https://schema.org/NewsArticle\"" : "")}><h1>Story {Number(n)} of the day</h1>{body}</article>
            <footer><a href="/imprint">Imprint</a></footer></body></html>
            """;
    }

    public static ScriptedOrigin ServePages(this ScriptedOrigin origin, int articles)
    {
        for (var n = 1; n <= articles; n++) origin.Serve($"/stories/{Number(n)}.html", Reply.Page(Page(n)).Coded("gzip"));
        return origin;
    }

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
}
