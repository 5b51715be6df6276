using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>What takes too long to read is refused, and the ledger says so.</summary>
public sealed class ReadingTests(PostgresFixture postgres)
{
    private const string TooLong = "took more than 0.1 s of processor time to read";

    [Fact]
    public async Task A_feed_and_a_page_that_take_too_long_are_refused_in_words()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        origin.Serve("/stories/1.html", Reply.Page(
            TestSite.Page(1).Replace("</article>", CostlyDocuments.Of("<p>Words of a story. </p>", 7_000_000), StringComparison.Ordinal)));
        origin.Serve("/long", Reply.Feed(
            $"<rss><channel><title>a & b</title>{CostlyDocuments.Of("<item><title>x</title><link>http://a.example/</link></item>", 12_000_000)}"));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, new Dictionary<string, string>
        {
            ["Ingest:Sources:site:Url"] = origin.Url("/feed").ToString(),
            ["Ingest:Sources:long:Url"] = origin.Url("/long").ToString(),
            ["Ingest:Reading:MaxTime"] = "00:00:00.100",
        });

        await worker.RunAsync();

        (await worker.RowsAsync("select kind, cause, failure from ingest.fetches where failure is not null order by kind"))
            .ShouldBe([$"feed|Unreadable|{TooLong}", $"page|Rejected|the page {TooLong}"]);
        (await worker.RowsAsync("select title, page_state from ingest.articles")).ShouldBe(["Story 1 of the day|rejected"]);
    }
}
