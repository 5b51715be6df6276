using System.Threading.Tasks;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Values;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Articles;

/// <summary>Which articles are past their time.</summary>
/// <param name="Before">Articles of earlier days are; null keeps them.</param>
/// <param name="BeforeOfSource">The same for sources of their own rule; null keeps all of a source.</param>
/// <param name="MaxArticles">Of more than these, the oldest are; null for no bound.</param>
internal sealed record RetentionBounds(DateOnly? Before, IReadOnlyDictionary<string, DateOnly?> BeforeOfSource, long? MaxArticles);

/// <summary>An article past its time, as it stands.</summary>
internal sealed record ExpiredArticle(long Id, Guid Key, Guid Fingerprint, ExportedArticle Article)
{
    public DateOnly Day => Article.Row.PublishedOn!.Value;
}

/// <summary>Finds the articles that are past their time, and removes them.</summary>
internal sealed partial class ArticleRetention(Database database)
{
    private static readonly string ExpiredText = SqlFile.Read("statements/expired_articles.sql", ArticleTable.Own);
    private static readonly string OldestText = SqlFile.Read("statements/oldest_articles.sql", ArticleTable.Own);

    /// <summary>Some of the articles that are past their time, the oldest first.</summary>
    /// <param name="bounds">Which are.</param>
    /// <param name="after">The last one of the portion before; null for the first portion.</param>
    /// <param name="limit">How many.</param>
    /// <param name="ct">Gives up.</param>
    public Task<IReadOnlyList<ExpiredArticle>> LoadExpiredAsync(RetentionBounds bounds, ExpiredArticle? after, int limit, CancellationToken ct) =>
        database.ReadAsync((connection, ct) => ReadAsync(Expired(connection, bounds, after, limit), ct), ct);

    /// <summary>Some of the oldest articles.</summary>
    public Task<IReadOnlyList<ExpiredArticle>> LoadOldestAsync(ExpiredArticle? after, int limit, CancellationToken ct) =>
        database.ReadAsync(
            (connection, ct) => ReadAsync(
                new NpgsqlCommand(OldestText, connection)
                {
                    Parameters = { new() { Value = limit }, new() { Value = Refusal.Version }, Day(after), new() { Value = after?.Id ?? 0 } },
                },
                ct),
            ct);

    /// <summary>How many articles there are.</summary>
    public Task<long> CountAsync(CancellationToken ct) =>
        database.ReadAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand("select count(*) from ingest.articles", connection);
                return (long)(await command.ExecuteScalarAsync(ct))!;
            },
            ct);

    /// <summary>The earlier versions of articles, a line of JSON each.</summary>
    public Task<IReadOnlyList<string>> LoadRevisionsAsync(IReadOnlyList<ExpiredArticle> articles, CancellationToken ct) =>
        database.LoadAsync(
            () => new NpgsqlBatchCommand("""
                select to_jsonb(r)::text from (
                  select a.url as article_url, v.* from ingest.article_revisions v join ingest.articles a on a.id = v.article_id
                  where v.article_id = any($1) order by v.id) r
                """)
                .Add(articles, NpgsqlDbType.Bigint, static article => article.Id),
            static reader => reader.GetString(0),
            ct);

    /// <summary>
    /// Removes articles that still are as they were loaded; one that changed meanwhile stays. What their sources showed is remembered, so that they do not come
    /// back. An article that PostgreSQL does not let go, as when somebody's own table refers to it, is noted and left until another version of the worker
    /// tries.
    /// </summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> RemoveAsync(IReadOnlyList<ExpiredArticle> articles, CancellationToken ct)
    {
        try
        {
            return await database.ExecuteAsync(
                () => new NpgsqlBatchCommand(
                    "delete from ingest.articles a using unnest($1, $2) as x(id, fingerprint) where a.id = x.id and a.fingerprint = x.fingerprint")
                    .Add(articles, NpgsqlDbType.Bigint, static article => article.Id)
                    .Add(articles, NpgsqlDbType.Uuid, static article => article.Fingerprint),
                ct);
        }
        catch (PostgresException error) when (DataFault.IsOfStored(error))
        {
            if (articles.Count == 1)
            {
                await NoteAsync(new Refusal(articles[0].Key, "article", articles[0].Article.Row.Url!, null, error), ct);
                return 0;
            }
        }

        var half = articles.Count / 2;
        return await RemoveAsync([.. articles.Take(half)], ct) + await RemoveAsync([.. articles.Skip(half)], ct);
    }

    private async Task NoteAsync(Refusal refusal, CancellationToken ct)
    {
        LogRefused(database.Log, refusal.Words);
        await database.ExecuteAsync(() => Refusal.Note("retention", [refusal], database.Time.GetUtcNow()), ct);
    }

    private static NpgsqlParameter Day(ExpiredArticle? after) => new() { Value = after?.Day ?? DateOnly.MinValue, NpgsqlDbType = NpgsqlDbType.Date };

    private static NpgsqlCommand Expired(NpgsqlConnection connection, RetentionBounds bounds, ExpiredArticle? after, int limit) => new(ExpiredText, connection)
    {
        Parameters =
        {
            new() { Value = (object?)bounds.Before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date },
            new() { Value = bounds.BeforeOfSource.Keys.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            new() { Value = bounds.BeforeOfSource.Values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },

            // For the index: the latest of all bounds.
            new() { Value = bounds.BeforeOfSource.Values.Append(bounds.Before).Max() ?? DateOnly.MinValue, NpgsqlDbType = NpgsqlDbType.Date },
            new() { Value = limit },
            new() { Value = Refusal.Version },
            Day(after),
            new() { Value = after?.Id ?? 0 },
        },
    };

    private async Task<IReadOnlyList<ExpiredArticle>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var articles = new List<ExpiredArticle>();
        var unreadable = new List<Refusal>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                try
                {
                    articles.Add(new ExpiredArticle(reader.GetInt64(0), reader.GetGuid(2), reader.GetGuid(1), ExportedArticle.Read(reader, 3)));
                }
                catch (Exception error) when (ArticleRows.IsUnreadable(error))
                {
                    unreadable.Add(new Refusal(reader.GetGuid(2), "article", "", null, error));
                }
            }
        }

        foreach (var refusal in unreadable) await NoteAsync(refusal, ct);
        return articles;
    }

    [LoggerMessage(525, LogLevel.Error, "An article past its time stays: {Refused}")]
    private static partial void LogRefused(ILogger logger, string refused);
}
