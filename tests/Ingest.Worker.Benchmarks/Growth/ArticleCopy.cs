using Ingest.Identity;
using Ingest.Text;
using Ingest.Worker.Storage.Words;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>Articles by binary COPY: the fastest way there is into a table, with the same values as the worker's own statement.</summary>
internal static class ArticleCopy
{
    public const string Columns = """
        article_key, source_id, first_seen_at, updated_at, url, published_on, published_at, modified_at, date_source, title, title_source, headline,
        description, body, body_source, authors, language, word_count, image_url, categories, enclosures, fingerprint, page_state, live_blog, updated_on, host
        """;

    public static async Task<long> RunAsync(
        NpgsqlConnection connection, string table, IEnumerable<GeneratedArticle> rows, DateTimeOffset now, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} ({Columns}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            await WriteAsync(copy, row, now, ct);
        }

        return (long)await copy.CompleteAsync(ct);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, GeneratedArticle generated, DateTimeOffset now, CancellationToken ct)
    {
        var row = generated.Stored;
        var article = row.Article;
        await copy.WriteAsync(row.Key.Value, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(generated.Source, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
        await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
        await copy.WriteAsync(CanonicalUrl.Published(article.Url), NpgsqlDbType.Text, ct);
        await copy.WriteAsync(article.PublishedOn!.Value, NpgsqlDbType.Date, ct);
        await copy.WriteAsync(article.PublishedAt!.Value, NpgsqlDbType.TimestampTz, ct);
        await copy.WriteNullAsync(ct);
        await copy.WriteAsync(article.DateSource, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(article.Title, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(article.TitleSource, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(article.Headline, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(article.Description, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(article.Body, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(article.BodySource, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(article.Authors.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, ct);
        await copy.WriteAsync(article.Language!, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(generated.Words, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(article.ImageUrl!, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(article.Categories.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, ct);
        await copy.WriteAsync("[]", NpgsqlDbType.Jsonb, ct);
        await copy.WriteAsync(Fingerprint.Of(article.Title, article.Headline, article.Description, article.Body), NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(Words<PageState>.Of(row.PageState), NpgsqlDbType.Text, ct);
        await copy.WriteAsync(article.LiveBlog, NpgsqlDbType.Boolean, ct);
        await copy.WriteAsync(DateOnly.FromDateTime(now.UtcDateTime), NpgsqlDbType.Date, ct);
        await copy.WriteAsync(article.Url.IdnHost, NpgsqlDbType.Text, ct);
    }
}
