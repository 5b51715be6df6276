using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Npgsql;

namespace Ingest.Worker.Storage.Ledger;

/// <summary>How far the replica that is read from is behind.</summary>
internal static class ReplicaLag
{
    // A database that writes nothing has nothing new to tell: then the last thing told is old, and the replica is behind all the same by nothing.
    private const string Written = "select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint, (select system_identifier from pg_control_system())";

    private const string Replayed = """
        select pg_is_in_recovery(), (select system_identifier from pg_control_system()), (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint,
          extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8
        """;

    /// <summary>As facts of <c>status</c> and <c>database info</c>; none where nothing is read from a replica. One that is away is a fact as well.</summary>
    public static async Task<IReadOnlyList<StatusFact>> FactsAsync(ReadingDatabase reading, CancellationToken ct)
    {
        if (!reading.IsReplica) return [];
        var (written, identifier) = await reading.Own.ReadAsync((connection, ct) => AskAsync(connection, Written, ReadWritten, ct), ct);
        try
        {
            var replica = await AskAsync(await reading.Door.OpenAsync(ct), Replayed, ReadReplica, ct);
            if (replica.Lsn is not { } lsn || !replica.Follows || replica.Identifier != identifier)
                return [new("reads go to", $"{reading.Door.Name}, which is no standby of this database: nobody knows how far it is behind")];
            var behind = Math.Max(0, written - lsn);
            return
            [
                new("reads go to", reading.Door.Name),
                new("reads are behind (bytes)", behind),
                new("reads are behind (s)", behind == 0 ? 0 : replica.Seconds is { } seconds ? Math.Round(seconds, 1) : null),
            ];
        }
        catch (NpgsqlException error) when (!ct.IsCancellationRequested)
        {
            return [new("reads go to", $"{reading.Door.Name}, which cannot be used: {error.Message.Split('\n')[0]}")];
        }
    }

    private static async Task<T> AskAsync<T>(NpgsqlConnection connection, string text, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var opened = connection;
        return (await connection.LoadAsync(new NpgsqlBatchCommand(text), read, ct))[0];
    }

    private static (long Written, long Identifier) ReadWritten(NpgsqlDataReader row) => (row.GetInt64(0), row.GetInt64(1));

    private static (bool Follows, long Identifier, long? Lsn, double? Seconds) ReadReplica(NpgsqlDataReader row) =>
        (row.GetBoolean(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2), row.IsDBNull(3) ? null : row.GetDouble(3));
}
