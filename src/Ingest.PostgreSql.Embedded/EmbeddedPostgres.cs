using System.IO;
using System.Threading.Tasks;
using Ingest.PostgreSql.Embedded.Server;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ingest.PostgreSql.Embedded;

/// <summary>A PostgreSQL of the worker's own, for machines without a database: found, set up, started, and stopped with the worker however it ends.</summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Postmaster server;
    private readonly FileStream folderLock;
    private readonly TimeSpan stopTimeout;
    private readonly ServerLog log;
    private readonly TimeProvider time;
    private readonly Task watch;
    private volatile bool stopping;

    private EmbeddedPostgres(string connectionString, Postmaster server, FileStream folderLock, TimeSpan stopTimeout, ServerLog log, TimeProvider time)
    {
        ConnectionString = connectionString;
        this.server = server;
        this.folderLock = folderLock;
        this.stopTimeout = stopTimeout;
        this.log = log;
        this.time = time;
        watch = WatchAsync();
    }

    /// <summary>Of the database <c>ingest</c>, as its superuser. Names the password's file instead of holding the password.</summary>
    public string ConnectionString { get; }

    /// <summary>Ends when the server does; a worker whose database exited unexpectedly should stop too.</summary>
    public Task Exited => server.Exited;

    /// <summary>Starts it on the configured data directory, which is made at the first start. One worker at a time has a directory.</summary>
    public static async Task<EmbeddedStart> StartAsync(EmbeddedPostgresOptions options, ILogger logger, TimeProvider time, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
            return new EmbeddedStart.Unavailable(
                "The embedded PostgreSQL needs Linux or macOS. On Windows set ConnectionStrings:Ingest to a database you run.");

        ForgetOtherServers();
        var folder = DataFolder.For(options);
        var since = time.GetTimestamp();
        try
        {
            while (true)
            {
                if (folder.TryLock() is { } folderLock) return await StartLockedAsync(folder, folderLock, options, new ServerLog(logger), time, ct);

                // The other worker may only be starting, or about to end.
                if (PostmasterFile.Read(folder.Cluster) is { IsReady: true } running
                    && ServerAddress.ConnectionString(running, folder, ServerAddress.Database) is var connection && await HasDatabaseAsync(connection, ct))
                {
                    return new EmbeddedStart.InUse(
                        connection,
                        $"Another worker (process {folder.LockHolder()}) runs on {folder.Root}: stop it, "
                            + $"or set {EmbeddedPostgresOptions.Section}:DataDirectory to another folder.");
                }

                if (time.GetElapsedTime(since) > options.StartTimeout)
                    return new EmbeddedStart.Unavailable(
                        $"Another worker (process {folder.LockHolder()}) holds {folder.Root}, and its PostgreSQL is not ready.");
                await Task.Delay(Pause, time, ct);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new EmbeddedStart.Unavailable(
                $"The data directory {folder.Root} cannot be used: {e.Message} Set {EmbeddedPostgresOptions.Section}:DataDirectory to a folder this "
                    + "user may write, "
                + "or ConnectionStrings:Ingest to a database you run.");
        }
    }

    /// <summary>A fast shutdown, an immediate one when it takes longer than <see cref="EmbeddedPostgresOptions.StopTimeout"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopping) return;
        stopping = true;
        log.Stopping();
        await server.StopAsync(stopTimeout, log, time);
        await watch;
        server.Dispose();
        await folderLock.DisposeAsync();
        log.Stopped();
    }

    // They are of another server, and Npgsql would take them before what we say.
    private static void ForgetOtherServers()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys
            .Cast<string>()
            .Where(static name => name.StartsWith("PG", StringComparison.Ordinal))
            .ToList())
            Environment.SetEnvironmentVariable(name, null);
    }

    private static async Task<EmbeddedStart> StartLockedAsync(
        DataFolder folder, FileStream folderLock, EmbeddedPostgresOptions options, ServerLog log, TimeProvider time, CancellationToken ct)
    {
        Postmaster? starting = null;
        var started = false;
        try
        {
            if (ServerAccount.Choose() is not { } account) return new EmbeddedStart.Unavailable(ServerAccount.NoneForRoot);
            var (major, unusable) = ClusterSetup.Look(folder);
            if (unusable is not null) return new EmbeddedStart.Unavailable(unusable);
            var search = await PostgresSearch.LookAsync(PostgresSearch.PlacesFor(options.BinDirectory), ct);
            if (search.Newest(major) is not { } binaries) return new EmbeddedStart.Unavailable(search.Explain(major));
            if (await PrepareAsync(folder, binaries, account, major is null, options, log, time, ct) is { } fault) return new EmbeddedStart.Unavailable(fault);

            starting = Postmaster.Start(binaries, account, folder.Cluster, ServerAddress.Settings(folder, options), log);
            if (await starting.WaitUntilReadyAsync(folder.Cluster, options.StartTimeout, time, ct) is not { } ready)
            {
                await starting.StopAsync(options.StopTimeout, log, time);
                return new EmbeddedStart.Unavailable(
                    $"PostgreSQL {binaries.Version} of {binaries.Folder} did not start on {folder.Cluster}: {starting.LastWords}");
            }

            await CreateDatabaseAsync(ServerAddress.ConnectionString(ready, folder, "postgres"), ct);
            log.Ready(binaries.Version, binaries.Folder, folder.Cluster);
            started = true;
            return new EmbeddedStart.Started(new EmbeddedPostgres(
                ServerAddress.ConnectionString(ready, folder, ServerAddress.Database), starting, folderLock, options.StopTimeout, log, time));
        }
        catch (NpgsqlException e)
        {
            return new EmbeddedStart.Unavailable(
                $"PostgreSQL runs on {folder.Cluster}, but could not be used with the password of {folder.PassFile}: {e.Message}");
        }
        finally
        {
            if (!started)
            {
                if (starting is not null) await starting.StopAsync(options.StopTimeout, log, time);
                starting?.Dispose();
                await folderLock.DisposeAsync();
            }
        }
    }

    /// <summary>Folders, the cluster, and nobody else on it. Null, or what went wrong.</summary>
    private static async Task<string?> PrepareAsync(
        DataFolder folder, PostgresBinaries binaries, ServerAccount account, bool isNew, EmbeddedPostgresOptions options, ServerLog log, TimeProvider time,
        CancellationToken ct)
    {
        if (await account.ReachAsync(folder.Root, ct) is { } unreachable) return unreachable;
        if (await account.CreateFolderAsync(folder.Run, ct) is { } fault) return fault;
        if (!isNew) return PassFile.Check(folder.PassFile) ?? await PostmasterFile.ReleaseAsync(folder, account, options.StopTimeout, log, time, ct);
        log.Initializing(binaries.Version, folder.Cluster);
        var durable = !options.Settings.TryGetValue("fsync", out var fsync) || fsync != "off";
        return await ClusterSetup.CreateAsync(folder, binaries, account, durable, ct);
    }

    // A new server runs for a moment before its worker has made the database; whatever else is wrong, the caller will be told.
    private static async Task<bool> HasDatabaseAsync(string connectionString, CancellationToken ct)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var connection = await source.OpenConnectionAsync(ct);
            return true;
        }
        catch (NpgsqlException e)
        {
            return e is not PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName };
        }
    }

    private static async Task CreateDatabaseAsync(string connectionString, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var exists = source.CreateCommand($"select 1 from pg_database where datname = '{ServerAddress.Database}'");
        if (await exists.ExecuteScalarAsync(ct) is not null) return;
        await using var create = source.CreateCommand($"create database {ServerAddress.Database}");
        await create.ExecuteNonQueryAsync(ct);
    }

    private async Task WatchAsync()
    {
        var exitCode = await server.Exited;
        if (!stopping) log.EndedByItself(exitCode, server.LastWords);
    }
}
