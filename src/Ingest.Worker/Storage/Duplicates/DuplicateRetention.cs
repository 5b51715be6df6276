using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;

namespace Ingest.Worker.Storage.Duplicates;

/// <summary>Takes rows out of the index of near-duplicates that are past its window and answer nothing any more.</summary>
internal sealed class DuplicateRetention(Database database, DuplicatesOptions options)
{
    private const int RowsAtATime = 20_000;

    /// <summary>Trims, some rows a transaction.</summary>
    /// <returns>How many rows went.</returns>
    public async Task<long> TrimAsync(DateTimeOffset now, CancellationToken ct)
    {
        var oldest = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-options.WindowDays);
        var trimmed = 0L;
        while (true)
        {
            var rows = await database.ReadAsync((connection, ct) => DuplicateReader.TrimAsync(connection, oldest, RowsAtATime, ct), ct);
            trimmed += rows;
            if (rows < RowsAtATime) return trimmed;
        }
    }
}
