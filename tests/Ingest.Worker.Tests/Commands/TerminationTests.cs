using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using Ingest.Worker.Commands;
using Ingest.Worker.Tests.Storage.Embedded;
using Npgsql;

namespace Ingest.Worker.Tests.Commands;

/// <summary>The service as a process that is told to end while it starts: it gives up what it began, and that is no failure.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TerminationTests(PostgresFixture postgres) : IDisposable
{
    private const string MigrationWait =
        "select count(*) from pg_stat_activity where application_name = 'ingest-worker migration' and datname = current_database()";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string folder = ClusterSeed.CreateFolder();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    [InlineData("TERM TERM INT")]
    public async Task A_service_that_is_told_to_end_while_it_waits_to_migrate_ends_with_0(string signals)
    {
        await using var database = await EmptyDatabaseAsync();
        await using var holder = await OpenAsync(database, $"select pg_advisory_lock({0x696E67657374})");
        using var worker = Start(database.ConnectionString);
        await UntilAsync(holder, MigrationWait);
        foreach (var signal in signals.Split(' ')) await SignalAsync(worker, signal);
        await ShouldEndAsync(worker);
    }

    [Fact]
    public async Task A_hangup_that_nohup_ignores_is_ignored()
    {
        await using var database = await EmptyDatabaseAsync();
        await using var holder = await OpenAsync(database, $"select pg_advisory_lock({0x696E67657374})");
        using var worker = Start(database.ConnectionString, "/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh");
        await UntilAsync(holder, MigrationWait);
        await SignalAsync(worker, "HUP");
        await Task.Delay(500, Ct);
        (await CountAsync(holder, MigrationWait)).ShouldBe(1);
        await SignalAsync(worker, "TERM");
        await ShouldEndAsync(worker);
    }

    [Fact]
    public async Task A_migration_that_is_given_up_halfway_is_finished_at_the_next_start()
    {
        await using var database = await EmptyDatabaseAsync();
        await using var rival = await OpenAsync(database, "begin; create schema quartz");
        using (var worker = Start(database.ConnectionString))
        {
            await UntilAsync(rival, "select count(*) from pg_locks where not granted and locktype = 'transactionid'");
            await SignalAsync(worker, "TERM");
            await ShouldEndAsync(worker);
        }

        await ExecuteAsync(rival, "rollback");
        using var next = Start(database.ConnectionString);
        await UntilAsync(rival, "select count(*) from pg_class where oid = to_regclass('quartz.qrtz_triggers')");
        await SignalAsync(next, "TERM");
        await ShouldEndAsync(next);
    }

    [Fact]
    public async Task A_service_that_is_told_to_end_while_it_takes_up_its_sources_ends_with_0()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var holder = await OpenAsync(database, "begin; lock table ingest.sources in access exclusive mode");
        using var worker = Start(database.ConnectionString);
        await UntilAsync(holder, "select count(*) from pg_locks where not granted and relation = 'ingest.sources'::regclass");
        await SignalAsync(worker, "TERM");
        await ShouldEndAsync(worker);
    }

    [Fact]
    public async Task A_first_start_that_is_given_up_leaves_no_half_made_cluster()
    {
        var data = Path.Combine(folder, "data");
        using (var worker = Start(""))
        {
            while (!Directory.Exists(data) || !Directory.EnumerateDirectories(data, "unfinished-*").Any()) await Task.Delay(20, Ct);
            await SignalAsync(worker, "TERM");
            await ShouldEndAsync(worker);
        }

        Directory.EnumerateFileSystemEntries(data, "unfinished-*").ShouldBeEmpty();
        Directory.Exists(Path.Combine(data, "cluster")).ShouldBeFalse();
    }

    private async Task<TestDatabase> EmptyDatabaseAsync()
    {
        var database = await postgres.CreateDatabaseAsync(Ct);
        await PostgresFixture.ExecuteAsync(database.ConnectionString, "drop schema ingest cascade; drop schema quartz cascade", Ct);
        return database;
    }

    private Process Start(string connectionString, params string[] prefix)
    {
        var settings = new
        {
            ConnectionStrings = new { Ingest = connectionString },
            Ingest = new
            {
                Sources = new { one = new { Url = "http://127.0.0.1:9/feed" } },
                EmbeddedPostgres = new { DataDirectory = Path.Combine(folder, "data"), Settings = new { fsync = "off" } },
                Operations = new { HeartbeatFile = Path.Combine(folder, "alive") },
                Storage = new { MaxConnections = 8 },
            },
        };
        var file = Path.Combine(folder, "settings.json");
        File.WriteAllText(file, JsonSerializer.Serialize(settings));
        string[] command = [.. prefix, "dotnet", Path.Combine(AppContext.BaseDirectory, "Ingest.Worker.dll"), "run", "--config", file];
        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false }).ShouldNotBeNull();
    }

    private static async Task ShouldEndAsync(Process worker)
    {
        var log = await worker.StandardError.ReadToEndAsync(Ct).WaitAsync(Patience, Ct);
        await worker.WaitForExitAsync(Ct);
        worker.ExitCode.ShouldBe(ExitCode.Ok, log);
        log.ShouldNotContain("Unhandled");
    }

    private static async Task SignalAsync(Process worker, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, FormattableString.Invariant($"{worker.Id}")]);
        await kill.WaitForExitAsync(Ct);
    }

    private static async Task<NpgsqlConnection> OpenAsync(TestDatabase database, string sql)
    {
        var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await ExecuteAsync(connection, sql);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync(Ct)).ShouldBeOfType<long>();
    }

    private static async Task UntilAsync(NpgsqlConnection connection, string countSql)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await CountAsync(connection, countSql) == 0)
        {
            TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(Patience);
            await Task.Delay(50, Ct);
        }
    }
}
