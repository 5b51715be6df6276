using Ingest.Worker.Ingestion;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Origin;
using Ingest.Worker.Scheduling;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Sources;
using Microsoft.Extensions.Options;
using static Ingest.Worker.Tests.Ingestion.RefusingDatabase;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>PostgreSQL that takes no writes: nothing that was fetched is lost, and nobody is asked for what cannot be saved.</summary>
public sealed class RefusedWritesTests(PostgresFixture postgres)
{
    private static readonly short[] AllSlots = HostSlot.OfPartition(0, 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        "read only",
        "alter database {0} set default_transaction_read_only = on",
        "alter database {0} reset default_transaction_read_only",
        "read-only transaction")]
    [InlineData("disk full", "53100", "drop trigger refuse on ingest.fetches", "53100")]
    [InlineData("right lost", "42501", "drop trigger refuse on ingest.fetches", "42501")]
    [InlineData("table gone", "alter table ingest.fetches rename to hidden", "alter table ingest.hidden rename to fetches", "42P01")]
    public async Task What_was_fetched_waits_and_nobody_is_asked_until_it_can_be_saved(string what, string break_, string mend, string reason)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 3)));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = Worker(database, ("site", origin.Url("/feed")));
        await worker.Get<SourceSync>().RunAsync(Ct);
        var name = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        await ExecuteAsync(database, break_.Length == 5 ? Raise(break_) : break_.Replace("{0}", name, StringComparison.Ordinal));

        // As after a fail-over: only new sessions are read-only.
        await ExecuteAsync(database, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        var turn = Turn(worker);
        using var ended = new CancellationTokenSource();
        var turns = TakeTurnsAsync(turn, ended.Token);
        var gate = worker.Get<WriteGate>();
        await UntilAsync(() => Task.FromResult(gate.Refused is not null));
        gate.Refused!.Reason.ShouldContain(reason, customMessage: what);
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        origin.Requests.Count.ShouldBeLessThanOrEqualTo(1);
        gate.MayPick.ShouldBeFalse();

        await ExecuteAsync(database, mend.Replace("{0}", name, StringComparison.Ordinal));
        await UntilAsync(async () => (await CountAsync(database, "ingest.articles")) == 3);

        origin.Requests.Count.ShouldBe(1);
        await UntilAsync(() => Task.FromResult(gate.Refused is null));
        await ended.CancelAsync();
        await turns;
    }

    [Fact]
    public async Task A_source_that_can_never_be_saved_is_left_alone_and_the_others_go_on()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/poison", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1))).Serve("/good", Reply.Feed(TestSite.Feed(origin.BaseUrl, 2)));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = Worker(database, ("poison", origin.Url("/poison")), ("good", origin.Url("/good")));
        await worker.Get<SourceSync>().RunAsync(Ct);
        await ExecuteAsync(database, """
            create function ingest.refuse() returns trigger language plpgsql as $$ begin
              if new.source_id = (select id from ingest.sources where name = 'poison') then raise exception 'not this one' using errcode = '23514'; end if; return new; end $$;
            create trigger refuse before insert on ingest.fetches for each row execute function ingest.refuse()
            """);
        var turn = Turn(worker);
        using var ended = new CancellationTokenSource();

        var turns = TakeTurnsAsync(turn, ended.Token);
        await UntilAsync(async () =>
        {
            await ExecuteAsync(database, "update ingest.sources set next_poll_at = now() where name = 'good'");
            return origin.RequestsOf("/good").Count >= 4;
        });

        origin.RequestsOf("/poison").Count.ShouldBe(1);
        worker.Get<WriteGate>().Refused.ShouldBeNull();

        // After a while it is given another chance.
        worker.Clock.Shift = TimeSpan.FromMinutes(1);
        await UntilAsync(() => Task.FromResult(origin.RequestsOf("/poison").Count == 2));
        await ended.CancelAsync();
        await turns;
    }

    [Fact]
    public async Task A_run_that_can_save_nothing_ends_and_has_not_asked_everybody()
    {
        await using var origin = await ScriptedOrigin.StartAsync([System.Net.IPAddress.Any], 0);
        origin.ServeBelow("/", _ => Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)).After(TimeSpan.FromMilliseconds(500)));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        var sources = Enumerable.Range(1, 60)
            .Select(n => ($"s{n}", new Uri(FormattableString.Invariant($"http://127.0.1.{n}:{origin.BaseUrl.Port}/feed"))))
            .ToArray();
        await using var worker = Worker(database, sources);
        await ExecuteAsync(database, Raise("53100"));

        var run = worker.RunAsync();
        await UntilAsync(() => Task.FromResult(worker.Get<WriteGate>().Refused is not null));
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        worker.Clock.Shift = TimeSpan.FromMinutes(2);
        var summary = await run;

        summary.Refused.ShouldNotBeNull().ShouldContain("53100");
        summary.Visits.Count.ShouldBe(60);
        summary.Visits.ShouldAllBe(static visit => visit.Failure != null);
        origin.Requests.Count.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task When_several_sources_in_a_row_cannot_even_be_recorded_the_rest_is_not_asked()
    {
        await using var origin = await ScriptedOrigin.StartAsync([System.Net.IPAddress.Any], 0);
        origin.ServeBelow("/", _ => Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)).After(TimeSpan.FromMilliseconds(500)));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        var sources = Enumerable.Range(1, 60)
            .Select(n => ($"s{n}", new Uri(FormattableString.Invariant($"http://127.0.1.{n}:{origin.BaseUrl.Port}/feed"))))
            .ToArray();
        await using var worker = Worker(database, sources);
        await worker.Get<SourceSync>().RunAsync(Ct);
        await ExecuteAsync(database, Raise("P0001"));
        var turn = Turn(worker);
        using var ended = new CancellationTokenSource();

        var turns = TakeTurnsAsync(turn, ended.Token);
        await UntilAsync(() => Task.FromResult(worker.Get<WriteGate>().Refused is not null));
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);

        // What was under way then, and no more.
        origin.Requests.Count.ShouldBeLessThan(40);
        await ended.CancelAsync();
        await turns;
    }

    private static TestWorker Worker(TestDatabase database, params (string Name, Uri Url)[] sources)
    {
        var settings = new Dictionary<string, string>
        {
            ["Ingest:Storage:Retries"] = "1",
            ["Ingest:Storage:SaveLinger"] = "00:00:00",
            ["Ingest:Fetching:Concurrency"] = "2",
        };
        foreach (var (name, url) in sources) (settings[$"Ingest:Sources:{name}:Url"], settings[$"Ingest:Sources:{name}:FullText"]) = (url.ToString(), "Never");
        return new TestWorker(database.ConnectionString, settings);
    }

    private static PartitionTurn Turn(TestWorker worker) => new(
        worker.Get<SourceStore>(), worker.Get<PageQueue>(), worker.Get<ArticleStore>(), worker.Get<VisitRounds>(), worker.Get<OverdueRebalancer>(),
        Options.Create(new SchedulingOptions { TurnEvery = TimeSpan.FromMilliseconds(100), Concurrency = 16 }), Options.Create(new StorageOptions()),
        worker.Clock);

    // As the schedule does: one after the other, also when one has failed.
    private static async Task TakeTurnsAsync(PartitionTurn turn, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await turn.TakeAsync(AllSlots, ct, ct);
            }
            catch (Exception error) when (error is Npgsql.NpgsqlException or OperationCanceledException)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(error.Message);
            }

            await Task.Delay(100, CancellationToken.None);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromMinutes(1));
            await Task.Delay(50, Ct);
        }
    }
}
