namespace Ingest.Pages.Claims;

/// <summary>What the page says about its article outside of the running text, the best supported claim of each kind.</summary>
internal sealed record PageClaims
{
    public PageClaim? Title { get; init; }

    public PageClaim? Headline { get; init; }

    public PageClaim? Description { get; init; }

    public PageDate? Published { get; init; }

    public PageDate? Modified { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>BCP 47 tag as declared; null when not declared.</summary>
    public string? Language { get; init; }

    public string? CanonicalUrl { get; init; }

    public string? Image { get; init; }

    public string? SiteName { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>schema.org creativeWorkStatus as stated; null when none.</summary>
    public string? Status { get; init; }

    /// <summary>articleBody claims (<c>json-ld</c>, <c>microdata</c>), as stated, line breaks kept.</summary>
    public IReadOnlyList<PageClaim> Bodies { get; init; } = [];

    /// <summary>schema.org types of the chosen article, and the og:type, as stated.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The candidates of each kind and why one won, a line each.</summary>
    public IReadOnlyList<string> Explanation { get; init; } = [];
}
