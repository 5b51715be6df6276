namespace Ingest.Pages.Claims;

/// <summary>What the page says about its article outside the running text.</summary>
/// <param name="Page">The best supported claim of each kind; the language as declared, null when it is not.</param>
internal sealed record PageClaims(ArticlePage Page)
{
    /// <summary>articleBody claims (<c>json-ld</c>, <c>microdata</c>), as stated, line breaks kept.</summary>
    public IReadOnlyList<PageClaim> Bodies { get; init; } = [];

    /// <summary>Whether a text is the name of the site.</summary>
    public Predicate<string> IsSite { get; init; } = static _ => false;

    /// <summary>schema.org types of the chosen article, and the og:type, as stated.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];
}
