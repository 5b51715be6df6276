using Ingest.Worker.Origin;
using Ingest.Worker.Storage.Hosts;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>What spares publishers requests: pages asked conditionally, robots.txt across restarts, and each guess once.</summary>
public sealed class CourtesyTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"v1\"", null)]
    [InlineData(null, "Tue, 24 Nov 2026 10:00:00 GMT")]
    [InlineData("abc, def", "yesterday")]
    public async Task A_page_whose_entry_changed_is_asked_conditionally_and_a_304_ends_the_wait_with_the_article_as_it_was(string? etag, string? modified)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)), Reply.Feed(TestSite.Feed(origin.BaseUrl, 1, ", updated")));
        origin.Serve("/stories/1.html", With(Reply.Page(TestSite.Page(1)), etag, modified));
        await using var worker = new TestWorker(database.ConnectionString, Settings(origin.Url("/feed")));
        await worker.RunAsync();
        var before = await worker.RowsAsync("select a.*::text from ingest.articles a");
        before.ShouldHaveSingleItem();

        await AgainAsync(worker, TimeSpan.FromHours(2), 2);

        var asked = origin.RequestsOf("/stories/1.html");
        asked.Count.ShouldBe(2);
        asked[0].Header("If-None-Match").ShouldBeNull();
        (asked[1].Header("If-None-Match"), asked[1].Header("If-Modified-Since")).ShouldBe((etag, modified));
        (await worker.RowsAsync("select a.*::text from ingest.articles a")).ShouldBe(before);
        (await worker.RowsAsync("select count(*) from ingest.page_queue")).ShouldBe(["0"]);
        (await worker.RowsAsync("select status, outcome, conditional, failure from ingest.fetches where kind = 'page' order by id"))
            .ShouldBe(["200|fetched|False|", "304|not_modified|True|"]);
    }

    [Fact]
    public async Task A_page_that_changed_is_read_again_and_asked_with_its_new_validators()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        origin.Serve(
            "/feed", [.. new[] { "", ", updated", ", updated", ", updated again" }.Select(note => Reply.Feed(TestSite.Feed(origin.BaseUrl, 1, note)))]);
        origin.Serve(
            "/stories/1.html",
            Reply.Page(TestSite.Page(1)).ETag("\"v1\""),
            Reply.Page(TestSite.Page(1).Replace("Paragraph 2", "A wholly new second paragraph, no. 2,", StringComparison.Ordinal)).ETag("\"v2\""));
        await using var worker = new TestWorker(database.ConnectionString, Settings(origin.Url("/feed")));
        await worker.RunAsync();

        await AgainAsync(worker, TimeSpan.FromHours(2), 2);
        await AgainAsync(worker, TimeSpan.FromHours(2), 2);

        origin.RequestsOf("/stories/1.html").Select(static request => request.Header("If-None-Match")).ShouldBe([null, "\"v1\"", "\"v2\""]);
        (await worker.RowsAsync("select revision, body like '%wholly new second%' from ingest.articles")).ShouldBe(["2|True"]);
        (await worker.RowsAsync("select etag from ingest.page_validators")).ShouldBe(["\"v2\""]);
    }

    [Theory]
    [InlineData("update ingest.page_validators set read_at = read_at - interval '15 days'")]
    [InlineData("update ingest.articles set page_state = 'waiting'")]
    [InlineData("update ingest.page_validators set url = 'http://elsewhere.example/'")]
    [InlineData("delete from ingest.articles")]
    public async Task A_page_is_asked_as_a_whole_where_its_validators_are_old_or_of_another_page_or_its_text_is_not_stored(string change)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)), Reply.Feed(TestSite.Feed(origin.BaseUrl, 1, ", updated")));
        origin.Serve("/stories/1.html", Reply.Page(TestSite.Page(1)).ETag("\"v1\""));
        await using var worker = new TestWorker(database.ConnectionString, Settings(origin.Url("/feed")));
        await worker.RunAsync();
        await worker.RowsAsync(change);

        await AgainAsync(worker, TimeSpan.FromHours(2), 2);

        origin.RequestsOf("/stories/1.html").Select(static request => request.Header("If-None-Match")).ShouldBe([null, null]);
        (await worker.RowsAsync("select page_state from ingest.articles")).ShouldBe(["read"]);
    }

    [Fact]
    public async Task Validators_of_pages_are_bounded_and_forgotten_after_two_weeks()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 3)));
        origin.Serve("/stories/1.html", Reply.Page(TestSite.Page(1)).ETag("\"" + new string('x', 600) + "\""));
        origin.Serve("/stories/2.html", Reply.Page(TestSite.Page(2)).ETag("\"" + new string('x', 600) + "\"").LastModified("Tue, 24 Nov 2026 10:00:00 GMT"));
        origin.Serve("/stories/3.html", Reply.Page(TestSite.Page(3)));
        await using var worker = new TestWorker(database.ConnectionString, Settings(origin.Url("/feed")));
        await worker.RunAsync();
        (await worker.RowsAsync("select etag, last_modified from ingest.page_validators")).ShouldBe(["|Tue, 24 Nov 2026 10:00:00 GMT"]);

        var courtesies = worker.Get<CourtesyRetention>();
        (await courtesies.TrimAsync(worker.Clock.GetUtcNow().AddDays(13), Ct)).ShouldBe(0);
        (await courtesies.TrimAsync(worker.Clock.GetUtcNow().AddDays(15), Ct)).ShouldBe(1);
    }

    [Fact]
    public async Task Robots_is_asked_once_a_day_across_restarts_and_workers_and_then_conditionally()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(3);
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        origin.Serve("/robots.txt", Reply.Ok("User-agent: *\nDisallow: /stories/3").ETag("\"r1\""));
        origin.Serve("/feed", [.. Enumerable.Range(1, 3).Select(n => Reply.Feed(TestSite.Feed(origin.BaseUrl, n)))]);
        foreach (var hours in (int[])[0, 23, 49])
        {
            await using var worker = new TestWorker(database.ConnectionString, Settings(origin.Url("/feed")));
            worker.Clock.Shift = TimeSpan.FromHours(hours);
            await worker.RunAsync();
        }

        origin.RequestsOf("/robots.txt").Select(static request => request.Header("If-None-Match")).ShouldBe([null, "\"r1\""]);
        origin.RequestsOf("/stories/2.html").Count.ShouldBe(1);
        origin.RequestsOf("/stories/3.html").ShouldBeEmpty();
        await using var last = new TestWorker(database.ConnectionString, Settings(origin.Url("/feed")));
        (await last.RowsAsync("select status, outcome, conditional from ingest.fetches where kind = 'robots' order by id"))
            .ShouldBe(["200|fetched|False", "304|not_modified|True"]);
        (await last.RowsAsync("select state, failure, round(extract(epoch from use_until - checked_at)) from ingest.robots_files")).ShouldBe(["read||86400"]);
    }

    [Fact]
    public async Task A_stored_robots_binds_after_a_restart_while_the_server_fails()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(3);
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        origin.Serve("/robots.txt", Reply.Ok("User-agent: *\nDisallow: /stories/3").ETag("\"r1\""), Reply.Error(500));
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)), Reply.Feed(TestSite.Feed(origin.BaseUrl, 3)));
        foreach (var days in (int[])[0, 10, 10])
        {
            await using var worker = new TestWorker(database.ConnectionString, Settings(origin.Url("/feed")));
            worker.Clock.Shift = TimeSpan.FromDays(days);
            await worker.RunAsync();
        }

        origin.RequestsOf("/robots.txt").Count.ShouldBe(2);
        origin.RequestsOf("/stories/2.html").Count.ShouldBe(1);
        origin.RequestsOf("/stories/3.html").ShouldBeEmpty();
        await using var last = new TestWorker(database.ConnectionString, Settings(origin.Url("/feed")));
        (await last.RowsAsync("select state, failure is null, body is null, out_of_reach_since = checked_at from ingest.robots_files"))
            .ShouldBe(["read|False|False|True"]);
    }

    [Fact]
    public async Task A_site_whose_robots_was_never_answered_stays_closed_across_restarts_and_is_free_after_thirty_days()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(1);
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        origin.Serve("/robots.txt", Reply.Error(500)).Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        foreach (var days in (int[])[0, 20, 31])
        {
            origin.RequestsOf("/stories/1.html").ShouldBeEmpty();
            await using var worker = new TestWorker(database.ConnectionString, Settings(origin.Url("/feed")));
            worker.Clock.Shift = TimeSpan.FromDays(days);
            await worker.RunAsync();
        }

        origin.RequestsOf("/stories/1.html").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Copies_of_robots_are_bounded_in_size_and_age()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = new TestWorker(database.ConnectionString, new Dictionary<string, string>());
        await worker.RunAsync();
        var (files, now) = (worker.Get<RobotsFiles>(), worker.Clock.GetUtcNow());
        await files.SaveAsync(new RobotsFile("https://a.example", RobotsState.Read, now, now.AddDays(1)) { Body = new byte[RobotsFiles.MostBytes] }, Ct);
        await files.SaveAsync(new RobotsFile("https://b.example", RobotsState.Read, now, now.AddDays(1)) { Body = new byte[RobotsFiles.MostBytes + 1] }, Ct);
        await files.SaveAsync(new RobotsFile("https://a.example", RobotsState.None, now.AddMinutes(-1), now), Ct);
        (await worker.RowsAsync("select origin, state, octet_length(body) from ingest.robots_files")).ShouldBe(["https://a.example|read|131072"]);
        await worker.Get<CourtesyRetention>().TrimAsync(now.AddDays(59), Ct);
        (await files.LoadAsync("https://a.example", Ct)).ShouldNotBeNull();
        await worker.Get<CourtesyRetention>().TrimAsync(now.AddDays(61), Ct);
        (await files.LoadAsync("https://a.example", Ct)).ShouldBeNull();
    }

    private static Reply With(Reply reply, string? etag, string? modified)
    {
        var tagged = etag is null ? reply : reply.ETag(etag);
        return modified is null ? tagged : tagged.LastModified(modified);
    }

    // The feed shows what changed, and the page's time comes after a while.
    private static async Task AgainAsync(TestWorker worker, TimeSpan step, int times)
    {
        for (var i = 0; i < times; i++)
        {
            worker.Clock.Shift += step;
            await worker.RunAsync();
        }
    }

    private static Dictionary<string, string> Settings(Uri feed) => new()
    {
        ["Ingest:Sources:site:Url"] = feed.ToString(),
        ["Ingest:Sources:site:FullText"] = "Always",
    };
}
