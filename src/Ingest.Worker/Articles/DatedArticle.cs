using Ingest.Text;

namespace Ingest.Worker.Articles;

/// <summary>The record that the product exists for: one article with its date, names, text, and where each came from.</summary>
internal sealed record DatedArticle
{
    /// <summary>The article's canonical URL as published, absolute http(s).</summary>
    public required Uri Url { get; init; }

    /// <summary>The publisher's own calendar day; null when nobody stated one.</summary>
    public DateOnly? PublishedOn { get; init; }

    /// <summary>The stated moment; null when only a day, or nothing, was stated.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>Where the date came from: one of <see cref="Origins.OfDates"/>, or what a stranger's archive says; none without a date.</summary>
    public string DateSource { get; init; } = Origins.None;

    /// <summary>One line; may be empty.</summary>
    public required string Title { get; init; }

    /// <summary>One line; the title again where nobody stated one.</summary>
    public required string Headline { get; init; }

    /// <summary>One line; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Paragraphs separated by one blank line; may be empty.</summary>
    public string Body { get; init; } = "";

    /// <summary>Where the body came from: one of <see cref="Origins.OfBodies"/>, or what a stranger's archive says.</summary>
    public string BodySource { get; init; } = Origins.None;

    /// <summary>Where the title came from: one of <see cref="Origins.OfTitles"/>, or what a stranger's archive says.</summary>
    public string TitleSource { get; init; } = Origins.None;

    public IReadOnlyList<string> Authors { get; init; } = [];

    public string? Language { get; init; }

    public string? ImageUrl { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<Enclosure> Enclosures { get; init; } = [];

    /// <summary>The page is a running report that goes on being written: kept, and flagged.</summary>
    public bool LiveBlog { get; init; }

    /// <summary>How the publisher says that the article is withdrawn; null when it stands.</summary>
    public string? Retraction { get; init; }
}
