using System.Globalization;
using Ingest.PostgreSql.Embedded;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Ingest.Worker.Tests;

/// <summary>
/// One PostgreSQL for the whole run, started by the first test that asks for a database. Databases are copies of one migrated template, so that each
/// costs a fraction of a second.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private const string Template = "ingest_template";

    /// <summary>The folder of the server's programs, where one is to be tested that is not the newest of this machine; null for that.</summary>
    public static string? BinDirectory { get; } = Environment.GetEnvironmentVariable("PGBIN");

    /// <summary>Brings the template database, named by its connection string, to the product's schema.</summary>
    private static async Task MigrateAsync(string connectionString, CancellationToken ct)
    {
        await using var database = new Database(connectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        (await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, ct)).ShouldBeOfType<MigrationResult.Current>();
    }

    private readonly string folder = Path.Combine(Path.GetTempPath(), "ingest-" + Path.GetRandomFileName());
    private readonly SemaphoreSlim turn = new(1);
    private EmbeddedPostgres? server;
    private string? failure;
    private int databases;

    /// <summary>A fresh database with the product's schema, dropped when disposed. Fails the test where there is no PostgreSQL.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            var running = await StartedAsync(ct);
            var name = string.Create(CultureInfo.InvariantCulture, $"test_{++databases}");
            await ExecuteAsync(Named(running, "postgres"), $"create database {name} template {Template} strategy file_copy", ct);
            return new TestDatabase(Named(running, "postgres"), Named(running, name), name);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        turn.Dispose();
    }

    internal static async Task ExecuteAsync(string connectionString, string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<EmbeddedPostgres> StartedAsync(CancellationToken ct)
    {
        if (server is not null) return server;
        failure.ShouldBeNull();
        var options = new EmbeddedPostgresOptions
        {
            DataDirectory = folder,
            BinDirectory = BinDirectory,
            Settings = new Dictionary<string, string>
            {
                ["fsync"] = "off",
                ["full_page_writes"] = "off",
                ["synchronous_commit"] = "off",
                ["max_connections"] = "300",
                ["max_prepared_transactions"] = "2",
            },
        };
        var start = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, ct);
        failure = (start as EmbeddedStart.Unavailable)?.Reason;
        failure.ShouldBeNull();
        server = start.ShouldBeOfType<EmbeddedStart.Started>().Postgres;

        // A template must have no connection left, not even a pooled one.
        await ExecuteAsync(Named(server, "postgres"), $"create database {Template}", ct);
        await MigrateAsync(Named(server, Template) + ";Pooling=false", ct);
        return server;
    }

    private static string Named(EmbeddedPostgres server, string database) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database, Pooling = database != "postgres" }.ConnectionString;
}

/// <summary>A database of one test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string maintenance;
    private readonly string name;

    internal TestDatabase(string maintenance, string connectionString, string name)
    {
        this.maintenance = maintenance;
        this.name = name;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public async ValueTask DisposeAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(pooled);
        await PostgresFixture.ExecuteAsync(maintenance, $"drop database {name} with (force)", CancellationToken.None);
    }
}
