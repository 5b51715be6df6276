using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Cluster;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Storage;

public sealed class ServiceLockTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    public async Task Services_work_side_by_side_only_when_all_of_them_share_their_schedule(bool first, bool second, bool together)
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var door = Door(database);
        await using var one = new ServiceLock(door, TimeProvider.System);
        (await one.TakeAsync(first, Ct)).ShouldBeOfType<ServiceHold.Held>();
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(20) };
        await using var other = new ServiceLock(door, time);

        var taking = other.TakeAsync(second, Ct);
        while (!taking.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Ct);
        }

        var hold = await taking;
        if (together) hold.ShouldBeOfType<ServiceHold.Held>();
        else hold.ShouldBeOfType<ServiceHold.Refused>().By.ShouldEndWith(FormattableString.Invariant($":{Environment.ProcessId}"));
    }

    [Fact]
    public async Task A_lock_ends_with_its_session_and_is_taken_again_by_who_had_it()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var door = Door(database);
        await using var one = new ServiceLock(door, TimeProvider.System);
        await one.TakeAsync(shared: false, Ct);

        await PostgresFixture.ExecuteAsync(
            database.ConnectionString,
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database "
                + "where datname = current_database())",
            Ct);
        (await one.TakeAsync(shared: false, Ct)).ShouldBeOfType<ServiceHold.Held>();
        (await one.TakeAsync(shared: false, Ct)).ShouldBeOfType<ServiceHold.Held>();
        await one.DisposeAsync();

        await using var other = new ServiceLock(door, TimeProvider.System);
        (await other.TakeAsync(shared: false, Ct)).ShouldBeOfType<ServiceHold.Held>();
    }

    [Fact]
    public async Task A_session_of_one_that_was_just_killed_is_waited_for()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var door = Door(database);
        var killed = new ServiceLock(door, TimeProvider.System);
        await killed.TakeAsync(shared: false, Ct);
        await using var next = new ServiceLock(door, TimeProvider.System);

        var taking = next.TakeAsync(shared: false, Ct);
        await Task.Delay(700, Ct);
        taking.IsCompleted.ShouldBeFalse();
        await killed.DisposeAsync();

        (await taking).ShouldBeOfType<ServiceHold.Held>();
    }

    private static Database Door(TestDatabase database) =>
        new(database.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
}
