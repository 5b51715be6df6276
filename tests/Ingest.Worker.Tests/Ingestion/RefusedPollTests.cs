using System.Globalization;
using Ingest.Worker.Origin;
using Ingest.Worker.Storage.Sources;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>What is stored of a publisher's wishes and of what its feed costs, and what comes of it.</summary>
public sealed class RefusedPollTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(404)]
    public async Task A_refusal_never_makes_the_next_poll_sooner_also_after_a_restart(int status)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/ttl", Feed(origin, "<ttl>90</ttl>"), Reply.Error(status)).Serve("/own", Feed(origin), Reply.Error(status));
        origin.Serve("/fresh", Feed(origin).Header("Cache-Control", "max-age=7200"), Reply.Error(status));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        var settings = new Dictionary<string, string>
        {
            ["Ingest:Sources:own:Interval"] = "03:00:00",
            ["Ingest:Polling:ShortestInterval"] = "00:00:10",
            ["Ingest:Fetching:MaxHostWait"] = "00:00:00",
        };
        foreach (var name in (string[])["ttl", "fresh", "own"])
        {
            settings[$"Ingest:Sources:{name}:Url"] = origin.Url("/" + name).ToString();
            settings[$"Ingest:Sources:{name}:FullText"] = "Never";
        }

        await using (var first = new TestWorker(database.ConnectionString, settings)) await first.RunAsync();

        foreach (var name in (string[])["ttl", "fresh", "own"])
        {
            // One at a time: the first that pushes back would keep the others from being asked.
            await using var second = new TestWorker(database.ConnectionString, settings);
            await second.RowsAsync("delete from ingest.host_holds");
            await second.RunAsync(name);
        }

        origin.Requests.Count.ShouldBe(6);
        await using var look = new TestWorker(database.ConnectionString, settings);
        (await look.RowsAsync("""
            select name, last_status, extract(epoch from next_poll_at - last_polled_at) >= case name when 'ttl' then 5400 when 'fresh' then 7200
              else 10800 end, fresh_for is not null
            from ingest.sources order by name
            """))
            .ShouldBe(((string[])["fresh", "own", "ttl"]).Select(
                name => string.Create(CultureInfo.InvariantCulture, $"{name}|{status}|True|{name == "fresh"}")));
    }

    [Fact]
    public async Task A_404_that_says_how_long_it_stays_is_believed()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Error(404).Header("Cache-Control", "max-age=90000"));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = new TestWorker(
            database.ConnectionString, new Dictionary<string, string> { ["Ingest:Sources:site:Url"] = origin.Url("/feed").ToString() });

        await worker.RunAsync();

        (await worker.RowsAsync("select next_poll_at >= last_polled_at + interval '24.9 hours', next_poll_reason like '%caching headers' from ingest.sources"))
            .ShouldBe(["True|True"]);
    }

    [Fact]
    public async Task What_a_feed_costs_for_each_piece_of_news_is_kept_and_shown()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve(
            "/feed",
            Feed(origin, new string(' ', 300_000)),
            Feed(origin, new string(' ', 300_001)),
            Feed(origin, new string(' ', 300_002)),
            Feed(origin, new string(' ', 300_003)));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = new TestWorker(
            database.ConnectionString, new Dictionary<string, string> { ["Ingest:Sources:site:Url"] = origin.Url("/feed").ToString() });

        (await worker.Get<SourceControl>().ListAsync(count: false, Ct)).ShouldBeEmpty();
        for (var polls = 0; polls < 4; polls++) await worker.RunAsync();

        (await worker.RowsAsync("select vain_bodies, body_news > 0.8, body_bytes > 1000000 from ingest.sources")).ShouldBe(["3|True|True"]);
        (await worker.Get<SourceControl>().ListAsync(count: false, Ct)).ShouldHaveSingleItem().BytesPerNews!.Value.ShouldBeInRange(1_000_000, 1_300_000);
        (await worker.RowsAsync("select next_poll_reason from ingest.sources"))
            .ShouldHaveSingleItem().ShouldContain("which does not say when nothing has changed, spends ");
    }

    private static Reply Feed(ScriptedOrigin origin, string channel = "") =>
        Reply.Feed($"""
            <rss version="2.0"><channel><title>A</title><link>{origin.BaseUrl}</link>{channel}
            <item><title>One</title><guid isPermaLink="false">g1</guid><description>What happened.</description><link>{origin.Url("/1")}</link>
            <pubDate>{DateTimeOffset.UtcNow.AddDays(-1):R}</pubDate></item></channel></rss>
            """);
}
