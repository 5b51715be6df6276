using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ingest.Text;
using Ingest.Worker.Storage.Hooks;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Webhooks;

/// <summary>A message of a webhook: the same each time it is sent.</summary>
/// <param name="Id">By which a receiver knows that it has it already.</param>
/// <param name="About">What it is about: messages about one thing are delivered in their order.</param>
/// <param name="Payload">Its body.</param>
internal sealed record WebhookMessage(string Id, string About, byte[] Payload)
{
    // Letters of all scripts as they are: nothing of it goes into a page.
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static WebhookMessage Of(HookEvent kind, HookChange change)
    {
        var (article, about) = (change.Article, string.Create(CultureInfo.InvariantCulture, $"article-{change.ArticleId}"));

        // A mark may be told of several times, since others are marks too.
        var id = kind == HookEvent.ArticleRetracted
            ? string.Create(CultureInfo.InvariantCulture, $"retraction_{change.ArticleId}_{article!.RetractedAt!.Value.ToUnixTimeMilliseconds()}")
            : "change_" + change.Cursor.Replace('.', '_');
        object data = article is null
            ? new { Id = change.ArticleId, change.Cursor }
            : new
            {
                Id = change.ArticleId, change.Cursor, change.Revision, article.Url, article.Title, article.Description, article.PublishedOn,
                article.PublishedAt, article.Language, article.Authors, article.WordCount, article.Source, article.Tags, article.FirstSeenAt, article.UpdatedAt,
                article.RetractedAt, article.Retraction,
            };
        return new WebhookMessage(id, about, Written(kind, article?.UpdatedAt, data));
    }

    public static WebhookMessage Of(HookEvent kind, HookSourceEvent happened) => new(
        string.Create(CultureInfo.InvariantCulture, $"event_{happened.Cursor.Split('.')[0]}_{happened.Id}"),
        "source-" + happened.Source,
        Written(
            kind, happened.At, new { happened.Source, happened.Url, happened.Tags, Event = Words<SourceEventKind>.Of(happened.Kind), happened.Detail }));

    private static byte[] Written(HookEvent kind, DateTimeOffset? at, object data) =>
        JsonSerializer.SerializeToUtf8Bytes(new { Type = Words<HookEvent>.Of(kind), Timestamp = at?.ToUniversalTime(), Data = data }, Json);
}
