using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ingest.Text;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage;

namespace Ingest.Worker.Archive;

/// <summary>
/// An article as a line of JSON. Only <c>url</c> and <c>date</c> (or <c>published_at</c>) must be there to be read; where the parts say nothing of
/// their origin, it is the archive.
/// </summary>
internal sealed record ArchivedArticle
{
    /// <summary>Where the parts of an imported article came from.</summary>
    public const string Origin = "archive";

    // Letters stay letters: nothing here ends up in HTML.
    private static readonly JsonWriterOptions Raw = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public string? Url { get; init; }

    /// <summary>YYYY-MM-DD.</summary>
    public string? Date { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? ModifiedAt { get; init; }

    public string? DateSource { get; init; }

    public string? Title { get; init; }

    public string? TitleSource { get; init; }

    public string? Headline { get; init; }

    public string? Description { get; init; }

    public string? Body { get; init; }

    public string? BodySource { get; init; }

    public IReadOnlyList<string>? Authors { get; init; }

    public string? Language { get; init; }

    public string? ImageUrl { get; init; }

    public IReadOnlyList<string>? Categories { get; init; }

    public IReadOnlyList<Enclosure>? Enclosures { get; init; }

    public bool LiveBlog { get; init; }

    public DateTimeOffset? RetractedAt { get; init; }

    public string? Retraction { get; init; }

    public DateTimeOffset? GoneAt { get; init; }

    public string? GoneReason { get; init; }

    /// <summary>Name of the source that showed it first; written, and not read: sources belong to their worker.</summary>
    public string? Source { get; init; }

    /// <summary>Appends a line, without its line feed, as UTF-8.</summary>
    public static void Write(ExportedArticle exported, IBufferWriter<byte> output)
    {
        var article = exported.Article;
        using var writer = new Utf8JsonWriter(output, Raw);
        JsonSerializer.Serialize(
            writer,
            new ArchivedArticle
            {
                Url = article.Url.OriginalString,
                Date = exported.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                PublishedAt = article.PublishedAt,
                ModifiedAt = article.ModifiedAt,
                DateSource = exported.DateSource,
                Title = article.Title,
                TitleSource = article.TitleSource,
                Headline = article.Headline,
                Description = article.Description,
                Body = article.Body,
                BodySource = article.BodySource,
                Authors = article.Authors,
                Language = article.Language,
                ImageUrl = article.ImageUrl,
                Categories = article.Categories,
                Enclosures = article.Enclosures,
                LiveBlog = article.LiveBlog,
                RetractedAt = exported.Marks.RetractedAt,
                Retraction = exported.Marks.Retraction,
                GoneAt = exported.Marks.GoneAt,
                GoneReason = exported.Marks.GoneReason,
                Source = exported.Source,
            },
            ArchiveJson.Default.ArchivedArticle);
    }

    /// <summary>Reads a line of UTF-8: an article, or what is wrong with it.</summary>
    public static (ArchiveReading.Record? Record, string? Fault) Read(ReadOnlySpan<byte> line)
    {
        ArchivedArticle? parts;
        try
        {
            parts = JsonSerializer.Deserialize(line, ArchiveJson.Default.ArchivedArticle);
        }
        catch (JsonException error)
        {
            return (null, $"no article in JSON: {PlainText.Line(error.Message)}");
        }

        return parts?.Check() ?? (null, "no article in JSON: null");
    }

    /// <summary>The article that the parts make, or what is wrong with them.</summary>
    public (ArchiveReading.Record? Record, string? Fault) Check()
    {
        if (Url is null || !DatedArticleText.IsArticleUrl(Url)) return (null, "url is not an absolute http or https URL without white space");
        if (Day() is not { } day) return (null, Date is null ? "neither date nor published_at is there" : "date is not a YYYY-MM-DD that exists");
        return (new ArchiveReading.Record(ToArticle(Url, day), Marks()), null);
    }

    /// <summary>The language that a text without a stated one is written in, as for an entry of a feed.</summary>
    public static string? LanguageOf(string body, string description) => LanguageDetector.Detect(body.Length > 0 ? body : description);

    // A mark is its moment; how it came about may be missing.
    private ArticleMarks Marks() => RetractedAt is null && GoneAt is null
        ? ArticleMarks.None
        : new ArticleMarks(RetractedAt, RetractedAt is null ? null : Line(Retraction), GoneAt, GoneAt is null ? null : Line(GoneReason));

    private DateOnly? Day()
    {
        if (Date is null) return PublishedAt is { } at ? DateOnly.FromDateTime(at.DateTime) : null;
        return DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    private DatedArticle ToArticle(string url, DateOnly day)
    {
        var title = PlainText.Line(Title);
        var (body, description) = (PlainText.Body(Body), PlainText.Line(Description));
        return new DatedArticle
        {
            Url = new Uri(url),
            PublishedOn = day,
            PublishedAt = PublishedAt,
            ModifiedAt = ModifiedAt,
            DateSource = OriginOf(DateSource),
            Title = title,
            TitleSource = OriginOf(TitleSource),
            Headline = Headline is null ? title : PlainText.Line(Headline),
            Description = description,
            Body = body,
            BodySource = body.Length > 0 ? OriginOf(BodySource) : "none",
            Authors = Lines(Authors),
            Language = LanguageTag.Read(Language) ?? LanguageOf(body, description),
            ImageUrl = ImageUrl is { Length: > 0 } image ? PlainText.Line(image) : null,
            Categories = Lines(Categories),
            Enclosures = [.. (Enclosures ?? []).Where(static enclosure => enclosure is { Url: not null })],
            LiveBlog = LiveBlog,
        };
    }

    private static string Line(string? stated) => PlainText.Line(stated) is { Length: > 0 } line ? line : Origin;

    private static string OriginOf(string? stated) =>
        stated is { Length: > 0 and <= 32 } && stated.All(static c => char.IsAsciiLetterLower(c) || c is '-' or '_') ? stated : Origin;

    private static IReadOnlyList<string> Lines(IReadOnlyList<string>? stated) =>
        [.. (stated ?? []).Select(PlainText.Line).Where(static line => line.Length > 0)];
}

/// <summary>How archives spell JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ArchivedArticle))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
