using System.Globalization;
using System.Text.Json;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Overview;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Tests.Commands;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingest.Worker.Tests.Storage.Replicas;

/// <summary>Who only looks asks the replica that the settings name.</summary>
public sealed class ReplicaTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_only_looked_at_is_asked_of_a_standby_and_it_is_told_how_far_that_is_behind()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain first"));
        await database.IndexAsync(SearchScope.Headlines);
        await using var standby = await StandbyServer.StartAsync(database.ConnectionString, Ct);
        await using var replica = Open(standby.ConnectionString);
        await CatchUpAsync(database, replica);
        (await FactsAsync(database, replica)).Keys.ShouldBe(["reads go to", "reads are behind (bytes)", "reads are behind (s)"]);

        // What is written from here on does not come.
        await ArticleDatabase.ExecuteAsync(replica.DataSource, "select pg_wal_replay_pause()");
        await database.SaveAsync(ArticleDatabase.Article("2", "Rain last"));
        await database.IndexAsync(SearchScope.Headlines);
        Convert.ToInt64((await FactsAsync(database, replica))["reads are behind (bytes)"], CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        using var queries = new ReaderQueries(new ReadingDatabase(database.Door, replica));
        var seen = await queries.AskAsync([("page_search", ["rain"])], Ct);
        seen[0].Select(static row => row.Text("title")).ShouldBe(["Rain first"]);
        using var folder = new CommandFolder();
        var settings = folder.Settings(JsonSerializer.Serialize(
            new { ConnectionStrings = new { Ingest = database.ConnectionString, Reading = standby.ConnectionString } }));
        var export = await CommandFolder.RunAsync("export", "--format", "jsonl", "--config", settings);
        export.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().ShouldContain("Rain first");
        var status = await CommandFolder.RunAsync("status", "--config", settings);
        status.Out.ShouldContain("reads are behind (bytes)");
        status.Out.ShouldNotContain("Password", Case.Insensitive);

        // Then it follows, and those who follow it miss nothing.
        await ArticleDatabase.ExecuteAsync(replica.DataSource, "select pg_wal_replay_resume()");
        await CatchUpAsync(database, replica);
        (await queries.AskAsync([("page_search", ["rain"])], Ct))[0].Count.ShouldBe(2);
        await using var command = replica.DataSource.CreateCommand("select count(*) from ingest.changes_since('') where kind = 'added'");
        (await command.ExecuteScalarAsync(Ct)).ShouldBe(2L);
    }

    [Fact]
    public async Task A_replica_that_is_none_or_cannot_be_reached_is_told_and_named_by_its_setting()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await using var same = Open(database.ConnectionString);
        (await FactsAsync(database, same))["reads go to"].ShouldBeOfType<string>().ShouldContain("is no standby of this database");
        await using var none = Open("Host=127.0.0.1;Port=1;Database=d;Username=u;Password=secret");
        (await FactsAsync(database, none))["reads go to"].ShouldBeOfType<string>().ShouldStartWith("d on 127.0.0.1, which cannot be used: ");
        (await ReplicaLag.FactsAsync(new ReadingDatabase(database.Door, null), Ct)).ShouldBeEmpty();

        using var folder = new CommandFolder();
        var settings = folder.Settings(JsonSerializer.Serialize(
            new
            {
                ConnectionStrings = new { Ingest = database.ConnectionString, Reading = "Host=127.0.0.1;Port=1;Password=secret" },
                Ingest = new { Storage = new { Retries = 0 } },
            }));
        var export = await CommandFolder.RunAsync("export", "--config", settings);
        (export.Exit, export.Out).ShouldBe((1, ""));
        export.Error.ShouldContain("ConnectionStrings:Reading");
        export.Error.ShouldNotContain("secret");
    }

    private static Database Open(string connectionString) =>
        new(connectionString, new StorageOptions { Retries = 0 }, TimeProvider.System, NullLogger<Database>.Instance);

    private static async Task<Dictionary<string, object?>> FactsAsync(ArticleDatabase database, Database replica) =>
        (await ReplicaLag.FactsAsync(new ReadingDatabase(database.Door, replica), Ct)).ToDictionary(static fact => fact.Name, static fact => fact.Value);

    private static async Task CatchUpAsync(ArticleDatabase database, Database replica)
    {
        var written = (await database.RowsAsync("select pg_current_wal_insert_lsn()::text"))[0];
        await using var command = replica.DataSource.CreateCommand($"select pg_last_wal_replay_lsn() >= '{written}'::pg_lsn");
        while (await command.ExecuteScalarAsync(Ct) is not true) await Task.Delay(10, Ct);
    }
}
