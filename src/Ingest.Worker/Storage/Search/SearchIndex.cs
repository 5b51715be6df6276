using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Values;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Search;

/// <summary>
/// Brings the full-text index up to what the log of changes tells. Writers of articles do not wait for it, and it takes changes in sets, which costs an
/// inverted index a fraction of one at a time. An article that cannot be indexed is skipped and noted; another version of the worker tries it again.
/// </summary>
internal sealed partial class SearchIndex(Database database)
{
    private const int BatchChanges = 2_000;

    // So many in a row are not the articles' fault.
    private const int MostRefusedInARow = 50;

    private long takenSoFar;

    /// <summary>How many changes have been taken in since this was made.</summary>
    public long Taken => Interlocked.Read(ref takenSoFar);

    private static readonly string Text = SqlFile.Read("statements/index_changes.sql");

    /// <summary>Indexes until nothing is left; each batch is a transaction of its own, so that a break loses nothing.</summary>
    /// <param name="scope">With what. Another one than last time begins from the first change.</param>
    /// <param name="ct">Stops between batches.</param>
    /// <returns>How many changes were taken in.</returns>
    public async Task<long> CatchUpAsync(SearchScope scope, CancellationToken ct)
    {
        if (scope == SearchScope.Off)
        {
            await ForgetAsync(ct);
            return 0;
        }

        await database.SaveAsync((connection, ct) => SetScopeAsync(connection, scope, ct), ct);
        await RetryAsync(scope, ct);
        var total = await FollowAsync(scope, ct);
        if (total > 0) await database.SaveAsync(static (connection, ct) => ExecuteAsync(connection, "select ingest.settle_search()", ct), ct);
        return total;
    }

    // A set that PostgreSQL refuses is halved until the article at fault stands alone.
    private async Task<long> FollowAsync(SearchScope scope, CancellationToken ct)
    {
        var (total, limit, refusedInARow) = (0L, BatchChanges, 0);
        while (true)
        {
            try
            {
                var taken = await database.SaveAsync((connection, ct) => IndexAsync(connection, scope, limit, ct), ct);
                total += taken;
                Interlocked.Add(ref takenSoFar, taken);
                if (taken < limit) return total;
                (limit, refusedInARow) = (Math.Min(limit * 2, BatchChanges), 0);
            }
            catch (PostgresException error) when (limit > 1 && DataFault.IsOfStored(error))
            {
                limit /= 2;
            }
            catch (PostgresException error) when (DataFault.IsOfStored(error) && refusedInARow < MostRefusedInARow)
            {
                await database.SaveAsync((connection, ct) => PassOverAsync(connection, error, ct), ct);
                total++;
                refusedInARow++;
            }
        }
    }

    private async Task<int> PassOverAsync(NpgsqlConnection connection, PostgresException error, CancellationToken ct)
    {
        if (await SearchRefusals.PassOverAsync(connection, error, database.Time.GetUtcNow(), ct) is { } refusal) LogRefused(database.Log, refusal.Words);
        return 1;
    }

    private async Task RetryAsync(SearchScope scope, CancellationToken ct)
    {
        foreach (var refused in await database.ReadAsync(SearchRefusals.LoadOlderAsync, ct))
        {
            try
            {
                await database.SaveAsync((connection, ct) => SearchRefusals.IndexAsync(connection, refused, scope, ct), ct);
            }
            catch (PostgresException error) when (DataFault.IsOfStored(error))
            {
                await database.SaveAsync(
                    (connection, ct) => SearchRefusals.NoteAsync(connection, refused with { Error = error }, database.Time.GetUtcNow(), ct), ct);
            }
        }
    }

    // What is not kept up would find less and less, and nobody would know why.
    private Task<int> ForgetAsync(CancellationToken ct) => database.SaveAsync(
        static async (connection, ct) =>
        {
            var was = await ExecuteAsync(
                connection, "update ingest.search_progress set scope = 'Off', xid = '0', change_id = 0, indexed_at = now() where scope <> 'Off'", ct);
            return was == 0 ? 0 : await ExecuteAsync(connection, "delete from ingest.article_search", ct);
        },
        ct);

    private static async Task<int> SetScopeAsync(NpgsqlConnection connection, SearchScope scope, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("update ingest.search_progress set scope = $1, xid = '0', change_id = 0 where scope <> $1", connection)
        {
            Parameters = { new() { Value = scope.ToString() } },
        };
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<int> IndexAsync(NpgsqlConnection connection, SearchScope scope, int limit, CancellationToken ct)
    {
        // What waits in the index's list is sorted into it in portions of this size, and the larger they are, the more articles share the visit of a word's
        // place.
        await ExecuteAsync(connection, "set local work_mem = '128MB'", ct);
        await using var command = new NpgsqlCommand(Text, connection)
        {
            Parameters = { new() { Value = limit, NpgsqlDbType = NpgsqlDbType.Integer }, new() { Value = scope == SearchScope.Body } },
        };
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(522, LogLevel.Warning, "PostgreSQL cannot index {Refused}; it is skipped until another version tries")]
    private static partial void LogRefused(ILogger logger, string refused);
}
