using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion;

public sealed class StandingTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_permanent_redirect_that_lasts_moves_the_source_and_its_validators_stay_with_their_URL()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/old", Reply.Redirect(301, "/new")).Serve("/new", Feed(origin, 1).ETag("\"n\""));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin.Url("/old")));
        foreach (var hours in new[] { 0, 10, 20, 30 }) await RunAtAsync(worker, TimeSpan.FromHours(hours));
        origin.RequestsOf("/old").Count.ShouldBe(4);

        await RunAtAsync(worker, TimeSpan.FromHours(40));

        origin.RequestsOf("/old").Count.ShouldBe(4);
        origin.RequestsOf("/new")[^1].Header("If-None-Match").ShouldBe("\"n\"");
        (await worker.RowsAsync("select url, configured_url, moved_to from ingest.sources")).ShouldBe([$"{origin.Url("/new")}|{origin.Url("/old")}|"]);
        (await worker.RowsAsync("select kind, detail from ingest.source_events"))
            .ShouldHaveSingleItem().ShouldStartWith($"moved|from {origin.Url("/old")} to {origin.Url("/new")}");
        (await worker.RowsAsync("select redirects from ingest.fetches where redirects is not null limit 1")).Count.ShouldBe(1);
        (await worker.RowsAsync("select distinct redirects[1] from ingest.fetches where redirects is not null")).ShouldBe([$"301 {origin.Url("/new")}"]);
    }

    [Theory]
    [InlineData(302, "/new")]
    [InlineData(307, "/new")]
    [InlineData(301, "/page")]
    public async Task Temporary_redirects_and_those_to_a_page_move_nothing(int status, string to)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/old", Reply.Redirect(status, to)).Serve("/new", Feed(origin, 1));
        origin.Serve("/page", Reply.Page(
            "<html><head><title>News</title><link rel=alternate type='application/rss+xml' href='/new'></head><body>Our news has a new place.</body></html>"));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin.Url("/old")));
        foreach (var hours in new[] { 0, 30, 60, 90 }) await RunAtAsync(worker, TimeSpan.FromHours(hours));

        (await worker.RowsAsync("select url from ingest.sources where parent_id is null")).ShouldBe([origin.Url("/old").ToString()]);
        (await worker.RowsAsync("select kind from ingest.source_events where kind = 'moved'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_says_304_for_ever_is_found_by_the_weekly_check_and_a_test()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Feed(origin, 1).ETag("\"1\"") with { AlwaysNotModified = true });
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin.Url("/feed")));
        await worker.RunAsync();
        origin.Serve("/feed", Feed(origin, 2).ETag("\"2\"") with { AlwaysNotModified = true });
        foreach (var days in new[] { 1, 5, 8, 9, 10 }) await RunAtAsync(worker, TimeSpan.FromDays(days));

        origin.RequestsOf("/feed").Select(static request => request.Header("If-None-Match")).ShouldBe([null, "\"1\"", "\"1\"", null, "\"1\"", null]);
        (await worker.RowsAsync("select kind from ingest.source_events order by id")).ShouldBe(["validators_doubted", "validators_distrusted"]);
        (await worker.RowsAsync("select count(*) from ingest.articles")).ShouldBe(["2"]);
        (await worker.RowsAsync("select validator_trust from ingest.sources")).ShouldBe(["distrusted"]);
    }

    [Fact]
    public async Task An_honest_server_that_had_news_at_the_check_is_believed_again()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Feed(origin, 1).ETag("\"1\""));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin.Url("/feed")));
        await worker.RunAsync();
        origin.Serve("/feed", Feed(origin, 2).ETag("\"2\""));
        foreach (var days in new[] { 8, 9, 10 }) await RunAtAsync(worker, TimeSpan.FromDays(days));

        origin.RequestsOf("/feed").Select(static request => request.Header("If-None-Match")).ShouldBe([null, null, "\"1\"", "\"2\""]);
        (await worker.RowsAsync("select kind from ingest.source_events order by id")).ShouldBe(["validators_doubted", "validators_trusted"]);
    }

    [Fact]
    public async Task A_source_may_be_spared_the_weekly_check()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Feed(origin, 1).ETag("\"1\""));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Source(origin.Url("/feed"));
        settings["Ingest:Sources:site:UnconditionalCheck"] = "false";
        await using var worker = new TestWorker(database.ConnectionString, settings);
        foreach (var days in new[] { 0, 8, 30 }) await RunAtAsync(worker, TimeSpan.FromDays(days));

        origin.RequestsOf("/feed").Select(static request => request.Header("If-None-Match")).ShouldBe([null, "\"1\"", "\"1\""]);
    }

    [Fact]
    public async Task A_source_that_is_gone_is_kept_and_asked_after_a_month_whether_it_is_back()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Feed(origin, 1), Reply.Error(410), Reply.Error(404), Feed(origin, 2));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin.Url("/feed")));
        foreach (var days in new[] { 0, 2, 20 })
        {
            worker.Clock.Shift = TimeSpan.FromDays(days);
            await worker.VisitDueAsync();
        }

        origin.Requests.Count.ShouldBe(2);
        (await worker.RowsAsync("select state, next_poll_reason from ingest.sources"))
            .ShouldBe(["gone|gone, asked once in 30 days whether it is back: the publisher says that it is gone"]);
        foreach (var days in new[] { 36, 70 })
        {
            worker.Clock.Shift = TimeSpan.FromDays(days);
            await worker.VisitDueAsync();
        }

        origin.Requests.Count.ShouldBe(4);
        (await worker.RowsAsync("select state from ingest.sources")).ShouldBe(["active"]);
        (await worker.RowsAsync("select kind from ingest.source_events order by id")).ShouldBe(["gone", "returned"]);
    }

    [Fact]
    public async Task Quarantine_and_recovery_are_events()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", [.. Enumerable.Repeat(Reply.Error(404), 11), Feed(origin, 1)]);
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin.Url("/feed")));
        for (var run = 0; run < 11; run++) await worker.RunAsync();
        (await worker.RowsAsync("select next_poll_at - last_polled_at between interval '7 days' and interval '8 days', failure_weight from ingest.sources"))
            .ShouldBe(["True|11"]);

        await worker.RunAsync();

        (await worker.RowsAsync("select kind from ingest.source_events order by id")).ShouldBe(["quarantined", "recovered"]);
        (await worker.RowsAsync("select failure_weight, last_error is null from ingest.sources")).ShouldBe(["0|True"]);
    }

    private static Task RunAtAsync(TestWorker worker, TimeSpan shift)
    {
        worker.Clock.Shift = shift;
        return worker.RunAsync();
    }

    private static Reply Feed(ScriptedOrigin origin, int articles) => Reply.Feed(TestSite.Feed(origin.BaseUrl, articles));

    private static Dictionary<string, string> Source(Uri url) =>
        new(StringComparer.Ordinal) { ["Ingest:Sources:site:Url"] = url.ToString(), ["Ingest:Sources:site:FullText"] = "Never" };
}
