using System.Text.Json;
using AngleSharp.Html.Parser;
using Ingest.Pages.Claims;
using Ingest.Text;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests.Claims;

public sealed class ClaimGoldenTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Claims", "Golden");

    public static TheoryData<string> Pages() =>
        [.. Directory.EnumerateFiles(Folder, "*.html").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_page_claims_what_is_expected_of_it(string page)
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, page + ".expected.json")));
        using var document = new HtmlParser().ParseDocument(File.ReadAllText(Path.Combine(Folder, page + ".html")));
        var claims = ClaimReader.Read(document, new Uri(expected.RootElement.GetProperty("url").GetString()!), ReadingLimit.None, explain: true);
        foreach (var property in expected.RootElement.EnumerateObject().Where(static property => property.Name != "url"))
            Claimed(claims, property.Name).ShouldBe(Stated(property.Value), property.Name);
        claims.Page.Explanation.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Whatever_is_stored_of_the_page_says_a_known_origin(string page)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, page + ".html"));
        var read = PageReader.Read(bytes, "utf-8", new Uri("https://example.org/2026/01/02/page"), ReadingLimit.None);
        (read.Title?.Origin ?? Origins.None).ShouldBeOneOf([.. Origins.OfTitles]);
        (read.Headline?.Origin ?? Origins.None).ShouldBeOneOf([.. Origins.OfTitles]);
        (read.Published?.Origin ?? Origins.FirstSeen).ShouldBeOneOf([.. Origins.OfDates]);
        (read.Body?.Origin ?? Origins.None).ShouldBeOneOf([.. Origins.OfBodies]);
    }

    private static string? Claimed(PageClaims claims, string property) => property switch
    {
        "title" => claims.Page.Title?.Text,
        "headline" => claims.Page.Headline?.Text,
        "description" => claims.Page.Description?.Text,
        "published" => claims.Page.Published?.Date.Day.ToString("yyyy-MM-dd", null),
        "publishedAt" => claims.Page.Published?.Date.At?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", null),
        "dateOrigin" => claims.Page.Published?.Origin,
        "modified" => claims.Page.Modified?.Date.Day.ToString("yyyy-MM-dd", null),
        "authors" => string.Join("; ", claims.Page.Authors),
        "language" => claims.Page.Language,
        "canonical" => claims.Page.CanonicalUrl,
        "image" => claims.Page.Image,
        "site" => claims.Page.SiteName,
        "categories" => string.Join("; ", claims.Page.Categories),
        "body" => claims.Bodies.Select(static body => body.Text).FirstOrDefault(),
        _ => throw new ArgumentException(property),
    };

    private static string? Stated(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(static item => item.GetString())),
        _ => value.GetString(),
    };
}
