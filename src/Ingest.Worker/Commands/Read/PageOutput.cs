using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ingest.Identity;
using Ingest.Pages;
using Ingest.Text;
using Ingest.Text.Dated;
using Ingest.Text.Secrets;
using Ingest.Worker.Articles;

namespace Ingest.Worker.Commands.Read;

/// <summary>What <c>read page</c> prints about a page, a JSON object a line.</summary>
internal sealed record PageOutput
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm:sszzz";

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

    /// <summary>What kind of page it is, in kebab case.</summary>
    public string? Kind { get; init; }

    public string? Body { get; init; }

    /// <summary>Why the page would not be stored; its claims are printed all the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rejected { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Explanation { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    public static PageOutput Of(string id, Uri url, ArticlePage page, bool explain)
    {
        // A page that lies in a file, and nobody said where it came from, may say so itself.
        if (url.IsFile && CanonicalUrl.Parse(page.CanonicalUrl) is { } stated) url = stated;
        var kind = JsonNamingPolicy.KebabCaseLower.ConvertName(page.Kind.ToString());
        var explanation = explain ? page.Explanation : null;
        return ArticleAssembly.FromPage(page, url) switch
        {
            AssemblyResult.Assembled(var article) => Of(id, article) with { Kind = kind, Explanation = explanation },
            AssemblyResult.Rejected(var reason) => OfClaims(id, url, page) with { Kind = kind, Explanation = explanation, Rejected = reason },
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The dated-article text; null when the page was rejected, states no date or is known by no http(s) URL.</summary>
    public string? ToDatedText() =>
        Rejected is null && Date is not null && Url is not null && DatedArticleText.IsArticleUrl(Url)
            ? DatedArticleText.Write(new DatedText(
                DateOnly.ParseExact(Date, DayFormat, CultureInfo.InvariantCulture), Url, Title ?? "", Headline ?? "", Description ?? "", Body ?? ""))
            : null;

    public string ToJson() => SafeLine.InJson(JsonSerializer.Serialize(this, Json));

    private static PageOutput Of(string id, DatedArticle article) => new()
    {
        Id = id,
        Url = article.Url.OriginalString,
        Title = article.Title,
        Headline = article.Headline,
        Description = article.Description,
        Date = article.PublishedOn?.ToString(DayFormat, CultureInfo.InvariantCulture),
        PublishedAt = article.PublishedAt?.ToString(MomentFormat, CultureInfo.InvariantCulture),
        DateSource = article.DateSource,
        Author = AuthorLine(article.Authors),
        Language = article.Language,
        Body = article.Body,
    };

    private static PageOutput OfClaims(string id, Uri url, ArticlePage page) => new()
    {
        Id = id,
        Url = page.CanonicalUrl ?? url.OriginalString,
        Title = page.Title?.Text,
        Headline = page.Headline?.Text ?? page.Title?.Text,
        Description = page.Description?.Text,
        Date = page.Published?.Date.Day.ToString(DayFormat, CultureInfo.InvariantCulture),
        PublishedAt = page.Published?.Date.At?.ToString(MomentFormat, CultureInfo.InvariantCulture),
        DateSource = page.Published?.Origin ?? Origins.None,
        Author = AuthorLine(page.Authors),
        Language = page.Language,
        Body = page.Body?.Text ?? "",
    };

    private static string? AuthorLine(IReadOnlyList<string> authors) => authors.Count == 0 ? null : string.Join(", ", authors);
}
