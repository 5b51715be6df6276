using System.Threading.Tasks;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>
/// Brings the full-text index up to what the log of changes tells. Writers of articles do not wait for it, and it takes changes in sets, which costs an
/// inverted index a fraction of one at a time.
/// </summary>
internal sealed class SearchIndex(Database database)
{
    private const int BatchChanges = 2_000;

    // The row of progress is the lock: whoever else would index waits, and then finds less to do. It is asked for apart: joined, the index of changes is read
    // from its beginning.
    private const string Text = """
        with progress as (
          select xid, change_id from ingest.search_progress for update
        ), batch as materialized (
          select c.xid, c.id, c.article_id, c.kind
          from ingest.article_changes c
          where (c.xid, c.id) > ((select xid from progress), (select change_id from progress)) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
          order by c.xid, c.id limit $1
        ), indexed as (
          insert into ingest.article_search as s (article_id, published_on, document)
          select a.id, a.published_on,
                 ingest.search_document(a.published_on, a.language, a.title, a.headline, a.description, a.body, $2)
          from ingest.articles a
          where a.id in (select article_id from batch where kind <> 'removed')
          order by a.id
          on conflict (article_id) do update set published_on = excluded.published_on, document = excluded.document where s.document is distinct from excluded.document
        ), moved as (
          update ingest.search_progress set xid = b.xid, change_id = b.id, indexed_at = now()
          from (select xid, id from batch order by xid desc, id desc limit 1) b
        )
        select count(*)::int from batch
        """;

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
        long total = 0;
        int taken;
        do
        {
            taken = await database.SaveAsync((connection, ct) => IndexAsync(connection, scope, ct), ct);
            total += taken;
        }
        while (taken == BatchChanges);
        if (total > 0) await database.SaveAsync(static (connection, ct) => ExecuteAsync(connection, "select ingest.settle_search()", ct), ct);
        return total;
    }

    // What is not kept up would find less and less, and nobody would know why.
    private Task<int> ForgetAsync(CancellationToken ct) => database.SaveAsync(
        static async (connection, ct) =>
        {
            var was = await ExecuteAsync(connection, "update ingest.search_progress set scope = 'Off', xid = '0', change_id = 0, indexed_at = now() where scope <> 'Off'", ct);
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

    private static async Task<int> IndexAsync(NpgsqlConnection connection, SearchScope scope, CancellationToken ct)
    {
        // What waits in the index's list is sorted into it in portions of this size, and the larger they are, the more articles share the visit of a word's place.
        await ExecuteAsync(connection, "set local work_mem = '128MB'", ct);
        await using var command = new NpgsqlCommand(Text, connection)
        {
            Parameters = { new() { Value = BatchChanges, NpgsqlDbType = NpgsqlDbType.Integer }, new() { Value = scope == SearchScope.Body } },
        };
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(ct);
    }
}
