using System.Threading.Tasks;
using Ingest.Identity;
using Ingest.Text;
using Ingest.Worker.Articles;
using Npgsql;

namespace Ingest.Worker.Storage.Keys;

/// <summary>
/// Archives name an article by its URL, which several may share, as the reports of a status page do: of those, all but the first have a key of their own, in
/// the archive and beside what is stored.
/// </summary>
internal static class ImportKeys
{
    /// <summary>The articles, each once, under the keys by which they are stored; in as many reads as there are doubts, none of them for a new URL.</summary>
    public static async Task<List<StoredArticle>> AssignAsync(NpgsqlConnection connection, IReadOnlyList<StoredArticle> articles, CancellationToken ct)
    {
        var rows = articles.GroupBy(static row => row.Key).SelectMany(InArchive).ToList();
        var doubts = await DoubtsAsync(connection, rows, ct);
        if (doubts.Count == 0) return rows;
        var stored = (await IdentityQueries.ArticlesAsync(connection, doubts, ct)).ToDictionary(static article => article.Key);
        return
        [
            .. rows.Select(row => stored.TryGetValue(row.Key, out var other) && IsAnother(row.Article, other) ? OfPart(row) : row)
                .DistinctBy(static row => row.Key),
        ];
    }

    private static IEnumerable<StoredArticle> InArchive(IEnumerable<StoredArticle> sharing)
    {
        StoredArticle? first = null;
        var seen = new HashSet<ArticleKey>();
        foreach (var row in sharing)
        {
            first ??= row;
            var known = new KnownArticle(row.Key, first.Article.Url, first.Article.Title, null, DayOf(first.Article), TextOf(first.Article));
            var one = row != first && IsAnother(row.Article, known) ? OfPart(row) : row;
            if (seen.Add(one.Key)) yield return one;
        }
    }

    // Mostly an archive holds what is stored, and its title says so.
    private static async Task<List<ArticleKey>> DoubtsAsync(NpgsqlConnection connection, List<StoredArticle> rows, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select article_key, title from ingest.articles where article_key = any($1)", connection);
        command.Parameters.Add(new() { Value = rows.Select(static row => row.Key.Value).ToArray() });
        var byKey = rows.ToDictionary(static row => row.Key, static row => row.Article);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var doubts = new List<ArticleKey>();
        while (await reader.ReadAsync(ct))
        {
            var key = new ArticleKey(reader.GetGuid(0));
            if (ComparableText.Words(reader.GetString(1)) != ComparableText.Words(byKey[key].Title)) doubts.Add(key);
        }

        return doubts;
    }

    private static bool IsAnother(DatedArticle article, KnownArticle stored) =>
        SharedLinks.IsAnother(article.Title, TextOf(article), DayOf(article), stored);

    private static StoredArticle OfPart(StoredArticle row) => row with { Key = ArticleKey.OfPart(row.Article.Url, row.Article.Title, DayOf(row.Article)) };

    private static DateOnly? DayOf(DatedArticle article) => article.DateSource == Origins.FirstSeen ? null : article.PublishedOn;

    private static string TextOf(DatedArticle article) => article.Description + "\n\n" + article.Body;
}
