using Ingest.Pages.Body;
using Ingest.Pages.Claims;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests.Body.Fate;

/// <summary>An article of eight paragraphs, to put something into.</summary>
internal static class Story
{
    private static readonly string[] Paragraphs =
    [
        "The orchard above Linden Hollow lost a third of its trees in the storm, and nobody has counted the hives yet.",
        "Growers met in the old cider press on Sunday to decide who would lend tractors, and for how many days.",
        "“Three generations planted these rows, and one night took them,” said Marta Quill, who keeps the books.",
        "The insurer sent two assessors, who walked the terraces until dusk and wrote down every broken trunk they found.",
        "A nursery in the next valley offered saplings at cost, provided that the ground is cleared before the frost.",
        "School children collected the fallen fruit in sacks, and the press ran for nine hours without a pause.",
        "The council will talk about a windbreak in its next session, although the last plan failed over the price.",
        "Quill expects the first full harvest in eleven years, and she has already ordered the ladders for it.",
    ];

    /// <summary>The article's text with a piece of HTML after its fourth paragraph.</summary>
    public static string Inside(string html) => Read($"{P(0, 4)}{html}{P(4, 8)}");

    /// <summary>The same with the piece at its end.</summary>
    public static string AtEnd(string html) => Read($"{P(0, 8)}{html}");

    /// <summary>The same with the piece before it.</summary>
    public static string AtStart(string html) => Read($"{html}{P(0, 8)}");

    /// <summary>The article with a piece of HTML at its end, by an author whom the page names.</summary>
    public static string By(string author, string start, string end) =>
        ReadPage($"<main><article><h1>Storm</h1>{start}{P(0, 8)}{end}</article></main>", author);

    /// <summary>The article on a site of some name, with a piece of HTML at its end.</summary>
    public static string OnSite(string site, string end) => ReadPage(
        $"<main><article><h1>Storm fells a third of the orchard</h1><div class=\"article-body\">{P(0, 8)}{end}</div></article></main>",
        claims => claims with
        {
            IsSite = name => site.StartsWith(name, StringComparison.OrdinalIgnoreCase),
            Page = claims.Page with { CanonicalUrl = "https://example.org/storm" },
        });

    /// <summary>Two of its paragraphs, the first of which is counted from 0.</summary>
    public static string Two(int first) => P(first, first + 2);

    public static string Text(int paragraph) => Paragraphs[paragraph];

    public static string Read(string article) => ReadPage(
        $"<main><article><header><h1>Storm fells a third of the orchard</h1></header><div class=\"article-body\">{article}</div></article></main>");

    public static string ReadPage(string html, params string[] authors) =>
        ReadPage(html, claims => claims with { Page = claims.Page with { Authors = authors } });

    private static string ReadPage(string html, Func<PageClaims, PageClaims> and)
    {
        using var document = BoundedParse.Read($"<body>{html}</body>", ReadingLimit.None);
        var claims = new PageClaims(new ArticlePage { Title = new PageClaim("Storm fells a third of the orchard", "html") });
        return BodyReader.Read(document, and(claims), ReadingLimit.None, explain: false).Text;
    }

    private static string P(int first, int end) => string.Concat(Paragraphs[first..end].Select(static text => $"<p>{text}</p>"));
}
