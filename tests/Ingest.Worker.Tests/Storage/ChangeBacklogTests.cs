using Ingest.Worker.Scheduling.Jobs;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Tests.Commands;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>A transaction of another database that has written and stays open holds up who follows the changes; it is named.</summary>
public sealed class ChangeBacklogTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_session_of_another_database_that_holds_up_the_changes_is_named_wherever_people_look()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await using var other = await postgres.CreateDatabaseAsync(Ct);
        using var folder = new CommandFolder();
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain one"));
        await database.IndexAsync(SearchScope.Headlines);
        await using var holder = new NpgsqlConnection(other.ConnectionString + ";Application Name=forgotten");
        await holder.OpenAsync(Ct);
        await using var transaction = await holder.BeginTransactionAsync(Ct);
        await using (var write = new NpgsqlCommand("select pg_current_xact_id()", holder)) await write.ExecuteNonQueryAsync(Ct);
        await database.SaveAsync(ArticleDatabase.Article("2", "Rain two"), ArticleDatabase.Article("3", "Rain three"));
        var name = new NpgsqlConnectionStringBuilder(other.ConnectionString).Database!;
        var told = FormattableString.Invariant($"process {holder.ProcessID} in database {name} (ingest, forgotten, open for ");

        var backlog = await HeldByAsync(database.Door, holder.ProcessID);
        (backlog.Held, backlog.Unindexed).ShouldBe((2, 0));
        backlog.By.ShouldNotBeNull().Began.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(backlog.Since.ShouldNotBeNull());
        await using (var role = await LoginRole.CreateAsync(database, "ingest_worker"))
        {
            await using var door = new Database(role.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
            (await HeldByAsync(door, holder.ProcessID)).By.ShouldNotBeNull().Words(Now).ShouldContain("pg_read_all_stats");
        }

        var config = folder.Settings(
            $$"""{ "ConnectionStrings": { "Ingest": {{System.Text.Json.JsonSerializer.Serialize(database.ConnectionString)}} } }""");
        var runs = await Task.WhenAll(((string[])["database index", "status --format jsonl", "database info"])
            .Select(words => CommandFolder.RunAsync([.. words.Split(' '), "--config", config])));
        foreach (var run in runs)
        {
            run.Exit.ShouldBe(0, run.Error);
            run.Out.ShouldContain(told);
        }

        runs[0].Out.ShouldStartWith("0 changes taken in; the search index (Headlines) is not up to date: 2 changes wait since ");
        runs[1].Out.ShouldContain("\"changes_not_yet_told\":2");

        await transaction.CommitAsync(Ct);
        await database.IndexAsync(SearchScope.Headlines);
        (await ChangeBacklog.LoadAsync(database.Door, Ct)).ShouldSatisfyAllConditions(
            static after => after.Held.ShouldBe(0), static after => after.Since.ShouldBeNull(), static after => after.Unindexed.ShouldBe(0));
    }

    [Fact]
    public async Task A_prepared_transaction_that_was_left_behind_is_named()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await using var other = await postgres.CreateDatabaseAsync(Ct);
        await PostgresFixture.ExecuteAsync(other.ConnectionString, "begin; select pg_current_xact_id(); prepare transaction 'left behind'", Ct);
        try
        {
            await database.SaveAsync(ArticleDatabase.Article("1", "Rain"));
            var backlog = await ChangeBacklog.LoadAsync(database.Door, Ct);
            while (backlog.By?.Prepared is null) backlog = await ChangeBacklog.LoadAsync(database.Door, Ct);
            backlog.Words(backlog.By.Began!.Value.AddHours(3)).ShouldContain("for the prepared transaction 'left behind' in database test_");
            backlog.Words(backlog.By.Began!.Value.AddHours(3)).ShouldEndWith("(ingest, open for 3 h)");
        }
        finally
        {
            await PostgresFixture.ExecuteAsync(other.ConnectionString, "rollback prepared 'left behind'", CancellationToken.None);
        }
    }

    [Fact]
    public void The_log_tells_after_a_minute_and_once_an_hour_and_that_it_is_over()
    {
        var time = new FakeTimeProvider();
        var held = new HeldChanges(time);
        held.Look(Backlog(7, 3)).ShouldBe((null, false));
        time.Advance(TimeSpan.FromSeconds(59));
        held.Look(Backlog(7, 4)).ShouldBe((null, false));
        time.Advance(TimeSpan.FromSeconds(1));
        held.Look(Backlog(7, 4)).ShouldBe((TimeSpan.FromMinutes(1), false));
        time.Advance(TimeSpan.FromMinutes(59));
        held.Look(Backlog(7, 9)).ShouldBe((null, false));
        time.Advance(TimeSpan.FromMinutes(1));
        held.Look(Backlog(7, 9)).ShouldBe((TimeSpan.FromMinutes(61), false));

        // Another transaction, as there always is one on a busy server.
        held.Look(Backlog(8, 9)).ShouldBe((null, true));
        time.Advance(TimeSpan.FromMinutes(1));
        held.Look(Backlog(9, 9)).ShouldBe((null, false));
        held.Look(Backlog(9, 0)).ShouldBe((null, false));
        time.Advance(TimeSpan.FromMinutes(1));
        held.Look(Backlog(9, 1)).ShouldBe((null, false));
    }

    [Theory]
    [InlineData(0.5, "less than 1 s")]
    [InlineData(90, "90 s")]
    [InlineData(600, "10 min")]
    [InlineData(36_000, "10 h")]
    [InlineData(432_000, "5 days")]
    public void The_age_of_a_transaction_is_told_in_round_numbers(double seconds, string age) =>
        new ChangeHolder(12, null, "shop", "clerk", null, Now.AddSeconds(-seconds)).Words(Now)
            .ShouldBe($"the transaction of process 12 in database shop (clerk, open for {age})");

    private static ChangeBacklog Backlog(ulong horizon, long held) => new(horizon, held, 0, null, null);

    // Other tests' transactions come and go on this server; the one that stays is the lowest in the end.
    private static async Task<ChangeBacklog> HeldByAsync(Database database, int process)
    {
        while (true)
        {
            var backlog = await ChangeBacklog.LoadAsync(database, Ct);
            if (backlog.By?.Pid == process) return backlog;
            await Task.Delay(20, Ct);
        }
    }
}
