using System.Threading.Tasks;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>A host that stays with https.</summary>
internal sealed record HttpsHost(string Host, DateTimeOffset Until);

/// <summary>Hosts that promised to stay with https, as every worker and every restart must know.</summary>
internal sealed class HttpsHosts(Database database)
{
    /// <summary>Those of these hosts whose promise holds.</summary>
    public Task<IReadOnlyList<HttpsHost>> LoadAsync(IReadOnlyCollection<string> hosts, DateTimeOffset now, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<HttpsHost>>(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand("select host, until from ingest.https_hosts where host = any($1) and until > $2", connection)
                {
                    Parameters = { new() { Value = hosts.Select(Storable.Text).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }, new() { Value = now.ToUniversalTime() } },
                };
                await using var reader = await command.ExecuteReaderAsync(ct);
                var found = new List<HttpsHost>();
                while (await reader.ReadAsync(ct)) found.Add(new HttpsHost(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1)));
                return found;
            },
            ct);

    /// <summary>Notes a promise; one that ends now is taken back.</summary>
    public Task SaveAsync(HttpsHost host, DateTimeOffset now, CancellationToken ct) =>
        database.SaveAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand(
                    host.Until <= now
                        ? "delete from ingest.https_hosts where host = $1 and $2 >= $3"
                        : "insert into ingest.https_hosts (host, until, noted_at) values ($1, $2, $3) on conflict (host) do update set until = excluded.until, noted_at = excluded.noted_at",
                    connection)
                {
                    Parameters = { new() { Value = Storable.Text(host.Host) }, new() { Value = Storable.Moment(host.Until <= now ? now : host.Until) }, new() { Value = now.ToUniversalTime() } },
                };
                return await command.ExecuteNonQueryAsync(ct);
            },
            ct);
}
