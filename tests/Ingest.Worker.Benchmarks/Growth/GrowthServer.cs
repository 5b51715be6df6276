using Ingest.PostgreSql.Embedded;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>A PostgreSQL of the measurement's own, durable as a user's is, with the settings of a machine that serves little else.</summary>
internal sealed class GrowthServer : IAsyncDisposable
{
    private readonly EmbeddedPostgres server;

    private GrowthServer(EmbeddedPostgres server) => this.server = server;

    public static async Task<GrowthServer> StartAsync(string folder)
    {
        var options = new EmbeddedPostgresOptions
        {
            DataDirectory = folder,
            StopTimeout = TimeSpan.FromMinutes(5),
            Settings = new Dictionary<string, string>
            {
                ["shared_buffers"] = Sql.Say($"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 >> 20}MB"), ["max_wal_size"] = "8GB",
                ["checkpoint_timeout"] = "15min", ["maintenance_work_mem"] = "1GB", ["effective_cache_size"] = "12GB",

                // A table that is filled in the transaction which emptied it needs no log then.
                ["wal_level"] = "minimal", ["max_wal_senders"] = "0",
                ["shared_preload_libraries"] = "pg_stat_statements",

                // Else a vacuum of what earlier runs left falls into some of the measurements.
                ["autovacuum"] = "off",
            },
        };
        return await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, CancellationToken.None) switch
        {
            EmbeddedStart.Started started => new GrowthServer(started.Postgres),
            EmbeddedStart.Unavailable unavailable => throw new InvalidOperationException(unavailable.Reason),
            _ => throw new InvalidOperationException($"{folder} is in use"),
        };
    }

    /// <summary>A database with the product's schema, made when it is not there.</summary>
    public async Task<Database> OpenAsync(string name)
    {
        await using (var maintenance = NpgsqlDataSource.Create(Named("postgres")))
        {
            await using var exists = maintenance.CreateCommand($"select exists (select from pg_database where datname = '{name}')");
            if (await exists.ExecuteScalarAsync() is false)
            {
                await using var create = maintenance.CreateCommand($"create database {name}");
                await create.ExecuteNonQueryAsync();
            }
        }

        var database = new Database(
            Named(name), new StorageOptions { CommandTimeout = TimeSpan.FromHours(1) }, TimeProvider.System, NullLogger<Database>.Instance);
        if (await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, CancellationToken.None) is MigrationResult.Refused refused)
            throw new InvalidOperationException(refused.Reason);
        await Sql.RunAsync(database, "create extension if not exists pg_stat_statements");
        return database;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private string Named(string database) => new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database }.ConnectionString;
}

/// <summary>Statements of the measurement.</summary>
internal static class Sql
{
    public static async Task<int> RunAsync(Database database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ValueAsync<T>(Database database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static string Say(params FormattableString[] parts) => string.Concat(Array.ConvertAll(parts, FormattableString.Invariant));
}
