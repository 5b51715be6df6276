using Ingest.Worker.Ingestion;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Origin;
using Ingest.Worker.Storage.Sources;
using Npgsql;
using static Ingest.Worker.Tests.Ingestion.RevisionTests;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>What visits cost the database, in what does not depend on the machine.</summary>
public sealed class VisitCostTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_visit_of_many_entries_takes_as_many_statements_as_one_of_a_few()
    {
        var few = await StatementsAsync(5);
        var many = await StatementsAsync(250);

        few.First.ShouldBeGreaterThan(0);
        many.First.ShouldBe(few.First);
        many.Again.ShouldBe(few.Again);
        many.Again.ShouldBeLessThanOrEqualTo(many.First);
    }

    [Fact]
    public async Task A_visit_says_little_to_the_database_and_resets_no_session()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var tap = new StatementTap(database.ConnectionString);
        await using var worker = new TestWorker(tap.ConnectionString, Source(origin, "Never"));
        var feed = TestSite.Feed(origin.BaseUrl, 20);
        origin.Serve(
            "/feed",
            Reply.Feed(feed).ETag("\"a\""),
            Reply.NotModified(),
            Reply.Feed(feed + "<!-- built again -->"),
            Reply.Feed(TestSite.Feed(origin.BaseUrl, 21)));
        await worker.Get<SourceSync>().RunAsync(Ct);

        // With what begins and ends the transaction: news, nothing new (304), a body that has been seen, and news again.
        foreach (var most in (int[])[6, 3, 4, 6])
        {
            // An event, as the silence of a feed whose last news is old, is one more: there are few.
            var said = (await VisitAsync()).Where(static text => !text.Contains("into ingest.source_events", StringComparison.Ordinal)).ToList();
            said.Count.ShouldBeLessThanOrEqualTo(most, string.Join('\n', said));
        }

        async Task<IReadOnlyList<string>> VisitAsync()
        {
            var source = (await worker.Get<SourceStore>().LoadActiveAsync([], Ct)).Single();
            return await tap.HearAsync(() => worker.Get<VisitRounds>().VisitAsync(source, Ct));
        }
    }

    // Of the first visit, where all is new, and of one after it, where all is known.
    private async Task<(int First, int Again)> StatementsAsync(int entries)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin, "Never"));
        var feed = TestSite.Feed(origin.BaseUrl, entries);
        origin.Serve("/feed", Reply.Feed(feed), Reply.Feed(feed + "<!-- built again -->"));
        return (await CountAsync(), await CountAsync());

        async Task<int> CountAsync()
        {
            using var listener = new StatementListener(new NpgsqlConnectionStringBuilder(database.ConnectionString).Database);
            await worker.RunAsync();
            return listener.Statements.Count(static text => text.Contains("article", StringComparison.Ordinal));
        }
    }
}
