using Ingest.PostgreSql.Embedded;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingest.Worker.Benchmarks.Endurance;

/// <summary>A PostgreSQL of its own, with its defaults but for memory and connections, on a migrated database that is gone afterwards.</summary>
internal sealed class ScratchPostgres : IAsyncDisposable
{
    private readonly EmbeddedPostgres server;
    private readonly string folder;

    private ScratchPostgres(EmbeddedPostgres server, string folder) => (this.server, this.folder) = (server, folder);

    public string ConnectionString => server.ConnectionString;

    /// <summary>The folder of the server's data, with its <c>postmaster.pid</c>.</summary>
    public string Folder => Path.Combine(folder, "cluster");

    public static async Task<ScratchPostgres> StartAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"ingest-scratch-{Environment.ProcessId}");
        var options = new EmbeddedPostgresOptions
        {
            DataDirectory = folder,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["max_connections"] = "100",
                ["shared_buffers"] = "512MB",
                ["max_wal_size"] = "4GB",
            },
        };
        if (await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, CancellationToken.None) is not EmbeddedStart.Started started)
            throw new InvalidOperationException("No PostgreSQL could be started.");
        var scratch = new ScratchPostgres(started.Postgres, folder);
        await using var database = scratch.Open();
        if (await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, CancellationToken.None) is MigrationResult.Refused refused)
            throw new InvalidOperationException(refused.Reason);
        return scratch;
    }

    public Database Open() => new(ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
