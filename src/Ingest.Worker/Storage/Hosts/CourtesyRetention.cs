using System.Threading.Tasks;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Hosts;

/// <summary>Bounds what is kept to spare publishers requests: names of hosts and pages cost nothing, so there may be any number of them.</summary>
internal sealed class CourtesyRetention(Database database)
{
    private const int RowsAtATime = 5_000;
    private const int MostRobots = 100_000;
    private const long MostRobotsBytes = 256L << 20;

    // A copy counts while its site is out of reach, and a site that never answered is free after 30 days: these must be remembered.
    private const string RobotsKept = "interval '60 days'";

    /// <summary>
    /// Deletes validators that are sent no more, and copies of robots.txt that nobody asked about for long or that are too many, the longest unasked first.
    /// </summary>
    /// <returns>How many rows went.</returns>
    public async Task<long> TrimAsync(DateTimeOffset now, CancellationToken ct)
    {
        var trimmed = 0L;
        for (var rows = RowsAtATime; rows == RowsAtATime; trimmed += rows)
        {
            rows = await ExecuteAsync(
                $"""
                delete from ingest.page_validators where article_key = any(array(
                  select article_key from ingest.page_validators where read_at <= $1 limit {RowsAtATime}))
                """,
                now - PageValidators.Kept,
                ct);
        }

        return trimmed + await ExecuteAsync(
            $"""
            delete from ingest.robots_files r using (
              select origin, row_number() over newest as n, sum(200 + coalesce(octet_length(body), 0)) over newest as bytes, checked_at
              from ingest.robots_files window newest as (order by checked_at desc)) o
            where r.origin = o.origin and (o.n > {MostRobots} or o.bytes > {MostRobotsBytes} or o.checked_at <= $1 - {RobotsKept})
            """,
            now,
            ct);
    }

    private Task<int> ExecuteAsync(FormattableString statement, DateTimeOffset now, CancellationToken ct) =>
        database.ExecuteAsync(() => new NpgsqlBatchCommand(FormattableString.Invariant(statement)).Add(now, NpgsqlDbType.TimestampTz), ct);
}
