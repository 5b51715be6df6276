using Ingest.Worker.Fetching.Wire;
using Ingest.Worker.Scheduling;
using Ingest.Worker.Scheduling.Cluster;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Cluster;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Ingest.Worker.Tests.Scheduling;

public sealed class ClusterLeaseTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Me = "me";

    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private TestDatabase database = null!;
    private Database door = null!;
    private WorkerLease claim = null!;
    private RunningTurns turns = null!;
    private ClusterLease cluster = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync(Ct);
        door = new Database(database.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        (claim, turns) = (new WorkerLease(time), new RunningTurns(time));
        cluster = new ClusterLease(
            new ClusterStore(door), turns, claim, Options.Create(new SchedulingOptions()), time, NullLogger<ClusterLease>.Instance);
        cluster.Begin();
    }

    public async ValueTask DisposeAsync()
    {
        await door.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task The_claim_lasts_from_the_last_report_until_the_others_may_write_the_worker_off()
    {
        await ReportAsync();
        await cluster.RenewAsync("ingest", Me, Ct);

        time.Advance(TimeSpan.FromSeconds(9.9));
        claim.IsHeld.ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(0.2));
        claim.IsHeld.ShouldBeFalse();
        await cluster.RenewAsync("ingest", Me, Ct);
        claim.IsHeld.ShouldBeFalse();
    }

    [Fact]
    public async Task A_worker_that_reports_again_waits_for_those_who_may_still_write_it_off()
    {
        await using var other = await door.DataSource.OpenConnectionAsync(Ct);
        await using var writeOff = await other.BeginTransactionAsync(Ct);
        await ExecuteAsync(other, "insert into quartz.qrtz_locks values ('ingest', 'STATE_ACCESS')");
        await writeOff.CommitAsync(Ct);
        await ReportAsync("turn-1");
        await cluster.RenewAsync("ingest", Me, Ct);
        using var turn = new CancellationTokenSource();
        using var _ = turns.TryAdd("turn-1", 1, turn);
        time.Advance(TimeSpan.FromSeconds(20));

        // Another worker looks while the report is old, and holds the lock until it has given the turn away.
        await using var second = await other.BeginTransactionAsync(Ct);
        await ExecuteAsync(other, "select from quartz.qrtz_locks where lock_name = 'STATE_ACCESS' for update");
        await ReportAsync();
        var renewal = cluster.RenewAsync("ingest", Me, Ct);
        await Task.Delay(300, Ct);
        renewal.IsCompleted.ShouldBeFalse();
        claim.IsHeld.ShouldBeFalse();
        await ExecuteAsync(other, "delete from quartz.qrtz_fired_triggers");
        await second.CommitAsync(Ct);

        await renewal;
        turn.IsCancellationRequested.ShouldBeTrue();
        claim.IsHeld.ShouldBeTrue();
    }

    [Fact]
    public async Task A_worker_that_was_written_off_ends_its_turns_and_has_no_claim()
    {
        using var turn = new CancellationTokenSource();
        using var _ = turns.TryAdd("turn-1", 1, turn);
        time.Advance(TimeSpan.FromSeconds(1));

        await cluster.RenewAsync("ingest", Me, Ct);

        turn.IsCancellationRequested.ShouldBeTrue();
        claim.IsHeld.ShouldBeFalse();
    }

    [Fact]
    public void A_partition_has_one_turn_at_a_time_even_when_the_schedule_holds_the_first_for_lost()
    {
        using var end = new CancellationTokenSource();
        var first = turns.TryAdd("turn-1", 1, end);

        turns.TryAdd("turn-2", 1, end).ShouldBeNull();
        turns.TryAdd("turn-3", 2, end).ShouldNotBeNull();
        first!.Dispose();
        turns.TryAdd("turn-4", 1, end).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_lock_of_the_schedule_outlives_a_worker_that_is_held_up_by_seconds_only()
    {
        await using var schedule = door.CreateScheduleSource();
        await using var connection = await schedule.OpenConnectionAsync(Ct);
        await using var setting = new NpgsqlCommand("show idle_in_transaction_session_timeout", connection);
        (await setting.ExecuteScalarAsync(Ct)).ShouldBe("2s");
        await using var visits = door.DataSource.CreateCommand("show idle_in_transaction_session_timeout");
        (await visits.ExecuteScalarAsync(Ct)).ShouldBe("1min");
    }

    // What Quartz writes when a worker checks in.
    private async Task ReportAsync(string? turn = null)
    {
        await using var connection = await door.DataSource.OpenConnectionAsync(Ct);
        await ExecuteAsync(connection, "delete from quartz.qrtz_scheduler_state");
        var ticks = time.GetUtcNow().UtcTicks;
        await ExecuteAsync(connection, FormattableString.Invariant($"""
            insert into quartz.qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval)
            values ('ingest', '{Me}', {ticks}, 7500)
            """));
        if (turn is null) return;
        await ExecuteAsync(connection, FormattableString.Invariant($"""
            insert into quartz.qrtz_fired_triggers (sched_name, entry_id, trigger_name, trigger_group, instance_name, fired_time, sched_time, priority, state,
              is_nonconcurrent, requests_recovery)
            values ('ingest', '{turn}', 't', 'g', '{Me}', {ticks}, {ticks}, 5, 'EXECUTING', true, false)
            """));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
