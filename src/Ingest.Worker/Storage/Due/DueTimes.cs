using System.Threading.Tasks;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Due;

/// <summary>How long plans wait at most.</summary>
/// <param name="Source">From one poll of a source without a schedule to the next.</param>
/// <param name="FirstPage">Until a page is first fetched again.</param>
/// <param name="LongestPage">Between any two fetches of a page.</param>
internal sealed record PlausibleWaits(TimeSpan Source, TimeSpan FirstPage, TimeSpan LongestPage);

/// <summary>Puts due times right that an outage or a wrong clock has put wrong.</summary>
internal sealed class DueTimes(Database database)
{
    // Words by which a source that was spread is known: it is spread once, and then takes its turn however late it is.
    private const string Spread = "overdue after an outage, spread";

    // Clocks of workers that share a database may be apart by seconds.
    private const string Ahead = "interval '30 seconds'";

    // By hand means now; a spread ends within its window.
    private const string SourcesText = $"""
        with wrong as (
          select id, greatest(last_polled_at, updated_at) - $2 as ahead from ingest.sources
          where state in ('active', 'gone') and slot = any($1)
            and (greatest(last_polled_at, updated_at) > $2 + {Ahead}
                 or next_poll_reason in ('resumed by hand', 'asked for by hand', 'hold released by hand') and next_poll_at > $2 + {Ahead}
                 or next_poll_reason = $3 and next_poll_at > $2 + $4 + {Ahead}
                 or schedule is null and next_poll_at > $2 + 1.2 * greatest($5, poll_interval, adaptive_interval)))
        update ingest.sources s set
          next_poll_at = case when wrong.ahead > {Ahead} then next_poll_at - wrong.ahead else $2 end,
          last_polled_at = least(last_polled_at, $2), last_success_at = least(last_success_at, $2), last_full_at = least(last_full_at, $2),
          last_news_at = least(last_news_at, $2), newest_entry_at = least(newest_entry_at, $2),
          silent_since = least(silent_since, $2), moved_since = least(moved_since, $2),
          updated_at = least(updated_at, $2)
        from wrong where s.id = wrong.id
        """;

    private const string PagesText = $"""
        update ingest.page_queue set
          next_attempt_at = least(next_attempt_at - greatest(queued_at - $2, '0'), $2 + least($4, $3 * power(2, least(attempts, 20)))),
          queued_at = least(queued_at, $2)
        where state = 'waiting' and slot = any($1) and next_attempt_at > $2
          and (queued_at > $2 + {Ahead} or next_attempt_at > $2 + {Ahead} + least($4, $3 * power(2, least(attempts, 20))))
        """;

    private const string HoldsText = $"""
        with wrong as (select host from ingest.host_holds where set_at > $1 + {Ahead} order by host for update skip locked)
        update ingest.host_holds h set not_before = not_before - (set_at - $1), set_at = $1 from wrong where h.host = wrong.host
        """;

    /// <summary>Spreads the overdue sources of some slots from now on, those that are polled most often first.</summary>
    /// <returns>How many were spread.</returns>
    public Task<int> SpreadAsync(IReadOnlyList<short> slots, int partitions, DateTimeOffset now, CancellationToken ct) =>
        database.SaveAsync(
            async (connection, ct) =>
            {
                const string Overdue = "state = 'active' and slot = any($1) and next_poll_at < $2 and last_polled_at is not null and next_poll_reason <> $3";
                var late = now - OverdueSpread.After;
                var count = Command($"select count(*)::int from ingest.sources where {Overdue}", slots, late);
                if (await connection.LoadAsync(count, static reader => reader.GetInt32(0), ct) is not [> 0 and var overdue]) return 0;
                var spread = Command(
                    $"""
                    with late as (
                      select id, percent_rank() over (order by coalesce(poll_interval, adaptive_interval, '1 day'), hashint4(id)) as place
                      from ingest.sources where {Overdue})
                    update ingest.sources s set next_poll_at = $4 + late.place * $5, next_poll_reason = $3 from late where s.id = late.id
                    """,
                    slots,
                    late);
                spread.Add(now, NpgsqlDbType.TimestampTz).Add(OverdueSpread.Window(overdue, partitions), NpgsqlDbType.Interval);
                return await connection.ExecuteAsync([spread], ct);
            },
            ct);

    /// <summary>
    /// Pulls back what a clock that was ahead has planned: sources, pages and hosts' holds that were written in the future are due as long from now as they
    /// were from then, and nothing is waited for longer than any plan does. A page that is tried too soon finds its host's hold in force.
    /// </summary>
    /// <returns>How many rows were put right.</returns>
    public Task<int> PullBackAsync(IReadOnlyList<short> slots, PlausibleWaits waits, DateTimeOffset now, CancellationToken ct) =>
        database.SaveAsync(
            (connection, ct) => connection.ExecuteAsync(
                [
                    Command(SourcesText, slots, now)
                        .Add(OverdueSpread.Longest, NpgsqlDbType.Interval)
                        .Add(waits.Source, NpgsqlDbType.Interval),
                    new NpgsqlBatchCommand(PagesText)
                        .Add(slots, NpgsqlDbType.Smallint, static slot => slot)
                        .Add(now, NpgsqlDbType.TimestampTz)
                        .Add(waits.FirstPage, NpgsqlDbType.Interval)
                        .Add(waits.LongestPage, NpgsqlDbType.Interval),
                    new NpgsqlBatchCommand(HoldsText).Add(now, NpgsqlDbType.TimestampTz),
                ],
                ct),
            ct);

    private static NpgsqlBatchCommand Command(string text, IReadOnlyList<short> slots, DateTimeOffset time) => new NpgsqlBatchCommand(text)
        .Add(slots, NpgsqlDbType.Smallint, static slot => slot)
        .Add(time, NpgsqlDbType.TimestampTz)
        .Add(Spread, NpgsqlDbType.Text);
}
