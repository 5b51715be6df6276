using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Npgsql;

namespace Ingest.Worker.Storage.Cluster;

/// <summary>How a service has a database.</summary>
internal abstract record ServiceHold
{
    private ServiceHold()
    {
    }

    /// <summary>It may work.</summary>
    internal sealed record Held : ServiceHold;

    /// <summary>Another service works there.</summary>
    /// <param name="By">Its machine and process.</param>
    internal sealed record Refused(string By) : ServiceHold;
}

/// <summary>
/// One service alone works with a database, unless all that do share their schedule. It is a lock of a session, so that it ends with the process however that
/// ends, and with the machine a moment later. Commands beside a service need none.
/// </summary>
internal sealed class ServiceLock(Database database, TimeProvider time) : IAsyncDisposable
{
    // "ingest" and a number of its own; see the migrator's.
    private const long Key = 0x696E67657375;

    private const string NamePrefix = "ingest-worker ";

    // PostgreSQL cuts names at 63 bytes.
    private const int LongestName = 63;

    // A server may keep the session of a process that was just killed for a moment.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // That of a machine that was cut off for longer. Ours is known by its name.
    private static readonly TimeSpan PatienceWithOwn = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    private readonly string name = Name();
    private NpgsqlDataSource? source;
    private NpgsqlConnection? connection;

    /// <summary>Whether a lock that was refused is held by an earlier session of this process, or of one before it with the same name.</summary>
    public bool IsOwn(ServiceHold.Refused refused) => NamePrefix + refused.By == name;

    /// <summary>Takes the lock, or renews it; waits for one that may be about to end.</summary>
    /// <param name="shared">Whether the service shares its schedule with others.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<ServiceHold> TakeAsync(bool shared, CancellationToken ct)
    {
        if (connection is not null && await IsAliveAsync(ct)) return new ServiceHold.Held();
        await DropAsync();
        source = database.CreateLockSource(name);
        connection = await source.OpenConnectionAsync(ct);
        for (var since = time.GetTimestamp(); ; await Task.Delay(AskEvery, time, ct))
        {
            if (await ScalarAsync(shared ? "select pg_try_advisory_lock_shared($1)" : "select pg_try_advisory_lock($1)", ct) is true)
                return new ServiceHold.Held();
            if (time.GetElapsedTime(since) < Patience) continue;
            var refused = new ServiceHold.Refused(await HolderAsync(ct) ?? "that does not say its name");
            if (IsOwn(refused) && time.GetElapsedTime(since) < PatienceWithOwn) continue;
            await DropAsync();
            return refused;
        }
    }

    public async ValueTask DisposeAsync() => await DropAsync();

    private static string Name()
    {
        var process = string.Create(CultureInfo.InvariantCulture, $":{Environment.ProcessId}");
        var room = LongestName - NamePrefix.Length - process.Length;
        var machine = new string([.. Environment.MachineName.Where(char.IsAscii).Take(room)]);
        return NamePrefix + machine + process;
    }

    private async Task<bool> IsAliveAsync(CancellationToken ct)
    {
        try
        {
            return await ScalarAsync("select $1::bigint is not null", ct) is true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task<string?> HolderAsync(CancellationToken ct) => await ScalarAsync(
        """
        select substr(a.application_name, 15) from pg_locks l join pg_stat_activity a using (pid)
        where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database()) and l.granted and l.objsubid = 1
          and (l.classid::bigint << 32 | l.objid::bigint) = $1
        limit 1
        """,
        ct) as string;

    private async Task<object?> ScalarAsync(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = Key } } };
        return await command.ExecuteScalarAsync(ct);
    }

    private async Task DropAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
        if (source is not null) await source.DisposeAsync();
        (connection, source) = (null, null);
    }
}
