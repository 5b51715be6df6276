using System.Net;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion;

public sealed class MannersTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Headers_and_credentials_go_to_the_configured_host_alone_and_are_kept_nowhere()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(1);
        await using var other = (await ScriptedOrigin.StartAsync([IPAddress.Parse("127.0.0.2")], port: 0)).ServePages(1);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        origin.Serve("/elsewhere", Reply.Redirect(302, other.Url("/feed").ToString()));
        other.Serve("/feed", Reply.Feed(TestSite.Feed(other.BaseUrl, 1)));
        Environment.SetEnvironmentVariable("INGEST_TEST_PASSWORD", "s3cret");
        Environment.SetEnvironmentVariable("INGEST_TEST_KEY", "k3y");
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Sources(("site", origin.Url("/feed")), ("elsewhere", origin.Url("/elsewhere")));
        foreach (var name in (string[])["site", "elsewhere"])
        {
            settings[$"Ingest:Sources:{name}:FullText"] = "Always";
            settings[$"Ingest:Sources:{name}:Credential:User"] = "me";
            settings[$"Ingest:Sources:{name}:Credential:Password"] = "env:INGEST_TEST_PASSWORD";
            settings[$"Ingest:Sources:{name}:Headers:X-Api-Key"] = "env:INGEST_TEST_KEY";
        }

        await using var worker = new TestWorker(database.ConnectionString, settings);
        await worker.RunAsync();

        var asked = origin.Requests.Where(static request => request.Path != "/robots.txt").ToList();
        asked.Select(static request => request.Path).Order().ShouldBe(["/elsewhere", "/feed", "/stories/1.html"]);
        asked.ShouldAllBe(static request => request.Header("Authorization") == "Basic bWU6czNjcmV0" && request.Header("X-Api-Key") == "k3y");
        other.Requests.Count.ShouldBe(3);
        other.Requests.ShouldAllBe(static request => request.Header("Authorization") == null && request.Header("X-Api-Key") == null);
        (await worker.RowsAsync(
            "select count(*) from (select s::text t from ingest.sources s union all select f::text from ingest.fetches f) x "
                + "where t ~ 's3cret|k3y|INGEST_TEST|Authorization'"))
            .ShouldBe(["0"]);
    }

    [Fact]
    public async Task A_proxy_that_is_down_costs_sources_and_pages_nothing()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(2);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 2)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Sources(("site", origin.Url("/feed")));
        settings["Ingest:Sources:site:FullText"] = "Always";
        await using (var good = new TestWorker(database.ConnectionString, settings)) await good.VisitDueAsync();
        settings["Ingest:Fetching:Proxy"] = "http://127.0.0.1:9";
        await using var worker = new TestWorker(database.ConnectionString, settings);
        worker.Clock.Shift = TimeSpan.FromDays(1);

        (await worker.RunAsync()).Visits.ShouldHaveSingleItem().Failure.ShouldNotBeNull().ShouldContain("The proxy 127.0.0.1:9 cannot be reached");

        (await worker.RowsAsync("select failure_weight, last_error, last_status, state from ingest.sources")).ShouldBe(["0||200|active"]);
        (await worker.RowsAsync("select state, attempts, next_attempt_at > now() from ingest.page_queue")).ShouldBe(["waiting|0|True", "waiting|0|True"]);
        (await worker.RowsAsync("select distinct cause from ingest.fetches where outcome = 'failed'")).ShouldBe(["ProxyFailed"]);
        (await worker.RowsAsync("select next_poll_reason from ingest.sources")).ShouldHaveSingleItem().ShouldStartWith("not asked yet: The proxy");
    }

    [Fact]
    public async Task Opt_outs_are_recorded_and_end_the_fetch_where_they_are_respected()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(2);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 2)).Header("X-Robots-Tag", "noindex, noarchive"));
        origin.Serve("/.well-known/tdmrep.json", Reply.Ok(
            """[{ "location": "/stories/1*", "tdm-reservation": 1, "tdm-policy": "https://example.com/licence" }]""", "application/json"));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Sources(("site", origin.Url("/feed")));
        settings["Ingest:Sources:site:FullText"] = "Always";
        settings["Ingest:Fetching:TdmFiles"] = "true";
        await using (var recording = new TestWorker(database.ConnectionString, settings))
        {
            await recording.RunAsync();
            (await recording.RowsAsync("select kind, array_to_string(opt_outs, ' '), tdm_policy from ingest.fetches where opt_outs is not null order by kind"))
                .ShouldBe(["feed|noindex noarchive|", "page|tdm-reserved|https://example.com/licence"]);
            (await recording.RowsAsync("select count(*) from ingest.fetches where kind = 'tdm'")).ShouldBe(["1"]);
        }

        await using var again = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        settings["Ingest:Fetching:RespectedOptOuts"] = "TdmReserved";
        await using var respecting = new TestWorker(again.ConnectionString, settings);
        origin.ForgetRequests();
        await respecting.RunAsync();
        origin.RequestsOf("/stories/1.html").ShouldBeEmpty();
        origin.RequestsOf("/stories/2.html").Count.ShouldBe(1);
        (await respecting.RowsAsync("select cause from ingest.fetches where kind = 'page' and outcome = 'failed'")).ShouldBe(["OptedOut"]);
    }

    internal static Dictionary<string, string> Sources(params (string Name, Uri Url)[] sources)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, url) in sources)
        {
            settings[$"Ingest:Sources:{name}:Url"] = url.ToString();
            settings[$"Ingest:Sources:{name}:FullText"] = "Never";
        }

        return settings;
    }
}
