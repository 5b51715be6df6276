using System.Threading.Tasks;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>Hosts that asked to be left alone, as every worker and every restart must know. A hold that was released by hand ends when it was set: no other does.</summary>
internal sealed class HostHolds(Database database)
{
    /// <summary>Those of these hosts that are still to be left alone or have not answered since they were, and those whose holds were released: not before the time of their release.</summary>
    public Task<IReadOnlyList<HostHold>> LoadAsync(IReadOnlyCollection<string> hosts, DateTimeOffset now, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<HostHold>>(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand(
                    """
                    select host, not_before, status, pause, not_before = set_at from ingest.host_holds
                    where host = any($1) and (not_before > $2 or not_before = set_at or pause is not null) and set_at < $2 + interval '5 minutes'
                    """,
                    connection)
                {
                    Parameters = { new() { Value = hosts.Select(Storable.Text).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }, new() { Value = now.ToUniversalTime() } },
                };
                await using var reader = await command.ExecuteReaderAsync(ct);
                var holds = new List<HostHold>();
                while (await reader.ReadAsync(ct)) holds.Add(Read(reader));
                return holds;
            },
            ct);

    /// <summary>Notes that a host asked to be left alone; of two times the later stays, unless it can only be that of a clock that was wrong.</summary>
    public Task SaveAsync(HostHold hold, DateTimeOffset now, CancellationToken ct) =>
        database.SaveAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand(
                    """
                    insert into ingest.host_holds as h (host, not_before, status, set_at, pause) values ($1, $2, $3, $4, $5)
                    on conflict (host) do update set not_before = excluded.not_before, status = excluded.status, set_at = excluded.set_at, pause = excluded.pause
                      where h.not_before < excluded.not_before or h.set_at > excluded.set_at + interval '5 minutes'
                    """,
                    connection)
                {
                    Parameters =
                    {
                        new() { Value = Storable.Text(hold.Host) }, new() { Value = Storable.Moment(hold.NotBefore) }, new() { Value = hold.Status }, new() { Value = now.ToUniversalTime() },
                        new() { Value = (object?)hold.Pause ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Interval },
                    },
                };
                return await command.ExecuteNonQueryAsync(ct);
            },
            ct);

    /// <summary>Notes that a site answers again, so that its next refusal is its first.</summary>
    public Task EndPauseAsync(string host, CancellationToken ct) =>
        database.SaveAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand("update ingest.host_holds set pause = null where host = $1 and pause is not null", connection) { Parameters = { new() { Value = Storable.Text(host) } } };
                return await command.ExecuteNonQueryAsync(ct);
            },
            ct);

    // A pause that was written by hand may be of months, which are no time span.
    private static HostHold Read(NpgsqlDataReader reader) => new(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt32(2))
    {
        Pause = reader.IsDBNull(3) || reader.GetFieldValue<NpgsqlInterval>(3) is not { Months: 0 } pause ? null : TimeSpan.FromDays(pause.Days) + TimeSpan.FromMicroseconds(pause.Time),
        IsReleased = reader.GetBoolean(4),
    };
}
