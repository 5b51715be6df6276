using System.Globalization;
using Ingest.Worker.Origin;
using Ingest.Worker.Storage.Hosts;
using Ingest.Worker.Tests.Fetching;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Sites that ask to be left alone are, across workers and restarts, until they are released.</summary>
public sealed class HoldTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_host_that_asks_to_be_left_alone_is_left_alone_across_a_restart_its_pages_too(int status)
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(1);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1))).Serve(
            "/busy", Reply.Error(status).RetryAfter(3600), Reply.Feed(TestSite.Feed(origin.BaseUrl, 0)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = MannersTests.Sources(("busy", origin.Url("/busy")));
        await using (var first = new TestWorker(database.ConnectionString, settings)) await first.RunAsync();
        origin.ForgetRequests();

        settings["Ingest:Sources:site:Url"] = origin.Url("/feed").ToString();
        settings["Ingest:Sources:site:FullText"] = "Always";
        await using var second = new TestWorker(database.ConnectionString, settings);
        await second.RunAsync();
        origin.Requests.ShouldBeEmpty();
        (await second.RowsAsync("select status, not_before > set_at + interval '59 minutes' from ingest.host_holds"))
            .ShouldBe([$"{status.ToString(CultureInfo.InvariantCulture)}|True"]);
        (await second.RowsAsync("select next_poll_reason from ingest.sources where name = 'site'")).ShouldHaveSingleItem().ShouldStartWith("not asked yet");

        await using var third = new TestWorker(database.ConnectionString, settings);
        third.Clock.Shift = TimeSpan.FromMinutes(61);
        await third.RunAsync();
        origin.RequestsOf("/stories/1.html").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hold_binds_the_whole_site_across_workers_and_is_released_in_those_that_run()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(1);
        var port = origin.BaseUrl.Port.ToString(CultureInfo.InvariantCulture);
        origin.Serve(
            "/busy",
            Reply.Error(429).RetryAfter(3600),
            Reply.Feed(TestSite.Feed(origin.BaseUrl, 0))).Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 0)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = MannersTests.Sources(("busy", new Uri($"http://a.example.org:{port}/busy")));
        await using (var first = new TestWorker(database.ConnectionString, settings, Door.ToLoopback)) await first.RunAsync();

        foreach (var name in (string[])["b", "c"]) settings[$"Ingest:Sources:{name}:Url"] = $"http://{name}.example.org:{port}/feed";
        settings["Ingest:Sources:stranger:Url"] = $"http://example.com:{port}/feed";
        origin.ForgetRequests();
        await using var second = new TestWorker(database.ConnectionString, settings, Door.ToLoopback);
        await second.RunAsync();
        origin.Requests.ShouldHaveSingleItem().Host.ShouldStartWith("example.com");
        (await second.RowsAsync("select host from ingest.host_holds")).ShouldBe(["example.org"]);

        origin.ForgetRequests();
        var hosts = second.Get<HostControl>();
        var now = second.Clock.GetUtcNow();
        (await hosts.ListAsync(now, TestContext.Current.CancellationToken))
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(hold => hold.Host.ShouldBe("example.org"), hold => hold.Status.ShouldBe(429));
        (await hosts.ReleaseAsync(new Uri("https://c.example.org/"), now, TestContext.Current.CancellationToken)).Count.ShouldBe(1);
        (await hosts.ReleaseAsync(new Uri("https://c.example.org/"), now, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        await second.VisitDueAsync();
        origin.Requests.Select(static request => request.Host.Split('.')[0]).Order().ShouldBe(["a", "b", "c"]);
        (await second.RowsAsync("select count(*) from ingest.sources where failure_weight > 0.25")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task A_hold_that_was_kept_by_host_still_binds_and_is_released_with_its_site()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        var port = origin.BaseUrl.Port.ToString(CultureInfo.InvariantCulture);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 0)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(
            database.ConnectionString, MannersTests.Sources(("a", new Uri($"http://a.example.org:{port}/feed"))), Door.ToLoopback);
        await worker.RowsAsync(
            "insert into ingest.host_holds (host, not_before, status, set_at) "
                + $"values ('a.example.org:{port}', now() + interval '1 hour', 503, now() - interval '1 minute')");

        await worker.RunAsync();
        origin.Requests.ShouldBeEmpty();
        (await worker.Get<HostControl>().ReleaseAsync(new Uri("http://example.org/"), worker.Clock.GetUtcNow(), TestContext.Current.CancellationToken))
            .ShouldHaveSingleItem().Host.ShouldBe($"a.example.org:{port}");
        await worker.VisitDueAsync();
        origin.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_pause_after_refusals_grows_across_restarts_until_the_site_answers()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        var refused = Reply.Error(429);
        origin.Serve("/feed", refused, refused, refused, Reply.Feed(TestSite.Feed(origin.BaseUrl, 0)), refused);
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var pauses = new List<string>();
        for (var visit = 0; visit < 5; visit++)
        {
            await using var worker = new TestWorker(database.ConnectionString, MannersTests.Sources(("busy", origin.Url("/feed"))));
            worker.Clock.Shift = TimeSpan.FromDays(2 * visit);
            await worker.VisitDueAsync();
            pauses.AddRange(await worker.RowsAsync(
                "select round(extract(epoch from not_before - set_at) / 60)::text || ' ' || coalesce(round(extract(epoch from pause) / 60)::text, 'none') "
                    + "from ingest.host_holds"));
        }

        origin.RequestsOf("/feed").Count.ShouldBe(5);
        pauses.ShouldBe(["1 1", "2 2", "4 4", "4 none", "1 1"]);
    }

    [Fact]
    public async Task A_hold_that_is_released_by_hand_begins_anew_with_a_short_pause()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Error(429));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, MannersTests.Sources(("busy", origin.Url("/feed"))));
        await worker.VisitDueAsync();
        worker.Clock.Shift = TimeSpan.FromDays(2);
        await worker.VisitDueAsync();
        (await worker.Get<HostControl>().ReleaseAsync(origin.Url("/"), worker.Clock.GetUtcNow(), TestContext.Current.CancellationToken)).Count.ShouldBe(1);

        await worker.VisitDueAsync();

        (await worker.RowsAsync("select round(extract(epoch from pause)) from ingest.host_holds")).ShouldBe(["60"]);
        origin.RequestsOf("/feed").Count.ShouldBe(3);
    }
}
