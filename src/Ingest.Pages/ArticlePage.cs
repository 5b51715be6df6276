using Ingest.Text;

namespace Ingest.Pages;

/// <summary>What an HTML page claims about its article: every claim with where it stood, nothing chosen between page and feed yet.</summary>
public sealed record ArticlePage
{
    /// <summary>The claim of each kind that the page itself supports best; null when the page makes none.</summary>
    public PageClaim? Title { get; init; }

    /// <summary>schema.org headline, else null.</summary>
    public PageClaim? Headline { get; init; }

    public PageClaim? Description { get; init; }

    public PageDate? Published { get; init; }

    public PageDate? Modified { get; init; }

    /// <summary>The article's text: paragraphs separated by one blank line; null when the page has none.</summary>
    public PageClaim? Body { get; init; }

    /// <summary>What kind of page this is; only <see cref="PageKind.Article"/> and <see cref="PageKind.LiveBlog"/> are stored as text.</summary>
    public PageKind Kind { get; init; } = PageKind.Article;

    /// <summary>What went wrong, in words, with a page that is <see cref="PageKind.Costly"/>; null for all others.</summary>
    public string? Fault { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>BCP 47 tag, declared or detected.</summary>
    public string? Language { get; init; }

    /// <summary>Absolute URL that the page calls canonical; null when none or implausible.</summary>
    public string? CanonicalUrl { get; init; }

    public string? Image { get; init; }

    public string? SiteName { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>schema.org creativeWorkStatus, such as "Retracted", as stated; null when none.</summary>
    public string? Status { get; init; }

    /// <summary>Why each winner won, for people who ask (<c>--explain</c>).</summary>
    public IReadOnlyList<string> Explanation { get; init; } = [];
}

/// <summary>A text with where it stood on the page: <c>json-ld</c>, <c>microdata</c>, <c>opengraph</c>, <c>meta</c>, <c>html</c>, …</summary>
public sealed record PageClaim(string Text, string Origin);

/// <summary>A date with where it stood on the page: <c>json-ld</c>, <c>meta</c>, <c>microdata</c>, <c>time</c>, <c>url</c>, <c>visible</c>.</summary>
public sealed record PageDate(StatedDate Date, string Origin);

/// <summary>What kind of page it is.</summary>
public enum PageKind
{
    Article,
    LiveBlog,
    Index,
    Media,
    Consent,
    Challenge,
    Empty,

    /// <summary>Made so that reading it took longer than any page may take; nothing of it is believed.</summary>
    Costly,
}
