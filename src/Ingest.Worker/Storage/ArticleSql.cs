using System.Text.Json;
using Ingest.Identity;
using Ingest.Text;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Texts;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>The statements that write articles, a set at a time.</summary>
internal static class ArticleSql
{
    // One array a column, in the order in which Columns() adds them.
    private const string UnnestNew = """
        unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $24)
          as x(article_key, url, published_on, published_at, modified_at, date_source, title, title_source, headline, description,
               body, body_source, authors, language, word_count, image_url, categories, enclosures, fingerprint, page_state, live_blog, retraction, source_id)
        """;

    private const string UnnestChanges = """
        unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $24, $25, $26)
          as x(article_key, url, published_on, published_at, modified_at, date_source, title, title_source, headline, description,
               body, body_source, authors, language, word_count, image_url, categories, enclosures, fingerprint, page_state, live_blog, retraction,
               is_revision, is_news, is_doubtful)
        """;

    private const string Values = """
        x.url, x.published_at, x.modified_at, x.date_source, x.title, x.title_source, x.headline, x.description,
        x.body, x.body_source, string_to_array(x.authors, chr(31)), x.language, x.word_count, x.image_url,
        string_to_array(x.categories, chr(31)), x.enclosures::jsonb, x.fingerprint, x.page_state, x.live_blog
        """;

    private const string Names = """
        url, published_at, modified_at, date_source, title, title_source, headline, description,
        body, body_source, authors, language, word_count, image_url, categories, enclosures, fingerprint, page_state, live_blog
        """;

    private const string InsertText = $"""
        insert into ingest.articles (article_key, source_id, first_seen_at, updated_at, retraction, retracted_at, published_on, {Names})
        select x.article_key, x.source_id, $23, $23, x.retraction, case when x.retraction is not null then $23 end, x.published_on, {Values} from {UnnestNew}
        on conflict (article_key) do nothing
        """;

    // A day first seen stays the day on which it was first seen, and a retraction stays one.
    private const string ReplaceText = $"""
        update ingest.articles a set (published_on, {Names}) = (
            case when x.date_source = 'first_seen' and a.date_source = 'first_seen' then a.published_on else x.published_on end, {Values}),
          page_error = null, gone_at = null, gone_reason = null, updated_at = $23,
          retraction = coalesce(a.retraction, x.retraction),
          retracted_at = case when a.retracted_at is null and x.retraction is not null then $23 else a.retracted_at end,
          revision = a.revision + x.is_revision::int,
          revised_at = case when x.is_revision then $23 else a.revised_at end,
          doubtful_changes = a.doubtful_changes + x.is_doubtful::int,
          changed_xid = case when x.is_news or (a.retraction is null and x.retraction is not null) then pg_current_xact_id() else a.changed_xid end
        from {UnnestChanges}
        where a.article_key = x.article_key
        """;

    /// <summary>Adds articles; those that exist already stay as they are.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<FromSource<StoredArticle>> articles, DateTimeOffset now)
    {
        // One order for all writers, so that two of them do not wait for each other.
        var ordered = articles.OrderBy(static article => article.Row.Key.Value).ToList();
        var rows = ordered.ConvertAll(static article => article.Row with { Article = Storable.Article(article.Row.Article) });
        return Columns(new NpgsqlBatchCommand(InsertText), rows, now).Add(ordered, NpgsqlDbType.Integer, static article => article.SourceId);
    }

    /// <summary>Replaces texts; the rows are locked already.</summary>
    public static NpgsqlBatchCommand Replace(IReadOnlyList<Replacement> replacements, DateTimeOffset now) =>
        Columns(new NpgsqlBatchCommand(ReplaceText), [.. replacements.Select(static one => one.Row)], now)
            .Add(replacements, NpgsqlDbType.Boolean, static one => one.IsRevision)
            .Add(replacements, NpgsqlDbType.Boolean, static one => one.IsNews)
            .Add(replacements, NpgsqlDbType.Boolean, static one => one.IsRevision && one.Change.IsDoubtful);

    private static NpgsqlBatchCommand Columns(NpgsqlBatchCommand command, List<StoredArticle> rows, DateTimeOffset now) => command
        .Add(rows, NpgsqlDbType.Uuid, static row => row.Key.Value)
        .AddText(rows, static row => CanonicalUrl.Published(row.Article.Url))
        .AddDays(rows, row => row.Article.PublishedOn ?? DateOnly.FromDateTime(now.UtcDateTime))
        .AddMoments(rows, static row => row.Article.PublishedAt)
        .AddMoments(rows, static row => row.Article.ModifiedAt)
        .AddText(rows, static row => row.Article.PublishedOn is null ? "first_seen" : row.Article.DateSource)
        .AddText(rows, static row => row.Article.Title)
        .AddText(rows, static row => row.Article.TitleSource)
        .AddText(rows, static row => row.Article.Headline)
        .AddText(rows, static row => row.Article.Description)
        .AddText(rows, static row => row.Article.Body)
        .AddText(rows, static row => row.Article.BodySource)
        .AddList(rows, static row => row.Article.Authors)
        .AddText(rows, static row => row.Article.Language)
        .Add(rows, NpgsqlDbType.Integer, static row => WordCount.Of(row.Article.Body))
        .AddText(rows, static row => row.Article.ImageUrl)
        .AddList(rows, static row => row.Article.Categories)
        .AddText(rows, static row => JsonSerializer.Serialize(row.Article.Enclosures, ArticleJson.Default.IReadOnlyListEnclosure))
        .Add(rows, NpgsqlDbType.Uuid, static row => TextFingerprint(row.Article))
        .AddText(rows, static row => row.PageState)
        .Add(rows, NpgsqlDbType.Boolean, static row => row.Article.LiveBlog)
        .AddText(rows, static row => row.Article.Retraction)
        .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    private static Guid TextFingerprint(DatedArticle article) => Fingerprint.Of(article.Title, article.Headline, article.Description, article.Body);
}
