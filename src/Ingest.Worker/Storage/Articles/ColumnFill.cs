using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Articles;

/// <summary>
/// Fills in the columns of articles that an upgrade added, some thousands a transaction, the newest first: an upgrade that did it itself would lock the table
/// for minutes.
/// </summary>
internal sealed partial class ColumnFill(Database database)
{
    private const int RowsAtATime = 2_000;

    // As the index has it (ix_articles_to_fill).
    private const string ToFill = "(host is null or (language is not null and language_base is null))";

    /// <summary>Fills until nothing is left; what is filled when it is cancelled stays so. An article that PostgreSQL refuses is passed over.</summary>
    /// <returns>How many were filled.</returns>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        // Not from the front each time: that would walk again over what was filled before.
        var (filled, before) = (0L, long.MaxValue);
        while (await LoadAsync(before, ct) is { Count: > 0 } ids)
        {
            filled += await FillAsync(ids, ct);
            before = ids[^1];
        }

        return filled;
    }

    private Task<IReadOnlyList<long>> LoadAsync(long before, CancellationToken ct) => database.LoadAsync(
        () => new NpgsqlBatchCommand($"select id from ingest.articles where {ToFill} and id < $1 order by id desc limit $2")
            .Add(before, NpgsqlDbType.Bigint)
            .Add(RowsAtATime, NpgsqlDbType.Integer),
        static reader => reader.GetInt64(0),
        ct);

    private async Task<int> FillAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        try
        {
            // In one order, so that nobody who changes some of them waits for us while we wait for him.
            return await database.ExecuteAsync(
                () => new NpgsqlBatchCommand($"""
                    with taken as (select id from ingest.articles where id = any($1) and {ToFill} order by id for update)
                    update ingest.articles a set host = coalesce(ingest.host_of(a.url), ''), updated_on = (a.updated_at at time zone 'UTC')::date,
                      language_base = ingest.base_language(a.language)
                    from taken where a.id = taken.id
                    """).Add(ids, NpgsqlDbType.Bigint, static id => id),
                ct);
        }
        catch (PostgresException error) when (DataFault.IsOfStored(error))
        {
            if (ids.Count == 1)
            {
                LogPassedOver(database.Log, ids[0], error.MessageText);
                return 0;
            }
        }

        var half = ids.Count / 2;
        return await FillAsync([.. ids.Take(half)], ct) + await FillAsync([.. ids.Skip(half)], ct);
    }

    [LoggerMessage(528, LogLevel.Error, "Article {Id} has no host, day of its last change and base of its language: PostgreSQL refuses them: {Error}")]
    private static partial void LogPassedOver(ILogger logger, long id, string error);
}
