using System.Threading.Tasks;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>Keeps the ledger from growing for ever.</summary>
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
        long trimmed = 0;
        while (true)
        {
            var count = await database.SaveAsync(
                async (connection, ct) =>
                {
                    await using var command = new NpgsqlCommand("delete from ingest.fetches where id in (select id from ingest.fetches where id < $1 order by id limit $2)", connection)
                    {
                        Parameters = { new() { Value = bound, NpgsqlDbType = NpgsqlDbType.Uuid }, new() { Value = RowsAtATime } },
                    };
                    return await command.ExecuteNonQueryAsync(ct);
                },
                ct);
            trimmed += count;
            if (count < RowsAtATime) break;
        }

        // Refusals of entries and pages are dated by their last time; those of stored articles stay for as long as these cannot be worked on.
        await database.SaveAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand("delete from ingest.refusals where work in ('visit', 'page') and last_at < $1", connection) { Parameters = { new() { Value = before.ToUniversalTime() } } };
                return await command.ExecuteNonQueryAsync(ct);
            },
            ct);
        await database.SaveAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand("delete from ingest.https_hosts where until < $1", connection) { Parameters = { new() { Value = before.ToUniversalTime() } } };
                return await command.ExecuteNonQueryAsync(ct);
            },
            ct);
        return trimmed;
    }
}
