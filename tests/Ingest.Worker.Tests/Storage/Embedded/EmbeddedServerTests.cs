using System.Globalization;
using System.Runtime.Versioning;
using Ingest.PostgreSql.Embedded;
using Npgsql;

namespace Ingest.Worker.Tests.Storage.Embedded;

/// <summary>Starts servers in a folder of its own.</summary>
[UnsupportedOSPlatform("windows")]
public abstract class EmbeddedServerTests : IDisposable
{
    private protected readonly string folder = ClusterSeed.CreateFolder();
    private protected readonly List<string> log = [];

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected string PidFile => Path.Combine(folder, "cluster", "postmaster.pid");

    private protected Task<EmbeddedStart> StartAsync(EmbeddedPostgresOptions options)
    {
        options.Settings["fsync"] = "off";
        return EmbeddedPostgres.StartAsync(options, new ListLogger(log), TimeProvider.System, Ct);
    }

    private protected Task<EmbeddedPostgres> StartedAsync() => StartedAsync(new EmbeddedPostgresOptions { DataDirectory = folder });

    private protected async Task<EmbeddedPostgres> StartedAsync(EmbeddedPostgresOptions options)
    {
        var start = await StartAsync(options);
        (start as EmbeddedStart.Unavailable)?.Reason.ShouldBeNull();
        return start.ShouldBeOfType<EmbeddedStart.Started>().Postgres;
    }

    private protected static async Task<string> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return (await command.ExecuteScalarAsync(Ct)).ShouldBeOfType<string>();
    }

    private protected static async Task<int> PostmasterPidAsync(string connectionString) =>
        int.Parse(await ScalarAsync(connectionString, "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"), CultureInfo.InvariantCulture);
}
