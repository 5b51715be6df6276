using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Hosts;

/// <summary>
/// Hosts that asked to be left alone, as every worker and every restart must know. A hold that was released by hand ends when it was set: no other does.
/// </summary>
internal sealed class HostHolds(Database database)
{
    /// <summary>
    /// Those of these hosts that are still to be left alone or have not answered since they were, and those whose holds were released: not before the time of
    /// their release.
    /// </summary>
    public Task<IReadOnlyList<HostHold>> LoadAsync(IReadOnlyList<string> hosts, DateTimeOffset now, CancellationToken ct) =>
        database.LoadAsync(
            () => new NpgsqlBatchCommand("""
                select host, not_before, status, pause, not_before = set_at from ingest.host_holds
                where host = any($1) and (not_before > $2 or not_before = set_at or pause is not null) and set_at < $2 + interval '5 minutes'
                """)
                .AddText(hosts, static host => host)
                .Add(now, NpgsqlDbType.TimestampTz),
            Read,
            ct);

    /// <summary>Notes that a host asked to be left alone; of two times the later stays, unless it can only be that of a clock that was wrong.</summary>
    public Task SaveAsync(HostHold hold, DateTimeOffset now, CancellationToken ct) =>
        database.ExecuteAsync(
            () => new NpgsqlBatchCommand("""
                insert into ingest.host_holds as h (host, not_before, status, set_at, pause) values ($1, $2, $3, $4, $5)
                on conflict (host) do update set not_before = excluded.not_before, status = excluded.status, set_at = excluded.set_at, pause = excluded.pause
                   where h.not_before < excluded.not_before or h.set_at > excluded.set_at + interval '5 minutes'
                """)
                .Add(hold.Host, NpgsqlDbType.Text)
                .Add(hold.NotBefore, NpgsqlDbType.TimestampTz)
                .Add(hold.Status, NpgsqlDbType.Integer)
                .Add(now, NpgsqlDbType.TimestampTz)
                .Add(hold.Pause, NpgsqlDbType.Interval),
            ct);

    /// <summary>Notes that a site answers again, so that its next refusal is its first.</summary>
    public Task EndPauseAsync(string host, CancellationToken ct) =>
        database.ExecuteAsync(
            () => new NpgsqlBatchCommand("update ingest.host_holds set pause = null where host = $1 and pause is not null").Add(host, NpgsqlDbType.Text), ct);

    // A pause that was written by hand may be of months, which are no time span.
    private static HostHold Read(NpgsqlDataReader reader) => new(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt32(2))
    {
        Pause = reader.IsDBNull(3) || reader.GetFieldValue<NpgsqlInterval>(3) is not { Months: 0 } pause
            ? null
            : TimeSpan.FromDays(pause.Days) + TimeSpan.FromMicroseconds(pause.Time),
        IsReleased = reader.GetBoolean(4),
    };
}
