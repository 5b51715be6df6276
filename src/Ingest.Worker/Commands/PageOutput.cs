using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ingest.Worker.Pages;
using Ingest.Worker.Text;

namespace Ingest.Worker.Commands;

/// <summary>What <c>read page</c> prints about a page, a JSON object a line.</summary>
internal sealed record PageOutput
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public required string Id { get; init; }

    public string? Url { get; init; }

    public string? Title { get; init; }

    public string? Headline { get; init; }

    public string? Description { get; init; }

    /// <summary>YYYY-MM-DD.</summary>
    public string? Date { get; init; }

    public string? PublishedAt { get; init; }

    public string? DateSource { get; init; }

    public string? Author { get; init; }

    public string? Language { get; init; }

    public string? Kind { get; init; }

    public string? Body { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Explanation { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    public static PageOutput Of(string id, Uri url, ArticlePage page, bool explain) => new()
    {
        Id = id,
        Url = page.CanonicalUrl ?? url.AbsoluteUri,
        Title = page.Title?.Text,
        Headline = page.Headline?.Text ?? page.Title?.Text,
        Description = page.Description?.Text,
        Date = page.Published?.Date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        PublishedAt = page.Published?.Date.At?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        DateSource = page.Published?.Origin ?? "none",
        Author = page.Authors.Count == 0 ? null : string.Join(", ", page.Authors),
        Language = page.Language,
        Kind = JsonNamingPolicy.KebabCaseLower.ConvertName(page.Kind.ToString()),
        Body = page.Body?.Text ?? "",
        Explanation = explain ? page.Explanation : null,
    };

    /// <summary>The dated-article text but for the last line feed, which the caller's line end brings.</summary>
    public string ToDatedText()
    {
        IEnumerable<string> parts = [$" date {Date ?? "0001-01-01"} {Url}", PlainText.Line(Title), PlainText.Line(Headline), PlainText.Line(Description), .. PlainText.Paragraphs(Body)];
        return string.Concat(parts.Select(static part => part + "\n\n"))[..^1];
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
