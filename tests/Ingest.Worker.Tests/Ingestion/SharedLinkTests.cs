using System.Globalization;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Feeds whose links, guids or texts do not tell their entries apart, or are new at each poll, through whole visits.</summary>
public sealed class SharedLinkTests(PostgresFixture postgres)
{
    private const string Rows =
        "select (select count(*) from ingest.articles), (select count(*) from ingest.article_sightings), (select count(*) from ingest.article_aliases), "
        + "(select count(*) from ingest.article_revisions), (select count(*) from ingest.source_events where kind = 'entries_missed')";

    [Fact]
    public async Task Reports_of_a_page_are_articles_of_their_own_also_one_that_comes_later_and_their_page_is_not_asked()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin, "Always"));
        string[] titles = ["Gas leak in Mill Lane", "Fog on the coast road", "School closed on Friday", "Bridge open again"];
        foreach (var shown in new[] { 3, 4, 4 })
        {
            origin.Serve("/feed", Reply.Feed(Feed(titles.Take(shown).Reverse().Select((title, i) => Item(origin, title, $"n{shown - i}", shown - i)))));
            await worker.RunAsync();
            worker.Clock.Shift += TimeSpan.FromHours(7);
        }

        (await worker.RowsAsync("select title, url = $$" + origin.Url("/now") + "$$, page_state from ingest.articles order by id"))
            .ShouldBe(titles.Select(static title => $"{title}|True|none"), ignoreOrder: true);
        origin.RequestsOf("/now").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("guid")]
    [InlineData("link")]
    [InlineData("text")]
    public async Task What_is_new_at_every_poll_adds_no_rows(string volatilePart)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin, "Never"));
        var rows = "";
        for (var poll = 1; poll <= 12; poll++)
        {
            var round = poll;
            origin.Serve("/feed", Reply.Feed(Feed(Enumerable.Range(1, 10).Select(n => Volatile(origin, volatilePart, n, round)))));
            await worker.RunAsync();
            worker.Clock.Shift += TimeSpan.FromHours(7);
            if (poll == 6) rows = (await worker.RowsAsync(Rows)).Single();
        }

        (await worker.RowsAsync(Rows)).Single().ShouldBe(rows);
        rows.ShouldStartWith("10|10|0|");
        rows.ShouldEndWith("|0");
    }

    [Fact]
    public async Task The_link_that_counts_readers_leads_to_the_article_that_the_publisher_s_own_link_names()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin, "Never"));
        foreach (var link in new[] { "<link>{0}</link><x:origLink>{1}</x:origLink>", "<link>{0}</link>", "<link>{1}</link>" })
        {
            var links = string.Format(CultureInfo.InvariantCulture, link, origin.Url("/count/1"), origin.Url("/stories/1"));
            origin.Serve("/feed", Reply.Feed($"""
                <rss version="2.0" xmlns:x="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>Notices</title><link>{origin.BaseUrl}</link>
                <item><title>Bridge open again</title>{links}<pubDate>Mon, 01 Jun 2026 10:00:00 GMT</pubDate><description>Of the bridge.</description></item>
                </channel></rss>
                """));
            await worker.RunAsync();
            worker.Clock.Shift += TimeSpan.FromHours(7);
        }

        (await worker.RowsAsync("select url from ingest.articles")).ShouldBe([origin.Url("/stories/1").ToString()]);
        (await worker.RowsAsync("select l.url from ingest.article_aliases l join ingest.articles a using (article_key)"))
            .ShouldBe([origin.Url("/count/1").ToString()]);
    }

    private static string Volatile(ScriptedOrigin origin, string part, int n, int poll)
    {
        var token = string.Create(CultureInfo.InvariantCulture, $"{n}-{poll}");
        return $"""
            <item><title>Story number {n} of the year</title><link>{origin.Url($"/stories/{n}")}{(part == "link" ? $"?s={token}" : "")}</link>
            <guid isPermaLink="false">story-{(part == "guid" ? token : n)}</guid><pubDate>Mon, {n:00} Jun 2026 10:00:00 GMT</pubDate>
            <description>It is told at some length what came of it, and who was there{(part == "text" ? $", read {poll} times" : "")}.</description></item>
            """;
    }

    private static string Item(ScriptedOrigin origin, string title, string guid, int day) => $"""
        <item><title>{title}</title><link>{origin.Url("/now")}</link><guid isPermaLink="false">{guid}</guid>
        <pubDate>{new DateTime(2026, 5, day, 8, 0, 0, DateTimeKind.Utc):R}</pubDate><description>Of {title}.</description></item>
        """;

    private static string Feed(IEnumerable<string> items) =>
        $"<rss version=\"2.0\"><channel><title>Notices</title><link>https://notices.example/</link>{string.Concat(items)}</channel></rss>";

    private static Dictionary<string, string> Source(ScriptedOrigin origin, string fullText) => new()
    {
        ["Ingest:Sources:notices:Url"] = origin.Url("/feed").ToString(), ["Ingest:Sources:notices:FullText"] = fullText,
    };
}
