using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion;

public sealed class RunTests(PostgresFixture postgres)
{
    private const int Stories = 12;

    [Fact]
    public async Task Entries_and_their_pages_become_dated_articles()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(Stories);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, Stories)).ETag("\"v1\""));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source("site", origin.Url("/feed")));

        var summary = await worker.RunAsync();

        summary.Visits.ShouldHaveSingleItem().Entries.New.ShouldBe(Stories);
        summary.Pages.Count.ShouldBe(Stories);
        summary.Pages.ShouldAllBe(page => page.Failure == null);
        var rows = await worker.RowsAsync(
            "select published_on, date_source, title, page_state, split_part(body, chr(10), 1), revision from ingest.articles order by url");
        rows.Count.ShouldBe(Stories);
        rows.ShouldAllBe(row => row.Contains("|read|Paragraph 1 of story", StringComparison.Ordinal));

        // The publisher's own day, five hours behind UTC, is kept.
        rows[0]
            .ShouldBe(
                "2026-07-02|feed|Story 1 of the day|read|Paragraph 1 of story 1 tells, with commas and full stops, what happened on that day. "
                    + "It goes on for a second sentence, so that it is text.|1");
        (await worker.RowsAsync("select text from ingest.dated_articles where url like '%/stories/1.html'")).ShouldHaveSingleItem()
            .ShouldStartWith($" date 2026-07-02 {origin.BaseUrl}stories/1.html\n\nStory 1 of the day\n\n");
    }

    [Fact]
    public async Task A_second_run_touches_no_row_and_asks_for_no_page()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(Stories);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, Stories)).ETag("W/\"odd  one\"").LastModified("Tue, 1 Jul 2026  08:00:00 GMT"));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source("site", origin.Url("/feed")));
        await worker.RunAsync();
        var before = await worker.ArticleTablesAsync();
        origin.ForgetRequests();

        var summary = await worker.RunAsync();

        summary.Visits.ShouldHaveSingleItem().NotModified.ShouldBeTrue();
        origin.Requests.ShouldHaveSingleItem().Header("If-None-Match").ShouldBe("W/\"odd  one\"");
        (await worker.ArticleTablesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task The_same_entries_in_another_feed_body_touch_no_row()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(Stories);
        var feed = TestSite.Feed(origin.BaseUrl, Stories);
        origin.Serve("/feed", Reply.Feed(feed), Reply.Feed(feed + "<!-- built again -->"));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source("site", origin.Url("/feed")));
        await worker.RunAsync();
        var before = await worker.ArticleTablesAsync();

        var summary = await worker.RunAsync();

        var visit = summary.Visits.ShouldHaveSingleItem();
        (visit.Entries.New, visit.Entries.Changed, visit.Entries.Known).ShouldBe((0, 0, Stories));
        (await worker.ArticleTablesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_entry_that_changed_is_a_new_revision_of_the_same_article()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 2)), Reply.Feed(TestSite.Feed(origin.BaseUrl, 2, note: ", corrected")));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Source("site", origin.Url("/feed"));
        settings["Ingest:Sources:site:FullText"] = "Never";
        await using var worker = new TestWorker(database.ConnectionString, settings);
        await worker.RunAsync();

        var summary = await worker.RunAsync();

        summary.Visits.ShouldHaveSingleItem().Entries.Changed.ShouldBe(2);
        (await worker.RowsAsync("select title, revision from ingest.articles order by url"))
            .ShouldBe(["Story 1 of the day, corrected|2", "Story 2 of the day, corrected|2"]);
    }

    [Fact]
    public async Task An_article_is_there_while_its_page_is_down_and_complete_once_it_is_up()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        origin.Serve("/stories/1.html", Reply.Error(500), Reply.Page(TestSite.Page(1)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source("site", origin.Url("/feed")));

        await worker.RunAsync();

        (await worker.RowsAsync("select title, page_state, attempts from ingest.articles join ingest.page_queue using (article_key)"))
            .ShouldBe(["Story 1 of the day|waiting|1"]);
        worker.Clock.Shift = TimeSpan.FromHours(1);
        await worker.RunAsync();
        (await worker.RowsAsync("select page_state, body <> '' from ingest.articles")).ShouldBe(["read|True"]);
        (await worker.RowsAsync("select count(*) from ingest.page_queue")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task A_page_that_is_gone_is_given_up_and_the_article_stays()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        origin.Serve("/stories/1.html", Reply.Error(410));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source("site", origin.Url("/feed")));

        await worker.RunAsync();

        (await worker.RowsAsync("select title, page_state from ingest.articles")).ShouldBe(["Story 1 of the day|failed"]);
        (await worker.RowsAsync("select state from ingest.page_queue")).ShouldBe(["failed"]);
    }

    internal static Dictionary<string, string> Source(string name, Uri url) => new(StringComparer.Ordinal) { [$"Ingest:Sources:{name}:Url"] = url.ToString() };
}
