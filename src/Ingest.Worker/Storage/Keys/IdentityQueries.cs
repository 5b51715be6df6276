using System.Threading.Tasks;
using Ingest.Identity;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Keys;

/// <summary>Reads what is known of entries and keys; every method is one statement, whatever the number of keys.</summary>
internal static class IdentityQueries
{
    // Enough of a text to tell it from another.
    private const string Known = """
        a.article_key, a.url, a.title, a.published_at, case when a.date_source <> 'first_seen' then a.published_on end,
        left(a.description || e'\n\n' || a.body, 20000)
        """;

    // The limit keeps the index in use where the plan was made before the table was known to be large.
    public static async Task<KnownEntries> EntriesAsync(NpgsqlConnection connection, int sourceId, IReadOnlyList<EntryIdentity> entries, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select entry_key, article_key, fingerprint, title from ingest.article_sightings where source_id = $1 and entry_key = any($2)
            union
            (select entry_key, article_key, fingerprint, title from ingest.article_sightings where source_id = $1 and article_key = any($3)
            order by changed_at desc limit 2000)
            union all
            select null, a.article_key, null, null
            from unnest($3) as k(key) cross join lateral (select article_key from ingest.articles where article_key = k.key limit 1) a
            union all
            select null, article_key, null, null from ingest.page_queue where article_key = any($3)
            union all
            select null, article_key, alias_key, null from ingest.article_aliases where alias_key = any($3)
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = sourceId },
                Keys(entries.Select(static entry => entry.Key.Value)),
                Keys(entries.Select(static entry => entry.Article.Value)),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var sightings = new List<KnownSighting>();
        var articles = new HashSet<ArticleKey>();
        var aliases = new Dictionary<ArticleKey, ArticleKey>();
        while (await reader.ReadAsync(ct))
        {
            var article = new ArticleKey(reader.GetGuid(1));
            if (!reader.IsDBNull(0)) sightings.Add(new KnownSighting(new EntryKey(reader.GetGuid(0)), article, reader.GetGuid(2), reader.GetString(3)));
            else articles.Add(article);
            if (reader.IsDBNull(0) && !reader.IsDBNull(2)) aliases[new ArticleKey(reader.GetGuid(2))] = article;
        }

        return new KnownEntries(sightings, articles, aliases);
    }

    /// <summary>The articles of these keys.</summary>
    public static Task<List<KnownArticle>> ArticlesAsync(NpgsqlConnection connection, IReadOnlyList<ArticleKey> keys, CancellationToken ct) =>
        ReadAsync(
            connection,
            $"select {Known}, a.article_key from ingest.articles a where a.article_key = any($1)",
            [Keys(keys.Select(static key => key.Value))],
            static (article, _) => article,
            ct);

    /// <summary>The articles that a source showed last.</summary>
    public static Task<List<KnownArticle>> LatestAsync(NpgsqlConnection connection, int sourceId, int limit, CancellationToken ct) =>
        ReadAsync(
            connection,
            $"select {Known}, a.article_key from ingest.articles a where a.source_id = $1 order by a.id desc limit $2",
            [new NpgsqlParameter { Value = sourceId }, new NpgsqlParameter { Value = limit }],
            static (article, _) => article,
            ct);

    /// <summary>The articles to which these keys lead, as their own or as further URLs, each under the key asked for.</summary>
    public static async Task<Dictionary<ArticleKey, KnownArticle>> NamedAsync(NpgsqlConnection connection, IReadOnlyList<ArticleKey> keys, CancellationToken ct)
    {
        const string named = $"""
            select {Known}, k.key from unnest($1) as k(key) left join ingest.article_aliases l on l.alias_key = k.key
            join ingest.articles a on a.article_key = coalesce(l.article_key, k.key)
            """;
        var found = await ReadAsync(connection, named, [Keys(keys.Select(static key => key.Value))], static (article, key) => (Key: key, Article: article), ct);
        return found.ToDictionary(static pair => pair.Key, static pair => pair.Article);
    }

    private static async Task<List<T>> ReadAsync<T>(
        NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, Func<KnownArticle, ArticleKey, T> make, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            // Nothing is known of an article by an address that is none.
            if (!Uri.TryCreate(reader.GetString(1), UriKind.Absolute, out var url)) continue;
            var article = new KnownArticle(
                new ArticleKey(reader.GetGuid(0)),
                url,
                reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
                reader.IsDBNull(4) ? null : reader.GetFieldValue<DateOnly>(4),
                reader.GetString(5));
            found.Add(make(article, new ArticleKey(reader.GetGuid(6))));
        }

        return found;
    }

    private static NpgsqlParameter Keys(IEnumerable<Guid> keys) => new() { Value = keys.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };
}
