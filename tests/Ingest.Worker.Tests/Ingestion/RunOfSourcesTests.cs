using System.Net;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Origin;
using static Ingest.Worker.Tests.Ingestion.RunTests;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Runs over several sources.</summary>
public sealed class RunOfSourcesTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Silent_sources_hold_up_no_other_in_a_run()
    {
        await using var origin = await ScriptedOrigin.StartAsync([IPAddress.Any], 0);
        origin.ServeBelow("/silent/", static _ => Reply.Feed("<rss/>").After(TimeSpan.FromMinutes(5)));
        origin.Serve("/quick", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Source("a-quick", new Uri(FormattableString.Invariant($"http://127.0.0.3:{origin.BaseUrl.Port}/quick")));
        for (var n = 1; n <= 20; n++)
            settings[FormattableString.Invariant($"Ingest:Sources:silent-{n}:Url")] = FormattableString.Invariant(
                $"http://127.0.1.{n}:{origin.BaseUrl.Port}/silent/{n}");
        await using var worker = new TestWorker(database.ConnectionString, settings);
        await worker.Get<SourceSync>().RunAsync(TestContext.Current.CancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(TimeSpan.FromMinutes(2));

        var running = worker.Get<RunOnce>().RunAsync([], 1, end.Token, end.Token);
        while ((await worker.RowsAsync("select 1 from ingest.articles")).Count == 0 && !end.IsCancellationRequested)
            await Task.Delay(50, TestContext.Current.CancellationToken);

        end.IsCancellationRequested.ShouldBeFalse();
        running.IsCompleted.ShouldBeFalse();
        await end.CancelAsync();
        (await running).Visits.Select(static visit => visit.Source.Name).ShouldBe(["a-quick"]);
    }

    [Fact]
    public async Task Sources_that_fail_do_not_cost_the_others_and_say_why()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(3);
        origin.Serve("/feed", Reply.Redirect(302, "/moved"));
        origin.Serve("/moved", Reply.Feed(TestSite.Feed(origin.BaseUrl, 3)).Coded("br"));
        // Another host: a 503 makes the worker leave the whole host in peace for a while.
        await using var failing = await ScriptedOrigin.StartAsync([IPAddress.Parse("127.0.0.2")], port: 0);
        origin.Serve("/prose", Reply.Ok("This is no feed."));
        origin.Serve("/gone", Reply.Error(410));
        failing.Serve("/down", Reply.Error(503));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Source("good", origin.Url("/feed"));
        settings["Ingest:Sources:down:Url"] = failing.Url("/down").ToString();
        foreach (var name in (string[])["prose", "gone"]) settings[$"Ingest:Sources:{name}:Url"] = origin.Url("/" + name).ToString();
        settings["Ingest:Sources:private:Url"] = "http://10.0.0.1/feed";
        settings["Ingest:Sources:unreadable:Url"] = "ftp://example.org/feed";
        await using var worker = new TestWorker(database.ConnectionString, settings);

        var summary = await worker.RunAsync();

        summary.Visits.Select(visit => visit.Source.Name).ShouldBe(["down", "gone", "good", "private", "prose"]);
        summary.Visits.Where(visit => visit.Failure is null).ShouldHaveSingleItem().Source.Name.ShouldBe("good");
        (await worker.RowsAsync("select name, state, last_status, failure_weight, last_error is null from ingest.sources order by name")).ShouldBe(
            ["down|active|503|0.5|False", "gone|gone|410|0|False", "good|active|200|0|True", "private|active|0|1|False", "prose|active|200|0.5|False"]);
        (await worker.RowsAsync("select count(*) from ingest.articles where body <> ''")).ShouldBe(["3"]);
        (await worker.RowsAsync("select kind, outcome, count(*) from ingest.fetches group by 1, 2 order by 1, 2"))
            .ShouldBe(["feed|failed|3", "feed|fetched|2", "page|fetched|3", "robots|fetched|1"]);
    }

    [Fact]
    public async Task One_article_in_two_feeds_is_stored_once_and_sighted_twice()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(3);
        origin.Serve("/a", Reply.Feed(TestSite.Feed(origin.BaseUrl, 3)));
        origin.Serve("/b", Reply.Feed(
            TestSite.Feed(origin.BaseUrl, 3).Replace("story-", "other-", StringComparison.Ordinal).Replace(
                ".html</link>", ".html?utm_source=rss</link>", StringComparison.Ordinal)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Source("a", origin.Url("/a"));
        settings["Ingest:Sources:b:Url"] = origin.Url("/b").ToString();
        await using var worker = new TestWorker(database.ConnectionString, settings);

        await worker.RunAsync();

        (await worker.RowsAsync("select count(*) from ingest.articles")).ShouldBe(["3"]);
        (await worker.RowsAsync("select count(*), count(distinct source_id), count(distinct article_key) from ingest.article_sightings")).ShouldBe(["6|2|3"]);
        origin.Requests.Count(request => request.Path.StartsWith("/stories/", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task A_sitemap_index_leads_to_its_sitemaps_and_their_pages()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(2);
        var now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        origin.Serve("/index.xml", Reply.Ok(
            $"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{origin.BaseUrl}news.xml</loc><lastmod>{now}</lastmod></sitemap></sitemapindex>""",
            "application/xml"));
        origin.Serve("/news.xml", Reply.Ok($"""
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{origin.BaseUrl}stories/1.html</loc><lastmod>{now}</lastmod></url>
            <url><loc>{origin.BaseUrl}stories/2.html</loc><lastmod>1999-01-01</lastmod></url></urlset>
            """, "application/xml"));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source("map", origin.Url("/index.xml")));

        await worker.RunAsync();

        (await worker.RowsAsync("select title, page_state from ingest.articles")).ShouldBe(["Story 1 of the day|read"]);
        (await worker.RowsAsync("select count(*), max(depth) from ingest.sources")).ShouldBe(["2|1"]);
    }
}
