using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Hosts;

/// <summary>Hosts that promised to stay with https, as every worker and every restart must know.</summary>
internal sealed class HttpsHosts(Database database)
{
    /// <summary>Those of these hosts whose promise holds, and until when.</summary>
    public Task<IReadOnlyList<(string Host, DateTimeOffset Until)>> LoadAsync(IReadOnlyList<string> hosts, DateTimeOffset now, CancellationToken ct) =>
        database.LoadAsync(
            () => new NpgsqlBatchCommand("select host, until from ingest.https_hosts where host = any($1) and until > $2")
                .AddText(hosts, static host => host)
                .Add(now, NpgsqlDbType.TimestampTz),
            static reader => (reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1)),
            ct);

    /// <summary>Notes a promise; one that ends now is taken back.</summary>
    public Task SaveAsync(string host, DateTimeOffset until, DateTimeOffset now, CancellationToken ct) =>
        database.ExecuteAsync(
            () => until <= now
                ? new NpgsqlBatchCommand("delete from ingest.https_hosts where host = $1").Add(host, NpgsqlDbType.Text)
                : new NpgsqlBatchCommand("""
                    insert into ingest.https_hosts (host, until, noted_at) values ($1, $2, $3)
                    on conflict (host) do update set until = excluded.until, noted_at = excluded.noted_at
                    """)
                    .Add(host, NpgsqlDbType.Text)
                    .Add(until, NpgsqlDbType.TimestampTz)
                    .Add(now, NpgsqlDbType.TimestampTz),
            ct);
}
