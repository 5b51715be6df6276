using System.Threading.Tasks;
using Ingest.Worker.Articles;
using Ingest.Worker.Identity;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>Articles in PostgreSQL: what is known of a document's entries, and a visit's outcome in one transaction.</summary>
internal sealed partial class ArticleStore
{
    private readonly Database database;
    private readonly GroupCommit<Visit> visits;

    public ArticleStore(Database database)
    {
        this.database = database;
        visits = new GroupCommit<Visit>(SaveVisitsAsync, VisitGroup.Weight, database);
    }

    /// <summary>How long the oldest visit has been waiting for its commit.</summary>
    public TimeSpan SaveLag => visits.Lag;

    /// <summary>What is known of these entries of a source: one statement, whatever their number.</summary>
    public Task<KnownEntries> LoadKnownAsync(int sourceId, IReadOnlyList<EntryIdentity> entries, CancellationToken ct) =>
        database.ReadAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand(
                    """
                    select entry_key, article_key, fingerprint, title from ingest.article_sightings where source_id = $1 and entry_key = any($2)
                    union all
                    select null, article_key, null, null from ingest.articles where article_key = any($3)
                    union all
                    select null, article_key, null, null from ingest.page_queue where article_key = any($3)
                    """,
                    connection)
                {
                    Parameters =
                    {
                        new() { Value = sourceId },
                        new() { Value = entries.Select(static entry => entry.Entry.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                        new() { Value = entries.Select(static entry => entry.Article.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                    },
                };
                await using var reader = await command.ExecuteReaderAsync(ct);
                var sightings = new List<KnownSighting>();
                var articles = new HashSet<ArticleKey>();
                while (await reader.ReadAsync(ct))
                {
                    var article = new ArticleKey(reader.GetGuid(1));
                    if (await reader.IsDBNullAsync(0, ct)) articles.Add(article);
                    else sightings.Add(new KnownSighting(new EntryKey(reader.GetGuid(0)), article, reader.GetGuid(2), reader.GetString(3)));
                }

                return new KnownEntries(sightings, articles);
            },
            ct);

    /// <summary>
    /// Saves a visit in one transaction, which it may share with others; on conflict the row that was there first stays. Of a visit that comes after
    /// another of the same source, only the ledger tells.
    /// </summary>
    public Task SaveVisitAsync(Visit visit, CancellationToken ct) => visits.SaveAsync(visit, ct);

    /// <summary>Adds articles that came from an archive, in one transaction; those that exist already stay as they are, and of two of one key the first counts.</summary>
    /// <returns>How many were added.</returns>
    public async Task<int> ImportAsync(IReadOnlyList<DatedArticle> articles, DateTimeOffset now, CancellationToken ct)
    {
        var rows = articles.Select(static article => new StoredArticle(ArticleKey.Of(article.Url), article, "none")).DistinctBy(static row => row.Key).ToList();
        return await database.SaveAsync(
            async (connection, ct) =>
            {
                // An import that goes on where another broke off does not send again what is there.
                var known = await LoadKnownAsync(connection, [.. rows.Select(static row => row.Key.Value)], ct);
                var unknown = rows.Where(row => !known.Contains(row.Key.Value)).ToList();
                if (unknown.Count == 0) return 0;
                await using var batch = new NpgsqlBatch(connection);
                batch.BatchCommands.Add(ArticleSql.Insert([.. unknown.Select(static row => new FromSource<StoredArticle>(null, row))], now));
                return await batch.ExecuteNonQueryAsync(ct);
            },
            ct);
    }

    private async Task SaveVisitsAsync(IReadOnlyList<Visit> group, CancellationToken ct)
    {
        var counted = await database.SaveAsync((connection, ct) => VisitGroup.SaveAsync(connection, group, ct), ct);
        foreach (var late in group.Where(visit => !counted.Contains(visit.Source.Id))) LogLate(database.Log, late.Source.Name);
    }

    [LoggerMessage(504, LogLevel.Information, "{Source} was visited or configured elsewhere meanwhile; of this visit only the ledger tells")]
    private static partial void LogLate(ILogger logger, string source);

    private static async Task<HashSet<Guid>> LoadKnownAsync(NpgsqlConnection connection, Guid[] keys, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select article_key from ingest.articles where article_key = any($1)", connection)
        {
            Parameters = { new() { Value = keys, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var known = new HashSet<Guid>();
        while (await reader.ReadAsync(ct)) known.Add(reader.GetGuid(0));
        return known;
    }
}
