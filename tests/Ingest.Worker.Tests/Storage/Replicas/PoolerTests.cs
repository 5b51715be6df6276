using System.Text.Json;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Tests.Commands;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Tests.Storage.Replicas;

/// <summary>What goes through PgBouncer, and what is said of what does not.</summary>
public sealed class PoolerTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_transaction_mode_the_worker_is_refused_in_words_and_reading_goes_through()
    {
        if (!PgBouncer.IsInstalled) Assert.Skip("PgBouncer is not installed.");
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain"));
        await PinAsync(database);
        await using var pooler = await PgBouncer.StartAsync(database.ConnectionString, "transaction", takesOptions: true, Ct);

        using var folder = new CommandFolder();
        var refused = await CommandFolder.RunAsync("status", "--config", Settings(folder, pooler.ConnectionString, null));
        refused.Exit.ShouldBe(1);
        refused.Error.ShouldContain("PgBouncer in transaction mode");
        refused.Error.ShouldContain("(ConnectionStrings:Ingest)");

        // Alike statements in many sessions: none may be one that only another session knows.
        var settings = Settings(folder, database.ConnectionString, pooler.ConnectionString);
        (await CommandFolder.RunAsync("export", "--format", "jsonl", "--config", settings)).Out.ShouldContain("Rain");
        await using var reading = ReadingDatabase.Open(
            pooler.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        var titles = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => reading.LoadAsync(
            () => new NpgsqlBatchCommand("select title from ingest.articles where id > $1") { Parameters = { new() { Value = (long)-n } } },
            static reader => reader.GetString(0),
            Ct)));
        titles.ShouldAllBe(static title => title.Single() == "Rain");
    }

    [Fact]
    public async Task In_session_mode_the_worker_goes_through_once_its_role_has_the_settings_that_the_pooler_does_not_pass_on()
    {
        if (!PgBouncer.IsInstalled) Assert.Skip("PgBouncer is not installed.");
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        using var folder = new CommandFolder();
        await using (var strict = await PgBouncer.StartAsync(database.ConnectionString, "session", takesOptions: false, Ct))
        {
            var refused = await CommandFolder.RunAsync("status", "--config", Settings(folder, strict.ConnectionString, null));
            (refused.Exit, refused.Error.Contains("ignore_startup_parameters", StringComparison.Ordinal)).ShouldBe((1, true), refused.Error);
        }

        string? lost;
        await using (var before = await PgBouncer.StartAsync(database.ConnectionString, "session", takesOptions: true, Ct))
            lost = await FaultAsync(before.ConnectionString);
        lost.ShouldNotBeNull().ShouldContain("set search_path = ingest,pg_temp");

        // What it says is what helps, once the pooler's sessions are new.
        await database.ExecuteAsync(lost[lost.IndexOf("alter role", StringComparison.Ordinal)..lost.IndexOf(" (and", StringComparison.Ordinal)]);
        await using var pooler = await PgBouncer.StartAsync(database.ConnectionString, "session", takesOptions: true, Ct);
        (await FaultAsync(pooler.ConnectionString)).ShouldBeNull();
        (await CommandFolder.RunAsync("status", "--config", Settings(folder, pooler.ConnectionString, null))).Exit.ShouldBe(0);
        (await FaultAsync(database.ConnectionString)).ShouldBeNull();
    }

    private static async Task<string?> FaultAsync(string connectionString)
    {
        await using var database = new Database(connectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        return await PoolerCheck.FaultAsync(database, needsSessions: true, Ct);
    }

    private static Task<int> PinAsync(ArticleDatabase database)
    {
        var named = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        return database.ExecuteAsync(string.Join(
            ';',
            SessionSettings.PinnedValues.Select(pinned =>
                $"alter role {named.Username} in database {named.Database} set {pinned.Name} = "
                    + (pinned.Name == "search_path" ? pinned.Value : $"'{pinned.Value}'"))));
    }

    private static string Settings(CommandFolder folder, string ingest, string? reading) => folder.Settings(
        JsonSerializer.Serialize(new { ConnectionStrings = new Dictionary<string, string?> { ["Ingest"] = ingest, ["Reading"] = reading } }));
}
