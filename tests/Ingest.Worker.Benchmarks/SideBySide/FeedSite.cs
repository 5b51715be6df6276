using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ingest.Worker.Benchmarks.Growth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Benchmarks.SideBySide;

/// <summary>
/// Feeds of 25 entries, half of them with the whole text, and their pages, on loopback: compressed, with entity tags, always the same ones. In the second round
/// every twentieth feed has three new entries.
/// </summary>
internal sealed class FeedSite : IAsyncDisposable
{
    public const int Entries = 25, News = 3, EveryChanged = 20;

    private const int Hosts = 40;

    private readonly WebApplication app;
    private readonly int port;
    private readonly string[] paragraphs = Paragraphs();

    private FeedSite(WebApplication app, int port) => (this.app, this.port) = (app, port);

    public bool IsSecondRound { get; set; }

    public static async Task<FeedSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var port = FreePort();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            for (var host = 0; host < Hosts; host++) kestrel.Listen(Address(host), port);
        });
        var site = new FeedSite(builder.Build(), port);
        site.app.MapGet("/feed/{feed:int}", (HttpContext context, int feed) => AnswerAsync(context, "application/rss+xml", site.Feed(feed)));
        site.app.MapGet("/page/{feed:int}/{entry:int}", (HttpContext context, int feed, int entry) =>
            AnswerAsync(context, "text/html; charset=utf-8", site.Page(feed, entry)));
        await site.app.StartAsync();
        return site;
    }

    /// <summary>The feeds' URLs, spread over hosts.</summary>
    public IReadOnlyList<string> Feeds(int count) =>
        [.. Enumerable.Range(0, count).Select(feed => string.Create(CultureInfo.InvariantCulture, $"http://{Address(feed % Hosts)}:{port}/feed/{feed}"))];

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static IPAddress Address(int host) => new([127, 0, 1, (byte)(host + 1)]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Feed(int feed)
    {
        var first = IsSecondRound && feed % EveryChanged == 7 ? -News : 0;
        var text = new StringBuilder($"""<?xml version="1.0"?><rss version="2.0"><channel><title>Paper {feed}</title><link>/</link>""");
        for (var entry = first; entry < Entries; entry++)
        {
            var whole = feed % 2 == 0 ? string.Concat(Body(feed, entry).Select(static part => $"<p>{part}</p>")) : "";
            text.Append(CultureInfo.InvariantCulture, $"""
                <item><title>{Title(feed, entry)}</title><link>/page/{feed}/{entry + News}</link><guid isPermaLink="false">{feed}-{entry}</guid>
                <pubDate>{new DateTime(2026, 11, 1).AddMinutes(-entry):R}</pubDate><description>{Part(feed, entry, 99)}</description>
                <content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[{whole}]]></content:encoded></item>
                """);
        }

        return text.Append("</channel></rss>").ToString();
    }

    private string Page(int feed, int entry)
    {
        var links = string.Concat(Enumerable.Range(0, 300).Select(n => $"<li class=\"nav-{n}\"><a href=\"/page/{feed}/{n}\">{Title(feed, n)}</a></li>"));
        var script = string.Concat(Enumerable.Range(0, 400).Select(static n => $"window.q=window.q||[];q.push(['event-{n}',{n}]);"));
        var body = string.Concat(Body(feed, entry - News).Select(static part => $"<p>{part}</p>"));
        return $"""
            <!DOCTYPE html><html lang="en"><head><title>{Title(feed, entry - News)} | Paper</title><script>{script}</script>
            <meta property="article:published_time" content="2026-11-01T08:00:00Z"></head><body><nav><ul>{links}</ul></nav>
            <main><article><h1>{Title(feed, entry - News)}</h1>{body}</article></main><aside><ul>{links}</ul></aside>
            <footer>All rights reserved.</footer></body></html>
            """;
    }

    private string Title(int feed, int entry) => string.Join(' ', Part(feed, entry, 98).Split(' ').Take(8));

    private IEnumerable<string> Body(int feed, int entry) => Enumerable.Range(0, 4 + ((feed + entry + News) % 5)).Select(part => Part(feed, entry, part));

    private string Part(int feed, int entry, int part)
    {
        var random = new Deterministic(((ulong)feed << 32) + (ulong)((entry + News) * 100) + (ulong)part);
        return paragraphs[random.Next(paragraphs.Length)];
    }

    private static string[] Paragraphs()
    {
        var words = Vocabulary.Alphabetic(
            "the of and to in a is that for it as was with be by on not he his but at are this have from which or had an they you were there one all",
            ["", "", "", "", "s", "ed", "ing", "er", "ly", "tion"], 1);
        var random = new Deterministic(7);
        return
        [
            .. Enumerable.Range(0, 20_000).Select(_ => string.Join(' ', Enumerable.Range(0, 40 + random.Next(30)).Select(_ => words.Draw(ref random))) + "."),
        ];
    }

    private static async Task AnswerAsync(HttpContext context, string type, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{System.IO.Hashing.XxHash64.HashToUInt64(bytes):x}\"");
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        (context.Response.ContentType, context.Response.Headers.ContentEncoding) = (type, "gzip");
        await using var body = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        await body.WriteAsync(bytes, context.RequestAborted);
    }
}
