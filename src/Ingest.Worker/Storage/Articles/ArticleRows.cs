using Ingest.Identity;
using Ingest.Text;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Storage.Articles;

/// <summary>Makes rows of articles, and articles of rows.</summary>
internal static class ArticleRows
{
    /// <summary>The row as it is written; what is written beside the text is the statement's.</summary>
    public static ArticleRow Of(StoredArticle stored, DateTimeOffset now)
    {
        var article = stored.Article;
        return new ArticleRow
        {
            ArticleKey = stored.Key.Value,
            Url = CanonicalUrl.Published(article.Url),
            PublishedOn = article.PublishedOn ?? DateOnly.FromDateTime(now.UtcDateTime),
            PublishedAt = article.PublishedAt,
            ModifiedAt = article.ModifiedAt,
            DateSource = article.PublishedOn is null ? Origins.FirstSeen : article.DateSource,
            Title = article.Title,
            TitleSource = article.TitleSource,
            Headline = article.Headline,
            Description = article.Description,
            Body = article.Body,
            BodySource = article.BodySource,
            Authors = [.. article.Authors],
            Language = article.Language,
            WordCount = Text.Detection.WordCount.Of(article.Body),
            ImageUrl = article.ImageUrl,
            Categories = [.. article.Categories],
            Enclosures = article.Enclosures,
            LiveBlog = article.LiveBlog,
            Fingerprint = Identity.Fingerprint.Of(article.Title, article.Headline, article.Description, article.Body),
            PageState = Words<PageState>.Of(stored.PageState),
            Retraction = article.Retraction,
        };
    }

    /// <summary>The article of a row that has all its parts. A day first seen is no stated date: it is read as none.</summary>
    /// <exception cref="UriFormatException">Somebody wrote an address that is none.</exception>
    public static DatedArticle ToArticle(ArticleRow row)
    {
        var isSeen = row.DateSource == Origins.FirstSeen;
        return new DatedArticle
        {
            Url = new Uri(row.Url!),
            PublishedOn = isSeen ? null : row.PublishedOn,
            PublishedAt = row.PublishedAt,
            ModifiedAt = row.ModifiedAt,
            DateSource = isSeen ? Origins.None : row.DateSource!,
            Title = row.Title!,
            TitleSource = row.TitleSource!,
            Headline = row.Headline!,
            Description = row.Description!,
            Body = row.Body!,
            BodySource = row.BodySource!,
            Authors = row.Authors!,
            Language = row.Language,
            ImageUrl = row.ImageUrl,
            Categories = row.Categories!,
            Enclosures = row.Enclosures!,
            LiveBlog = row.LiveBlog,
        };
    }

    /// <summary>A row that somebody wrote by hand may have an address that is none: it is skipped, and said so.</summary>
    public static bool IsUnreadable(Exception error) => error is UriFormatException or InvalidCastException;
}
