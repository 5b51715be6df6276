using System.Threading.Tasks;
using Ingest.Worker.Sources;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>Puts due times right that an outage or a wrong clock has put wrong.</summary>
internal sealed class DueTimes(Database database)
{
    // Words by which a source that was spread is known: it is spread once, and then takes its turn however late it is.
    private const string Spread = "overdue after an outage, spread";

    /// <summary>Spreads the overdue sources of some slots from now on, those that are polled most often first.</summary>
    /// <returns>How many were spread.</returns>
    public Task<int> SpreadAsync(IReadOnlyList<short> slots, int partitions, DateTimeOffset now, CancellationToken ct) =>
        database.SaveAsync(
            async (connection, ct) =>
            {
                const string Overdue = "state = 'active' and slot = any($1) and next_poll_at < $2 and last_polled_at is not null and next_poll_reason <> $3";
                await using var count = Command(connection, $"select count(*)::int from ingest.sources where {Overdue}", slots, now - OverdueSpread.After);
                if (await count.ExecuteScalarAsync(ct) is not int overdue || overdue == 0) return 0;
                await using var spread = Command(
                    connection,
                    $"""
                    with late as (
                      select id, percent_rank() over (order by coalesce(poll_interval, adaptive_interval, '1 day'), hashint4(id)) as place
                      from ingest.sources where {Overdue})
                    update ingest.sources s set next_poll_at = $4 + late.place * $5, next_poll_reason = $3 from late where s.id = late.id
                    """,
                    slots,
                    now - OverdueSpread.After);
                spread.Parameters.Add(new NpgsqlParameter { Value = now.ToUniversalTime() });
                spread.Parameters.Add(new NpgsqlParameter { Value = OverdueSpread.Window(overdue, partitions), NpgsqlDbType = NpgsqlDbType.Interval });
                return await spread.ExecuteNonQueryAsync(ct);
            },
            ct);

    /// <summary>
    /// Pulls back what a clock that was ahead has planned: sources last polled in the future are due as long from now as they were from then, and no page is
    /// waited for longer than any retry takes.
    /// </summary>
    /// <returns>How many rows were put right.</returns>
    public Task<int> PullBackAsync(IReadOnlyList<short> slots, DateTimeOffset now, CancellationToken ct) =>
        database.SaveAsync(
            async (connection, ct) =>
            {
                await using var sources = Command(
                    connection,
                    """
                    update ingest.sources set
                      next_poll_at = next_poll_at - (last_polled_at - $2), last_polled_at = $2, last_success_at = least(last_success_at, $2), last_full_at = least(last_full_at, $2),
                      last_news_at = least(last_news_at, $2), newest_entry_at = least(newest_entry_at, $2), silent_since = least(silent_since, $2), moved_since = least(moved_since, $2)
                    where state in ('active', 'gone') and slot = any($1) and last_polled_at > $2 + interval '5 minutes' and $3::text is not null
                    """,
                    slots,
                    now);
                var put = await sources.ExecuteNonQueryAsync(ct);
                await using var pages = Command(
                    connection,
                    "update ingest.page_queue set next_attempt_at = $2 where state = 'waiting' and slot = any($1) and next_attempt_at > $2 + interval '40 days' and $3::text is not null",
                    slots,
                    now);
                return put + await pages.ExecuteNonQueryAsync(ct);
            },
            ct);

    private static NpgsqlCommand Command(NpgsqlConnection connection, string text, IReadOnlyList<short> slots, DateTimeOffset time) => new(text, connection)
    {
        Parameters =
        {
            new() { Value = slots.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint },
            new() { Value = time.ToUniversalTime() },
            new() { Value = Spread },
        },
    };
}
