using System.Threading.Tasks;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Search;

/// <summary>Articles that cannot be indexed: skipped, noted, and tried again by another version of the worker.</summary>
internal static class SearchRefusals
{
    // As the index takes changes in; $2 says whether with the body.
    private const string IndexText = """
        insert into ingest.article_search as s (article_id, published_on, document)
        select a.id, a.published_on, ingest.search_document(a.published_on, a.language, a.title, a.headline, a.description, a.body, $2)
        from ingest.articles a where a.article_key = $1
        on conflict (article_id) do update set published_on = excluded.published_on, document = excluded.document
          where s.document is distinct from excluded.document
        """;

    /// <summary>Moves past the next change, and notes what it is about.</summary>
    /// <returns>What was noted; null when the article is gone.</returns>
    public static async Task<Refusal?> PassOverAsync(NpgsqlConnection connection, Exception error, DateTimeOffset now, CancellationToken ct)
    {
        var passed = await ReadAsync(
            connection,
            """
            with batch as (
              select c.xid, c.id, c.article_id from ingest.article_changes c, ingest.search_progress p
              where (c.xid, c.id) > (p.xid, p.change_id) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
              order by c.xid, c.id limit 1
            ), moved as (
              update ingest.search_progress set xid = b.xid, change_id = b.id, indexed_at = now() from batch b
            )
            select a.article_key, a.url, a.source_id from batch b join ingest.articles a on a.id = b.article_id where $1 is not null
            """,
            error,
            ct);
        if (passed is not [var refusal]) return null;
        await NoteAsync(connection, refusal, now, ct);
        return refusal;
    }

    /// <summary>What other versions could not index.</summary>
    public static Task<List<Refusal>> LoadOlderAsync(NpgsqlConnection connection, CancellationToken ct) =>
        ReadAsync(
            connection,
            "select a.article_key, a.url, a.source_id from ingest.refusals r join ingest.articles a on a.article_key = r.subject where r.work = 'search' "
                + "and r.version <> $1 order by a.id",
            new InvalidOperationException("not tried yet"),
            ct);

    /// <summary>Tries one again; it is no longer noted then.</summary>
    public static Task<int> IndexAsync(NpgsqlConnection connection, Refusal refusal, SearchScope scope, CancellationToken ct) => connection.ExecuteAsync(
        [
            new NpgsqlBatchCommand(IndexText).Add(refusal.Subject, NpgsqlDbType.Uuid).Add(scope == SearchScope.Body, NpgsqlDbType.Boolean),
            new NpgsqlBatchCommand("delete from ingest.refusals where work = 'search' and subject = $1").Add(refusal.Subject, NpgsqlDbType.Uuid),
        ],
        ct);

    public static Task<int> NoteAsync(NpgsqlConnection connection, Refusal refusal, DateTimeOffset now, CancellationToken ct) =>
        connection.ExecuteAsync([Refusal.Note("search", [refusal], now)], ct);

    private static Task<List<Refusal>> ReadAsync(NpgsqlConnection connection, string sql, Exception error, CancellationToken ct) => connection.LoadAsync(
        new NpgsqlBatchCommand(sql).Add(Refusal.Version, NpgsqlDbType.Text),
        reader => new Refusal(reader.GetGuid(0), "article", reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetInt32(2), error),
        ct);
}
