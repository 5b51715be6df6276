using System.Globalization;
using System.Net;
using Ingest.Worker.Origin;
using Ingest.Worker.Storage;
using Ingest.Worker.Tests.Fetching;

namespace Ingest.Worker.Tests.Ingestion;

public sealed class MannersTests(PostgresFixture postgres)
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
        var settings = Sources(("busy", origin.Url("/busy")));
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
    public async Task A_hold_binds_the_whole_site_across_workers_and_is_released_in_those_that_run()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(1);
        var port = origin.BaseUrl.Port.ToString(CultureInfo.InvariantCulture);
        origin.Serve(
            "/busy",
            Reply.Error(429).RetryAfter(3600),
            Reply.Feed(TestSite.Feed(origin.BaseUrl, 0))).Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 0)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Sources(("busy", new Uri($"http://a.example.org:{port}/busy")));
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
        await using var worker = new TestWorker(database.ConnectionString, Sources(("a", new Uri($"http://a.example.org:{port}/feed"))), Door.ToLoopback);
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
            await using var worker = new TestWorker(database.ConnectionString, Sources(("busy", origin.Url("/feed"))));
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
        await using var worker = new TestWorker(database.ConnectionString, Sources(("busy", origin.Url("/feed"))));
        await worker.VisitDueAsync();
        worker.Clock.Shift = TimeSpan.FromDays(2);
        await worker.VisitDueAsync();
        (await worker.Get<HostControl>().ReleaseAsync(origin.Url("/"), worker.Clock.GetUtcNow(), TestContext.Current.CancellationToken)).Count.ShouldBe(1);

        await worker.VisitDueAsync();

        (await worker.RowsAsync("select round(extract(epoch from pause)) from ingest.host_holds")).ShouldBe(["60"]);
        origin.RequestsOf("/feed").Count.ShouldBe(3);
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
    public async Task Missed_entries_are_fetched_from_the_older_documents_that_the_feed_links()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(Numbered(origin, 1, 3)), Reply.Feed(Numbered(origin, 10, 12, "/older-2")));
        origin.Serve("/older-2", Reply.Feed(
            Numbered(origin, 6, 9, "/older-1"))).Serve("/older-1", Reply.Feed(
                Numbered(origin, 2, 5, "/older-0"))).Serve("/older-0", Reply.Feed(Numbered(origin, 1, 1)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Sources(("site", origin.Url("/feed"))));
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
        await using var worker = new TestWorker(database.ConnectionString, Sources(("site", origin.Url("/feed"))));
        await worker.RunAsync();

        await worker.RunAsync();

        (await worker.RowsAsync("select url from ingest.articles where url like '%/sports/%'")).ShouldBeEmpty();
        (await worker.RowsAsync("select count(*) from ingest.article_sightings")).ShouldBe(["9"]);
        (await worker.RowsAsync("select kind from ingest.fetches where kind <> 'feed' order by 1")).ShouldBe(["archive", "archive", "robots"]);
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

    private static DateTimeOffset Time(int n) => DateTimeOffset.UtcNow.AddHours(-10).AddMinutes(n * 30);

    private static string Numbered(ScriptedOrigin origin, int from, int to, string? older = null) => $"""
        <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Numbers</title>{(older is null ? "" : $"<atom:link rel='prev-archive' href='{origin.Url(older)}'/>")}
        {string.Concat(Enumerable.Range(from, to - from + 1).Reverse().Select(n => $"<item><title>Story {n}</title><link>{origin.BaseUrl}stories/{n}.html</link><pubDate>{Time(n):R}</pubDate><description>What happened.</description></item>"))}
        </channel></rss>
        """;

    private static Dictionary<string, string> Sources(params (string Name, Uri Url)[] sources)
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
