using System.Threading.Tasks;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>Which articles are past their time.</summary>
/// <param name="Before">Articles of earlier days are; null keeps them.</param>
/// <param name="BeforeOfSource">The same for sources of their own rule; null keeps all of a source.</param>
/// <param name="MaxArticles">Of more than these, the oldest are; null for no bound.</param>
internal sealed record RetentionBounds(DateOnly? Before, IReadOnlyDictionary<string, DateOnly?> BeforeOfSource, long? MaxArticles);

/// <summary>An article past its time, as it stands.</summary>
internal sealed record ExpiredArticle(long Id, Guid Fingerprint, ExportedArticle Article);

/// <summary>Finds the articles that are past their time, and removes them.</summary>
internal sealed class ArticleRetention(Database database)
{
    // The rule of the source where it has one, else that of all; both may say never.
    private const string ExpiredText = $"""
        select a.id, a.fingerprint, {ExportedArticle.Select}
        from ingest.articles a
        left join ingest.sources s on s.id = a.source_id
        left join unnest($2, $3) as r(name, before) on r.name = s.name
        where a.published_on < $4 and a.published_on < case when r.name is null then $1 else r.before end
        order by a.published_on, a.id limit $5
        """;

    private const string OldestText = $"""
        select a.id, a.fingerprint, {ExportedArticle.Select}
        from ingest.articles a
        left join ingest.sources s on s.id = a.source_id
        order by a.published_on, a.id limit $1
        """;

    /// <summary>Some of the articles that are past their time, the oldest first.</summary>
    public async Task<IReadOnlyList<ExpiredArticle>> LoadExpiredAsync(RetentionBounds bounds, int limit, CancellationToken ct)
    {
        var expired = await database.ReadAsync((connection, ct) => ReadAsync(Expired(connection, bounds, limit), ct), ct);
        if (expired.Count > 0 || bounds.MaxArticles is not { } most) return expired;
        var excess = await database.ReadAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand("select count(*) from ingest.articles", connection);
                return (long)(await command.ExecuteScalarAsync(ct))! - most;
            },
            ct);
        if (excess <= 0) return [];
        return await database.ReadAsync(
            (connection, ct) => ReadAsync(new NpgsqlCommand(OldestText, connection) { Parameters = { new() { Value = (int)Math.Min(excess, limit) } } }, ct),
            ct);
    }

    /// <summary>The earlier versions of articles, a line of JSON each.</summary>
    public Task<IReadOnlyList<string>> LoadRevisionsAsync(IReadOnlyList<ExpiredArticle> articles, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand(
                    "select to_jsonb(r)::text from (select a.url as article_url, v.* from ingest.article_revisions v join ingest.articles a on a.id = v.article_id where v.article_id = any($1) order by v.id) r", connection)
                {
                    Parameters = { new() { Value = articles.Select(static article => article.Id).ToArray() } },
                };
                await using var reader = await command.ExecuteReaderAsync(ct);
                var lines = new List<string>();
                while (await reader.ReadAsync(ct)) lines.Add(reader.GetString(0));
                return lines;
            },
            ct);

    /// <summary>Removes articles that still are as they were loaded; one that changed meanwhile stays. What their sources showed is remembered, so that they do not come back.</summary>
    /// <returns>How many were removed.</returns>
    public Task<int> RemoveAsync(IReadOnlyList<ExpiredArticle> articles, CancellationToken ct) =>
        database.SaveAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand("delete from ingest.articles a using unnest($1, $2) as x(id, fingerprint) where a.id = x.id and a.fingerprint = x.fingerprint", connection)
                {
                    Parameters = { new() { Value = articles.Select(static article => article.Id).ToArray() }, new() { Value = articles.Select(static article => article.Fingerprint).ToArray() } },
                };
                return await command.ExecuteNonQueryAsync(ct);
            },
            ct);

    private static NpgsqlCommand Expired(NpgsqlConnection connection, RetentionBounds bounds, int limit) => new(ExpiredText, connection)
    {
        Parameters =
        {
            new() { Value = (object?)bounds.Before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date },
            new() { Value = bounds.BeforeOfSource.Keys.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            new() { Value = bounds.BeforeOfSource.Values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },

            // For the index: the latest of all bounds.
            new() { Value = bounds.BeforeOfSource.Values.Append(bounds.Before).Max() ?? DateOnly.MinValue, NpgsqlDbType = NpgsqlDbType.Date },
            new() { Value = limit },
        },
    };

    private static async Task<IReadOnlyList<ExpiredArticle>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var articles = new List<ExpiredArticle>();
        while (await reader.ReadAsync(ct)) articles.Add(new ExpiredArticle(reader.GetInt64(0), reader.GetGuid(1), ExportedArticle.Read(reader, 2)));
        return articles;
    }
}
