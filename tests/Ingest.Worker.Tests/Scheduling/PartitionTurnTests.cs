using System.Net;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Ingestion.Visits;
using Ingest.Worker.Origin;
using Ingest.Worker.Scheduling;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Tests.Ingestion;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ingest.Worker.Tests.Scheduling;

public sealed class PartitionTurnTests(PostgresFixture postgres)
{
    private static readonly short[] AllSlots = HostSlot.OfPartition(0, 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(60)]
    [InlineData(1)]
    public async Task While_a_slow_host_answers_the_others_are_visited_again_also_when_the_turn_is_over(double turnSeconds)
    {
        await using var origin = await OriginAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = Worker(database, origin);
        await worker.Get<SourceSync>().RunAsync(Ct);
        using var slow = new CancellationTokenSource();
        var turn = Turn(worker, TimeSpan.FromSeconds(turnSeconds));

        var taking = TakeTurnsAsync(turn, slow.Token);
        await UntilAsync(() => origin.RequestsOf("/quick").Count == 1 && origin.RequestsOf("/slow").Count == 1);
        await UntilAsync(() => worker.Get<ArticleStore>().SaveLag == TimeSpan.Zero);
        await UntilAsync(async () =>
        {
            // Again and again: the first visit may still be about to be saved.
            await DueAsync(worker, "quick", "0");
            return origin.RequestsOf("/quick").Count >= 2;
        });

        taking.IsCompleted.ShouldBeFalse();
        origin.RequestsOf("/slow").Count.ShouldBe(1);
        await slow.CancelAsync();
        await taking.ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Slow_hosts_one_after_the_other_do_not_hold_up_a_host_that_was_lately_prompt()
    {
        await using var origin = await OriginAsync();
        origin.Serve("/slow", Reply.Feed(TestSite.Feed(new Uri("http://127.0.0.2/"), 1)).After(TimeSpan.FromSeconds(3)));
        origin.Serve("/slower", Reply.Feed(TestSite.Feed(new Uri("http://127.0.0.4/"), 1)).After(TimeSpan.FromMinutes(5)));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = Worker(database, origin, new()
        {
            ["Ingest:Sources:slower:Url"] = FormattableString.Invariant($"http://127.0.0.4:{origin.BaseUrl.Port}/slower"),
            ["Ingest:Sources:slower:FullText"] = "Never",
            ["Ingest:Fetching:MinimumHostDelay"] = "00:00:00.010",
        });
        await worker.Get<SourceSync>().RunAsync(Ct);
        await DueAsync(worker, "slower", "1 hour");
        for (var visit = 0; visit < 4; visit++)
            await worker.Get<VisitRounds>().VisitAsync(await worker.Get<SourceStore>().LoadActiveAsync(["quick"], Ct), 1, Ct, Ct);
        using var end = new CancellationTokenSource();

        var taking = TakeTurnsAsync(Turn(worker, TimeSpan.FromSeconds(1)), end.Token);
        await UntilAsync(() => origin.RequestsOf("/slow").Count == 1);
        await Task.Delay(TimeSpan.FromSeconds(1.2), Ct);
        await DueAsync(worker, "slower", "0");
        await UntilAsync(() => origin.RequestsOf("/slower").Count == 1);
        await UntilAsync(
            async () =>
                (await worker.RowsAsync("select count(*) from ingest.fetches f join ingest.sources s on s.id = f.source_id where s.name = 'slow'"))[0] == "1");

        // The turn's end is past, those that were slow then have answered, and only the slower one keeps it from ending.
        await Task.Delay(500, Ct);
        var before = origin.RequestsOf("/quick").Count;
        await UntilAsync(async () =>
        {
            await DueAsync(worker, "quick", "0");
            return origin.RequestsOf("/quick").Count >= before + 2;
        });
        await end.CancelAsync();
        await taking.ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_source_whose_links_lead_to_silent_hosts_holds_up_no_other_page_or_source()
    {
        await using var origin = await OriginAsync();
        var port = FormattableString.Invariant($"{origin.BaseUrl.Port}");
        var links = string.Concat(Enumerable.Range(1, 60).Select(n => FormattableString.Invariant($"""
            <item><title>Stranger {n}</title><link>http://127.0.1.{n}:{port}/silent/{n}</link><guid>{n}</guid>
            <pubDate>Mon, 30 Nov 2026 10:00:00 GMT</pubDate></item>
            """)));
        origin.Serve("/slow", Reply.Feed($"<rss version=\"2.0\"><channel><title>Stranger</title>{links}</channel></rss>"));
        origin.ServeBelow("/silent/", static _ => Reply.Page("late").After(TimeSpan.FromMinutes(5)));
        origin.Serve("/quick", Reply.Feed(TestSite.Feed(new Uri($"http://127.0.0.3:{port}/"), 3))).ServePages(3);
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = Worker(database, origin, new()
        {
            ["Ingest:Sources:slow:FullText"] = "Always",
            ["Ingest:Sources:quick:FullText"] = "Always",
            ["Ingest:Fetching:RobotsForPages"] = "false",
            ["Ingest:Fetching:Concurrency"] = "2",
        });
        await worker.Get<SourceSync>().RunAsync(Ct);
        await worker.Get<VisitRounds>().VisitAsync(await worker.Get<SourceStore>().LoadActiveAsync([], Ct), 1, Ct, Ct);
        using var end = new CancellationTokenSource();

        // The stranger's pages are the newest, and more than are picked at a time.
        var taking = TakeTurnsAsync(Turn(worker, perTurn: 10, concurrency: 4), end.Token);
        await UntilAsync(() => Enumerable.Range(1, 3).All(n => origin.RequestsOf(FormattableString.Invariant($"/stories/{n}.html")).Count == 1));

        origin.Requests.Count(static request => request.Path.StartsWith("/silent/", StringComparison.Ordinal)).ShouldBeInRange(1, 4);
        await end.CancelAsync();
        await taking.ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Nothing_is_picked_while_postgresql_does_not_keep_up()
    {
        await using var origin = await OriginAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = Worker(database, origin);
        await worker.Get<SourceSync>().RunAsync(Ct);
        var turn = Turn(worker);
        await using var connection = await worker.DataSource.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using (var blocking = new NpgsqlCommand("lock table ingest.fetches in access exclusive mode", connection))
            await blocking.ExecuteNonQueryAsync(Ct);

        // One visit whose save cannot end.
        var source = (await worker.Get<SourceStore>().LoadActiveAsync(["quick"], Ct)).Single();
        var visit = worker.Get<SourceVisit>().RunAsync(source, worker.Get<WriteGate>().Enter()!, Ct);
        await UntilAsync(() => worker.Get<ArticleStore>().SaveLag > TimeSpan.FromMilliseconds(100));
        await turn.TakeAsync(AllSlots, Ct, Ct);
        origin.Requests.Count.ShouldBe(1);

        await transaction.RollbackAsync(Ct);
        (await visit).Failure.ShouldBeNull();

        // Who waits for a visit is told of its commit a moment before the store looks for the next.
        await UntilAsync(() => worker.Get<ArticleStore>().SaveLag == TimeSpan.Zero);
    }

    private static async Task DueAsync(TestWorker worker, string source, string after)
    {
        await using var due = worker.DataSource.CreateCommand("update ingest.sources set next_poll_at = now() + $2::interval where name = $1");
        due.Parameters.Add(new() { Value = source });
        due.Parameters.Add(new() { Value = after });
        await due.ExecuteNonQueryAsync(Ct);
    }

    // A turn that is over before its first visit began is followed by another, as in the schedule; the one with the slow host does not end.
    private static async Task TakeTurnsAsync(PartitionTurn turn, CancellationToken ct)
    {
        while (true) await turn.TakeAsync(AllSlots, Ct, ct);
    }

    private static async Task<ScriptedOrigin> OriginAsync()
    {
        var origin = await ScriptedOrigin.StartAsync([IPAddress.Any], 0);
        origin.Serve("/quick", Reply.Feed(TestSite.Feed(new Uri("http://127.0.0.3/"), 1)).ETag("\"1\""));
        origin.Serve("/slow", Reply.Feed(TestSite.Feed(new Uri("http://127.0.0.2/"), 1)).After(TimeSpan.FromMinutes(1)));
        return origin;
    }

    private static TestWorker Worker(TestDatabase database, ScriptedOrigin origin, Dictionary<string, string>? more = null) => new(database.ConnectionString,
        new Dictionary<string, string>(more ?? [])
    {
        ["Ingest:Sources:slow:Url"] = FormattableString.Invariant($"http://127.0.0.2:{origin.BaseUrl.Port}/slow"),
        ["Ingest:Sources:slow:FullText"] = more?.GetValueOrDefault("Ingest:Sources:slow:FullText") ?? "Never",
        ["Ingest:Sources:quick:Url"] = FormattableString.Invariant($"http://127.0.0.3:{origin.BaseUrl.Port}/quick"),
        ["Ingest:Sources:quick:FullText"] = more?.GetValueOrDefault("Ingest:Sources:quick:FullText") ?? "Never",
    });

    private static PartitionTurn Turn(TestWorker worker, TimeSpan? length = null, int perTurn = 200, int concurrency = 64) => new(
        worker.Get<SourceStore>(), worker.Get<PageQueue>(), worker.Get<ArticleStore>(), worker.Get<VisitRounds>(), worker.Get<OverdueRebalancer>(),
        Options.Create(
            new SchedulingOptions
            {
                TurnEvery = TimeSpan.FromMilliseconds(100),
                TurnLength = length ?? TimeSpan.FromMinutes(1),
                MaxPerTurn = perTurn,
                Concurrency = concurrency,
            }),
        Options.Create(new StorageOptions { MaxSaveLag = TimeSpan.FromMilliseconds(100) }), TimeProvider.System);

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromMinutes(2));
            await Task.Delay(50, Ct);
        }
    }
}
