using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Ledger;

/// <summary>Keeps the ledger from growing forever.</summary>
internal sealed class LedgerRetention(Database database)
{
    // Small enough that neither locks nor dead rows pile up.
    private const int RowsAtATime = 5_000;

    /// <summary>Deletes lines of fetches that began before a time, some thousands a transaction; what is deleted when it is cancelled stays deleted.</summary>
    /// <returns>How many.</returns>
    public async Task<long> TrimAsync(DateTimeOffset before, CancellationToken ct)
    {
        // Ids of version 7 sort by time, so the primary key finds the old ones.
        var bound = Guid.CreateVersion7(before);
        var trimmed = 0L;
        for (var rows = RowsAtATime; rows == RowsAtATime; trimmed += rows)
        {
            rows = await database.ExecuteAsync(
                () => new NpgsqlBatchCommand("delete from ingest.fetches where id in (select id from ingest.fetches where id < $1 order by id limit $2)")
                    .Add(bound, NpgsqlDbType.Uuid)
                    .Add(RowsAtATime, NpgsqlDbType.Integer),
                ct);
        }

        // Refusals of entries and pages are dated by their last time; those of stored articles stay for as long as these cannot be worked on.
        await database.ExecuteAsync(
            () => new NpgsqlBatchCommand("delete from ingest.refusals where work in ('visit', 'page') and last_at < $1").Add(before, NpgsqlDbType.TimestampTz),
            ct);
        await database.ExecuteAsync(() => new NpgsqlBatchCommand("delete from ingest.https_hosts where until < $1").Add(before, NpgsqlDbType.TimestampTz), ct);
        return trimmed;
    }
}
