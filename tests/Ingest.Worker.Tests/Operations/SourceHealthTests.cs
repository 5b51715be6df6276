using System.Globalization;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Origin;
using Ingest.Worker.Storage.Drift;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Tests.Ingestion;

namespace Ingest.Worker.Tests.Operations;

/// <summary>Sources that answer, and all the same are not well: what the database, the events, the metrics and the status page say of them.</summary>
public sealed class SourceHealthTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_that_falls_silent_is_told_of_everywhere_and_so_is_its_next_news()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(
            database.ConnectionString, ("Ingest:Sources:site:Url", origin.Url("/feed").ToString()), ("Ingest:Sources:site:FullText", "Never"));
        var now = DateTimeOffset.UtcNow;
        var hours = Enumerable.Range(1, 24 * 20).Select(hour => now.AddHours(-hour)).ToList();
        var later = Feed([now.AddDays(2).AddHours(1), .. hours]).ETag("\"2\"");
        origin.Serve("/feed", Feed(hours).ETag("\"1\""), Reply.NotModified(), Reply.NotModified(), later);
        await host.Worker.RunAsync();
        (await HealthAsync(host)).ShouldBe("healthy");
        (await host.Worker.RowsAsync(
            "select silent_from < last_success_at + interval '1 day', gaps_seen > 400, usual_gap between '50 min' and '70 min' from ingest.sources"))
            .ShouldBe(["True|True|True"]);

        foreach (var hour in (int[])[24, 26])
        {
            host.Worker.Clock.Shift = TimeSpan.FromHours(hour);
            await host.Worker.RunAsync();
        }

        (await HealthAsync(host)).ShouldBe("silent");
        (await host.Worker.RowsAsync("select kind from ingest.source_events")).ShouldBe(["silent"]);
        (await FactsAsync(host))["silent sources"].ShouldBe(1L);
        (await host.GetAsync("/")).Text.ShouldContain("<span class=\"bad\">silent</span>");
        (await host.GetAsync("/sources?health=silent")).Text.ShouldContain("/source?name=site");
        (await host.GetAsync("/source?name=site")).Text.ShouldContain("silent without news from");
        (await host.GetAsync("/metrics")).Text.ShouldContain("ingest_sources{health=\"silent\"} 1");

        host.Worker.Clock.Shift = TimeSpan.FromHours(50);
        await host.Worker.RunAsync();
        (await HealthAsync(host)).ShouldBe("healthy");
        (await host.Worker.RowsAsync("select kind, detail from ingest.source_events order by id"))[^1].ShouldBe("heard|news again after a silence of 51 h");
    }

    [Fact]
    public async Task A_source_that_has_not_answered_for_a_day_is_failing_and_then_recovers()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve(
            "/feed", Feed([DateTimeOffset.UtcNow]), Reply.Error(404), Reply.Error(404), Reply.Error(404), Feed([DateTimeOffset.UtcNow]));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = new TestWorker(database.ConnectionString, new Dictionary<string, string>
        {
            ["Ingest:Sources:site:Url"] = origin.Url("/feed").ToString(), ["Ingest:Sources:site:FullText"] = "Never",
        });
        foreach (var hour in (int[])[0, 20, 26, 30, 40])
        {
            worker.Clock.Shift = TimeSpan.FromHours(hour);
            await worker.RunAsync();
        }

        (await worker.RowsAsync("select kind from ingest.source_events order by id")).ShouldBe(["failing", "recovered"]);
        (await worker.RowsAsync("select detail from ingest.source_events order by id"))[0]
            .ShouldStartWith("it has not answered for a day: The server said 404");
    }

    [Fact]
    public async Task Articles_that_are_no_longer_what_they_were_are_told_of_with_what_has_changed()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(database.ConnectionString, ("Ingest:Sources:site:Url", "http://127.0.0.1:1/"));
        await host.Worker.Get<SourceSync>().RunAsync(Ct);
        await host.Worker.RowsAsync("update ingest.sources set last_polled_at = now(), last_success_at = now(), interval_ceiling = '1 hour'");
        await AddAsync(host, 1, "Before there was a look");
        await FollowAsync(host);
        await AddAsync(host, 40, "Text of its own");
        (await FollowAsync(host)).ShouldBe(0);
        (await HealthAsync(host)).ShouldBe("missing_entries");
        (await host.Worker.RowsAsync("select seen[1], usual_words > 100 from ingest.source_drift")).ShouldBe(["40|True"]);

        await AddAsync(host, 8, "Please accept cookies to read on. This text stands in the place of every article, and is long enough to be "
            + "the beginning of one of them, whatever its title says, so that nobody would take it for that of another.", isSame: true);
        (await FollowAsync(host)).ShouldBe(1);
        (await FollowAsync(host)).ShouldBe(0);

        (await HealthAsync(host)).ShouldBe("drifting");
        (await host.Worker.RowsAsync("select array_to_string(drifts, ' ') from ingest.source_health")).ShouldBe(["short repeated"]);
        (await host.Worker.RowsAsync("select kind, detail from ingest.source_events")).ShouldHaveSingleItem()
            .ShouldBe("drifting|its last articles are short (texts of less than a quarter of the usual words), "
                + "repeated (texts begin like those before: a template)");
        (await FactsAsync(host))["sources whose articles drift"].ShouldBe(1L);
        (await host.GetAsync("/")).Text.ShouldContain("<span class=\"bad\">drifting</span> short, repeated");
        (await host.GetAsync("/source?name=site")).Text.ShouldContain("<span class=\"bad\">short, repeated</span> since");

        await AddAsync(host, 15, "Text of its own again");
        (await FollowAsync(host)).ShouldBe(1);
        (await host.Worker.RowsAsync("select kind from ingest.source_events order by id")).ShouldBe(["drifting", "steady"]);
        (await HealthAsync(host)).ShouldBe("missing_entries");
    }

    [Fact]
    public async Task Pages_that_are_suddenly_none_of_articles_are_a_drift_and_a_log_that_was_restored_is_gone_on_with()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = new TestWorker(
            database.ConnectionString, new Dictionary<string, string> { ["Ingest:Sources:site:Url"] = "http://127.0.0.1:1/" });
        await worker.Get<SourceSync>().RunAsync(Ct);
        await worker.RowsAsync("""
            insert into ingest.fetches (id, source_id, url, kind, started_at, duration_ms, status, outcome, cause, bytes, attempts, conditional, entries_new,
              entries_changed, entries_known, entries_rejected, node)
            select gen_random_uuid(), s.id, 'http://127.0.0.1:1/' || i, 'page', now() + i * interval '1 s', 1, 200, 'fetched', case when i > 40 then 'Rejected' end,
              1, 1, false, 0, 0, 0, 0, 'n'
            from generate_series(1, 48) i, ingest.sources s;
            update ingest.fetches f set id = ('00000000-0000-7000-8000-' || lpad(to_hex(split_part(f.url, '1/', 2)::int), 12, '0'))::uuid;
            update ingest.drift_progress set cursor = 'ffffffff.1.1'
            """);

        (await worker.Get<DriftStore>().FollowAsync(worker.Clock.GetUtcNow().AddMinutes(10), Ct)).ShouldBe(0);
        (await worker.Get<DriftStore>().FollowAsync(worker.Clock.GetUtcNow().AddMinutes(10), Ct)).ShouldBe(1);
        (await worker.RowsAsync("select detail from ingest.source_events")).ShouldBe(["its last articles are rejected (pages are none of articles)"]);
    }

    private static Reply Feed(IReadOnlyList<DateTimeOffset> times)
    {
        var items = times.Select(static at => string.Create(
            CultureInfo.InvariantCulture,
            $"<item><title>News of {at:u}</title><link>https://news.example/{at.ToUnixTimeSeconds()}</link><pubDate>{at:R}</pubDate></item>"));
        return Reply.Feed($"""<rss version="2.0"><channel><title>News</title>{string.Concat(items)}</channel></rss>""");
    }

    private static async Task<string> HealthAsync(StatusHost host) => (await host.Worker.RowsAsync("select health from ingest.source_health"))[0];

    private static async Task<Dictionary<string, object?>> FactsAsync(StatusHost host) =>
        (await host.Worker.Get<StatusStore>().LoadAsync(host.Worker.Clock.GetUtcNow(), Ct)).ToDictionary(static fact => fact.Name, static fact => fact.Value);

    private static Task<IReadOnlyList<string>> AddAsync(StatusHost host, int count, string text, bool isSame = false) => host.Worker.RowsAsync($"""
        insert into ingest.articles (article_key, url, published_on, date_source, title, title_source, headline, description, body, body_source, authors,
          word_count, categories, live_blog, fingerprint, page_state, first_seen_at, updated_at, source_id)
        select gen_random_uuid(), 'https://news.example/' || gen_random_uuid(), '2026-01-02', 'feed', 'News', 'feed', 'News', '',
          {(isSame ? $"'{text}'" : $"i || ' {text}. ' || repeat('And so on. ', 60)")}, 'feed-content', '{"{}"}', {(isSame ? 30 : 184)}, '{"{}"}', false,
          gen_random_uuid(), 'none', now(), now(), (select id from ingest.sources)
        from generate_series(1, {count}) i
        """);

    private static async Task<int> FollowAsync(StatusHost host)
    {
        // Others' transactions on the same server hold up the changes for a moment.
        while ((await host.Worker.RowsAsync("select pg_snapshot_xmin(pg_current_snapshot()) > (select max(xid) from ingest.article_changes)"))[0] != "True")
            await Task.Delay(5, Ct);
        return await host.Worker.Get<DriftStore>().FollowAsync(host.Worker.Clock.GetUtcNow(), Ct);
    }
}
