using System.Text.Json;
using Ingest.Worker.Articles;
using Ingest.Worker.Identity;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Text;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>The statements that write articles, a set at a time.</summary>
internal static class ArticleSql
{
    // One array a column, in the order in which Columns() adds them.
    private const string Unnest = """
        unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
          as x(article_key, url, published_on, published_at, modified_at, date_source, title, title_source, headline, description,
               body, body_source, authors, language, word_count, image_url, categories, enclosures, fingerprint, page_state, live_blog, source_id)
        """;

    private const string Values = """
        x.url, x.published_on, x.published_at, x.modified_at, x.date_source, x.title, x.title_source, x.headline, x.description,
        x.body, x.body_source, string_to_array(x.authors, chr(31)), x.language, x.word_count, x.image_url,
        string_to_array(x.categories, chr(31)), x.enclosures::jsonb, x.fingerprint, x.page_state, x.live_blog
        """;

    private const string Names = """
        url, published_on, published_at, modified_at, date_source, title, title_source, headline, description,
        body, body_source, authors, language, word_count, image_url, categories, enclosures, fingerprint, page_state, live_blog
        """;

    private const string InsertText = $"""
        insert into ingest.articles (article_key, source_id, first_seen_at, updated_at, {Names})
        select x.article_key, x.source_id, $23, $23, {Values} from {Unnest}
        on conflict (article_key) do nothing
        """;

    // What a page gave is not overwritten by what its feed says; the page is queued again instead.
    private const string UpdateFromFeedText = $"""
        update ingest.articles a set ({Names}) = ({Values}), updated_at = $23, revision = a.revision + 1
        from {Unnest}
        where a.article_key = x.article_key and a.source_id = x.source_id and a.page_state <> 'read' and a.fingerprint <> x.fingerprint
        """;

    private const string SavePageText = $"""
        insert into ingest.articles as a (article_key, source_id, first_seen_at, updated_at, {Names})
        select x.article_key, x.source_id, $23, $23, {Values} from {Unnest}
        on conflict (article_key) do update set ({Names}) = (excluded.url, excluded.published_on, excluded.published_at, excluded.modified_at,
            excluded.date_source, excluded.title, excluded.title_source, excluded.headline, excluded.description, excluded.body, excluded.body_source,
            excluded.authors, excluded.language, excluded.word_count, excluded.image_url, excluded.categories, excluded.enclosures,
            excluded.fingerprint, excluded.page_state, excluded.live_blog),
          page_error = null, updated_at = excluded.updated_at, revision = a.revision + (a.fingerprint <> excluded.fingerprint)::int
        """;

    /// <summary>Adds articles; those that exist already stay as they are.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<FromSource<StoredArticle>> articles, DateTimeOffset now) => Command(InsertText, articles, now);

    /// <summary>Brings articles whose text came from the feed up to what the feed says now.</summary>
    public static NpgsqlBatchCommand UpdateFromFeed(IReadOnlyList<FromSource<StoredArticle>> articles, DateTimeOffset now) => Command(UpdateFromFeedText, articles, now);

    /// <summary>Adds or completes the articles of pages.</summary>
    public static NpgsqlBatchCommand SavePages(IReadOnlyList<FromSource<StoredArticle>> articles, DateTimeOffset now) => Command(SavePageText, articles, now);

    private static NpgsqlBatchCommand Command(string text, IReadOnlyList<FromSource<StoredArticle>> articles, DateTimeOffset now)
    {
        // One order for all writers, so that two of them do not wait for each other.
        var ordered = articles.OrderBy(static article => article.Row.Key.Value).ToList();
        var rows = ordered.ConvertAll(static article => article.Row with { Article = InForm(article.Row.Article) });
        return Columns(new NpgsqlBatchCommand(text), rows, now)
            .Add(ordered, NpgsqlDbType.Integer, static article => article.SourceId)
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);
    }

    private static NpgsqlBatchCommand Columns(NpgsqlBatchCommand command, List<StoredArticle> rows, DateTimeOffset now) => command
        .Add(rows, NpgsqlDbType.Uuid, static row => row.Key.Value)
        .AddText(rows, static row => CanonicalUrl.Published(row.Article.Url))
        .Add(rows, NpgsqlDbType.Date, row => row.Article.PublishedOn ?? DateOnly.FromDateTime(now.UtcDateTime))
        .Add(rows, NpgsqlDbType.TimestampTz, static row => SqlArrays.Utc(row.Article.PublishedAt))
        .Add(rows, NpgsqlDbType.TimestampTz, static row => SqlArrays.Utc(row.Article.ModifiedAt))
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
        .Add(rows, NpgsqlDbType.Boolean, static row => row.Article.LiveBlog);

    // The view dated_articles writes these columns as they are, so they are stored as the format wants them, whoever made the record.
    private static DatedArticle InForm(DatedArticle article) => article with
    {
        Title = PlainText.Line(article.Title),
        Headline = PlainText.Line(article.Headline),
        Description = PlainText.Line(article.Description),
        Body = PlainText.Body(article.Body),
    };

    private static Guid TextFingerprint(DatedArticle article) => Fingerprint.Of(article.Title, article.Headline, article.Description, article.Body);
}
