using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Entries that came and went between two visits.</summary>
public sealed class MissedEntriesTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Missed_entries_are_fetched_from_the_older_documents_that_the_feed_links()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(Numbered(origin, 1, 3)), Reply.Feed(Numbered(origin, 10, 12, "/older-2")));
        origin.Serve("/older-2", Reply.Feed(
            Numbered(origin, 6, 9, "/older-1"))).Serve("/older-1", Reply.Feed(
                Numbered(origin, 2, 5, "/older-0"))).Serve("/older-0", Reply.Feed(Numbered(origin, 1, 1)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, MannersTests.Sources(("site", origin.Url("/feed"))));
        await worker.RunAsync();
        worker.Clock.Shift = TimeSpan.FromDays(1);

        await worker.RunAsync();

        (await worker.RowsAsync("select count(*), count(distinct article_key) from ingest.articles")).ShouldBe(["12|12"]);
        origin.RequestsOf("/older-0").ShouldBeEmpty();
        (await worker.RowsAsync("select kind, count(*) from ingest.fetches where kind <> 'feed' group by 1")).ShouldBe(["archive|2"]);
        (await worker.RowsAsync("select kind, detail from ingest.source_events"))
            .ShouldBe(
                [
                    "entries_missed|no entry was known from the visit before, so that others may have come and gone: "
                        + "the older documents that the feed links reach back to what was known",
                ]);
        (await worker.RowsAsync("select interval_ceiling < interval '13 hours' from ingest.sources")).ShouldBe(["True"]);
    }

    [Fact]
    public async Task Missed_entries_are_taken_from_the_news_sitemap_of_the_site_for_the_sections_of_the_feed()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(Numbered(origin, 1, 3)), Reply.Feed(Numbered(origin, 7, 9)));
        origin.Serve("/robots.txt", Reply.Ok($"User-agent: *\nDisallow:\nSitemap: {origin.Url("/all.xml")}\nSitemap: {origin.Url("/news.xml")}\n"));
        var urls = Enumerable.Range(1, 9)
            .Select(n => (Url: $"{origin.BaseUrl}stories/{n}.html", At: Time(n)))
            .Append((Url: $"{origin.BaseUrl}sports/1.html", At: Time(5)));
        origin.Serve("/all.xml", Reply.Ok("""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>""", "application/xml"));
        origin.Serve("/news.xml", Reply.Ok($"""
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
            {string.Concat(urls.Select(static url => $"<url><loc>{url.Url}</loc><news:news><news:publication_date>{url.At:O}</news:publication_date><news:title>A story</news:title></news:news></url>"))}
            </urlset>
            """, "application/xml"));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, MannersTests.Sources(("site", origin.Url("/feed"))));
        await worker.RunAsync();

        await worker.RunAsync();

        (await worker.RowsAsync("select url from ingest.articles where url like '%/sports/%'")).ShouldBeEmpty();
        (await worker.RowsAsync("select count(*) from ingest.article_sightings")).ShouldBe(["9"]);
        (await worker.RowsAsync("select kind from ingest.fetches where kind <> 'feed' order by 1")).ShouldBe(["archive", "archive", "robots"]);
    }

    private static DateTimeOffset Time(int n) => DateTimeOffset.UtcNow.AddHours(-10).AddMinutes(n * 30);

    private static string Numbered(ScriptedOrigin origin, int from, int to, string? older = null) => $"""
        <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Numbers</title>{(older is null ? "" : $"<atom:link rel='prev-archive' href='{origin.Url(older)}'/>")}
        {string.Concat(Enumerable.Range(from, to - from + 1).Reverse().Select(n => $"<item><title>Story {n}</title><link>{origin.BaseUrl}stories/{n}.html</link><pubDate>{Time(n):R}</pubDate><description>What happened.</description></item>"))}
        </channel></rss>
        """;
}
