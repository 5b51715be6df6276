using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ingest.Text;
using Ingest.Text.Dated;
using Ingest.Text.Detection;
using Ingest.Text.Languages;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Tables;

namespace Ingest.Worker.Archive;

/// <summary>
/// An article as archives have it. Only <c>url</c> and <c>date</c> (or <c>published_at</c>) must be there to be read; where the parts say nothing of their
/// origin, it is the archive.
/// </summary>
internal sealed class ArchivedArticle
{
    // Letters stay letters: nothing here ends up in HTML.
    private static readonly JsonWriterOptions Raw = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private string? date;

    public ArticleRow Row { get; init; } = new();

    /// <summary>Name of the source that showed it first; written, and not read: sources belong to their worker.</summary>
    public string? Source { get; set; }

    /// <summary>YYYY-MM-DD, or what stands there instead.</summary>
    public string? Date
    {
        get => date ?? Row.PublishedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        set => date = value;
    }

    /// <summary>As it is written.</summary>
    public static ArchivedArticle Of(ExportedArticle exported) => new() { Row = exported.Row, Source = exported.Source };

    /// <summary>Appends a line, without its line feed, as UTF-8.</summary>
    public static void Write(ExportedArticle exported, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, Raw);
        JsonSerializer.Serialize(writer, Of(exported), ArchiveFields.Own.Line);
    }

    /// <summary>Reads a line of UTF-8: an article, or what is wrong with it.</summary>
    public static (ArchiveReading.Record? Record, string? Fault) Read(ReadOnlySpan<byte> line)
    {
        ArchivedArticle? parts;
        try
        {
            parts = JsonSerializer.Deserialize(line, ArchiveFields.Own.Line);
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
        if (Row.Url is null || !DatedArticleText.IsArticleUrl(Row.Url)) return (null, "url is not an absolute http or https URL without white space");
        if (Day() is not { } day) return (null, Date is null ? "neither date nor published_at is there" : "date is not a YYYY-MM-DD that exists");
        return (new ArchiveReading.Record(ToArticle(day), Marks()), null);
    }

    /// <summary>The language that a text without a stated one is written in, as for an entry of a feed.</summary>
    public static string? LanguageOf(string body, string description) => LanguageDetector.Detect(body.Length > 0 ? body : description);

    private DateOnly? Day()
    {
        if (Row.PublishedOn is { } known) return known;
        if (Date is null) return Row.PublishedAt is { } at ? DateOnly.FromDateTime(at.DateTime) : null;
        return DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    private DatedArticle ToArticle(DateOnly day)
    {
        Row.Headline ??= Row.Title;
        foreach (var field in ArchiveFields.Own.All) field.Tidy(this);
        if (Row.Body!.Length == 0) Row.BodySource = Origins.None;

        // A day first seen stays the day of its article, and is still said to be one.
        return ArticleRows.ToArticle(Row) with
        {
            PublishedOn = day,
            DateSource = Row.DateSource!,
            Language = LanguageTag.Read(Row.Language) ?? LanguageOf(Row.Body, Row.Description!),
        };
    }

    // A mark is its moment; how it came about may be missing.
    private ArticleMarks Marks() => Row.RetractedAt is null && Row.GoneAt is null
        ? ArticleMarks.None
        : new ArticleMarks(
            Row.RetractedAt, Row.RetractedAt is null ? null : Line(Row.Retraction), Row.GoneAt, Row.GoneAt is null ? null : Line(Row.GoneReason));

    private static string Line(string? stated) => PlainText.Line(stated) is { Length: > 0 } line ? line : Origins.Archive;
}

/// <summary>How archives spell the values of their fields in JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(DateTimeOffset?))]
[JsonSerializable(typeof(IReadOnlyList<Enclosure>))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
