using System.Threading.Tasks;
using Ingest.Identity;
using Ingest.Text;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Words;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Articles;

/// <summary>An article's row, locked for writing.</summary>
/// <param name="Id">Number of the article.</param>
/// <param name="SourceId">The source that showed it first; null for an imported article.</param>
/// <param name="PageState">State of its page.</param>
/// <param name="StoryId">Its story; null when it stands alone.</param>
/// <param name="DoubtfulChanges">Doubtful changes so far.</param>
/// <param name="Article">The record.</param>
/// <param name="Earlier">Content hashes of its latest earlier versions.</param>
internal sealed record LockedArticle(
    long Id, int? SourceId, PageState PageState, long? StoryId, int DoubtfulChanges, DatedArticle Article, IReadOnlySet<Guid> Earlier)
{
    private static readonly string LockedText = SqlFile.Read("statements/locked_texts.sql", ArticleTable.Own);

    /// <summary>
    /// Has the article ever been complete, from its page or from a feed that carries whole articles? Until then a new text completes it and supersedes nothing.
    /// </summary>
    public bool IsComplete => PageState is PageState.Read or PageState.None;

    /// <summary>Reads the rows of these keys and locks them, all in one order.</summary>
    public static async Task<Dictionary<ArticleKey, LockedArticle>> LoadAsync(NpgsqlConnection connection, IReadOnlyList<ArticleKey> keys, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LockedText, connection)
        {
            Parameters = { new() { Value = keys.Select(static key => key.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var stored = new Dictionary<ArticleKey, LockedArticle>();
        while (await reader.ReadAsync(ct))
        {
            var row = ArticleTable.Own.Read(reader, 7);
            stored[new ArticleKey(reader.GetGuid(0))] = new LockedArticle(
                reader.GetInt64(1),
                reader.IsDBNull(2) ? null : reader.GetInt32(2),
                Words<PageState>.Read(reader.GetString(3)),
                reader.IsDBNull(4) ? null : reader.GetInt64(4),
                reader.GetInt16(5),
                ArticleRows.ToArticle(row) with { Retraction = row.Retraction },
                reader.GetFieldValue<Guid[]>(6).ToHashSet());
        }

        return stored;
    }
}
