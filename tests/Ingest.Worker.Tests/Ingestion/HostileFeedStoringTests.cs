using System.Security;
using System.Text.Json;
using Ingest.Worker.Origin;
using Ingest.Worker.Tests.Storage.Values;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Feeds and pages that hold what databases do not like are stored at the first visit, and not asked for a second time for it.</summary>
public sealed class HostileFeedStoringTests(PostgresFixture postgres)
{
    [Theory]
    [MemberData(nameof(HostileText.Kinds), MemberType = typeof(HostileText))]
    public async Task Whatever_a_feed_or_its_pages_say_is_stored_with_its_neighbours(string kind)
    {
        var hostile = HostileText.Of(kind);
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/json", Reply.Ok(JsonFeed(origin, hostile), "application/feed+json").ETag("\"1\""));
        origin.Serve("/rss", Reply.Ok(Rss(origin, hostile), "application/rss+xml").ETag("\"1\""));
        origin.Serve("/links", Reply.Ok(Links(origin), "application/rss+xml").ETag("\"1\""));
        origin.Serve("/page/1", Reply.Page(Page(hostile)));
        origin.Serve("/page/2", Reply.Page(Page("A quiet title")));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, new Dictionary<string, string>
        {
            ["Ingest:Sources:json:Url"] = origin.Url("/json").ToString(), ["Ingest:Sources:json:FullText"] = "Never",
            ["Ingest:Sources:rss:Url"] = origin.Url("/rss").ToString(), ["Ingest:Sources:rss:FullText"] = "Never",
            ["Ingest:Sources:links:Url"] = origin.Url("/links").ToString(), ["Ingest:Sources:links:FullText"] = "Always",
        });

        (await worker.RunAsync()).Visits.ShouldAllBe(static visit => visit.Failure == null);

        (await worker.RowsAsync("select name, etag, last_error from ingest.sources order by name")).ShouldBe(["json|\"1\"|", "links|\"1\"|", "rss|\"1\"|"]);
        (await worker.RowsAsync("select s.name, count(*) from ingest.articles a join ingest.sources s on s.id = a.source_id group by 1 order by 1"))
            .ShouldBe(["json|3", "links|2", "rss|3"]);
        (await worker.RowsAsync("select count(*) from ingest.articles where title like 'Quiet%' or title like 'A quiet%'")).ShouldBe(["5"]);
        (await worker.RowsAsync("select count(*) from ingest.refusals")).ShouldBe(["0"]);
        (await worker.RowsAsync("select count(*) from ingest.page_queue where state = 'waiting'")).ShouldBe(["0"]);
    }

    private static string JsonFeed(ScriptedOrigin origin, string hostile)
    {
        object Item(int n, string text) => new
        {
            id = $"{text}{n}", url = origin.Url($"/json/{n}").ToString(), title = text, summary = text, content_text = text, language = text,
            image = $"https://example.com/{text}",
            authors = new[] { new { name = text, url = text } }, tags = new[] { text },
            attachments = new[] { new { url = $"https://example.com/{text}", mime_type = text, size_in_bytes = long.MaxValue } },
            date_published = "0001-01-01T00:00:00Z",
        };
        return JsonSerializer.Serialize(
            new
            {
                version = "https://jsonfeed.org/version/1.1",
                title = hostile,
                description = hostile,
                language = hostile,
                home_page_url = hostile,
                items = new[] { Item(1, "Quiet"), Item(2, hostile), Item(3, "Quiet") },
            });
    }

    private static string Rss(ScriptedOrigin origin, string hostile)
    {
        string Item(int n, string text) => $"""
            <item><title>{text}</title><link>{origin.Url($"/rss/{n}")}</link><guid isPermaLink="false">{text}{n}</guid><description>{text}</description><category>{text}</category><author>{text}</author>
            <pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate><enclosure url="https://example.com/{text}" type="{text}" length="99999999999999999999"/></item>
            """;
        var escaped = SecurityElement.Escape(hostile)!;
        return $"""<rss version="2.0"><channel><title>{escaped}</title><link>{origin.BaseUrl}</link><language>{escaped}</language>{Item(1, "Quiet")}{Item(2, escaped)}{Item(3, "Quiet")}</channel></rss>""";
    }

    private static string Links(ScriptedOrigin origin) => $"""
        <rss version="2.0"><channel><title>Links</title><link>{origin.BaseUrl}</link>
        <item><title>HOSTILE page</title><link>{origin.Url("/page/1")}</link></item><item><title>A quiet page</title><link>{origin.Url("/page/2")}</link></item></channel></rss>
        """;

    private static string Page(string text)
    {
        var escaped = SecurityElement.Escape(text)!;
        var paragraphs = string.Concat(Enumerable.Range(1, 6).Select(
            n =>
                $"<p>Paragraph {n} of the story tells, with commas and full stops, what happened on that day. It goes on for a second sentence, "
                    + "so that it is text.</p>"));
        return $"""
            <!doctype html><html lang="en"><head><title>{escaped}</title><meta name="description" content="{escaped}"><meta name="author" content="{escaped}"><meta property="article:tag" content="{escaped}"></head>
            <body><article><h1>{escaped}</h1>{paragraphs}<p>{escaped}</p></article></body></html>
            """;
    }
}
