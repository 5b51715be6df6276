using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Npgsql;

namespace Ingest.Worker.Storage.Ledger;

/// <summary>One fact of the worker's state.</summary>
internal sealed record StatusFact(string Name, object? Value);

/// <summary>The state of the whole ingestion in a few numbers.</summary>
internal sealed class StatusStore(Database database)
{
    public Task<IReadOnlyList<StatusFact>> LoadAsync(DateTimeOffset now, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<StatusFact>>(
            async (connection, ct) =>
            {
                // An article changes no earlier than it is seen; and the day of its change is indexed. Ids of fetches sort by time.
                await using var command = new NpgsqlCommand(
                    """
                    select
                      (select count(*) from ingest.sources where state = 'active') as "active sources",
                      (select count(*) from ingest.sources where state = 'active' and last_error is not null) as "failing sources",
                      (select count(*) from ingest.sources where state not in ('active')) as "paused, disabled or gone sources",
                      (select count(*) from ingest.sources where state = 'active' and last_error is null
                        and silent_from <= last_success_at) as "silent sources",
                      (select count(*) from ingest.sources s join ingest.source_drift d on d.source_id = s.id
                        where s.state = 'active' and d.kinds <> '{}') as "sources whose articles drift",
                      (select count(*) from ingest.sources where state = 'active' and interval_ceiling is not null) as "sources missing entries",
                      (select count(*) from ingest.sources where state = 'active' and next_poll_at <= $1) as "sources due now",
                      (select extract(epoch from $1 - min(next_poll_at))::float8 from ingest.sources where state = 'active'
                        and next_poll_at <= $1) as "longest due for (s)",
                      (select count(*) from ingest.page_queue where state = 'waiting') as "pages waiting",
                      (select count(*) from ingest.page_queue where state <> 'waiting') as "pages failed or rejected",
                      (select count(*) from ingest.articles) as "articles",
                      (select count(*) from ingest.articles where first_seen_at > $1 - interval '24 hours'
                        and (updated_on >= ($1 - interval '24 hours')::date or updated_on is null)) as "articles of the last 24 h",
                      (select count(*) from ingest.fetches where id >= ingest.fetch_id($1 - interval '24 hours')) as "fetches of the last 24 h",
                      (select count(*) from ingest.fetches where id >= ingest.fetch_id($1 - interval '24 hours')
                        and failure is not null) as "failed fetches of the last 24 h",
                      (select percentile_disc(0.99) within group (order by extract(epoch from started_at - due_at)::float8) from ingest.fetches
                        where id >= ingest.fetch_id($1 - interval '1 hour') and kind = 'feed' and due_at is not null)
                        as "99 of 100 visits of the last hour late by at most (s)",
                      (select count(*) from ingest.refusals) as "refused rows and articles",
                      (select started_at from ingest.fetches order by id desc limit 1) as "last fetch"
                    """,
                    connection)
                {
                    Parameters = { new() { Value = now.ToUniversalTime() } },
                };
                var facts = await FactsAsync(command, ct);
                return [.. facts, .. await HookStatus.LoadAsync(connection, ct), .. (await ChangeBacklog.LoadAsync(connection, ct)).Facts(now)];
            },
            ct);

    private static async Task<IReadOnlyList<StatusFact>> FactsAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => new StatusFact(reader.GetName(i), Value(reader, i)))];
    }

    private static object? Value(NpgsqlDataReader reader, int at) =>
        reader.IsDBNull(at) ? null : reader.GetValue(at) is DateTime time ? new DateTimeOffset(time, TimeSpan.Zero) : reader.GetValue(at);
}
