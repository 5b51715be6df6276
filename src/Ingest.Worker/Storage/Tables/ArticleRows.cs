using Ingest.Text;

namespace Ingest.Worker.Storage.Tables;

/// <summary>
/// A row of <c>articles</c>: what reads and writes them, and archives, goes through it by the table of <see cref="ArticleColumns"/>. What an archive may leave
/// unsaid can be null here.
/// </summary>
internal sealed class ArticleRow
{
    public long Id { get; init; }

    public Guid ArticleKey { get; set; }

    public string? Url { get; set; }

    public int? SourceId { get; set; }

    public DateOnly? PublishedOn { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    public DateTimeOffset? ModifiedAt { get; set; }

    public string? DateSource { get; set; }

    public string? Title { get; set; }

    public string? TitleSource { get; set; }

    public string? Headline { get; set; }

    public string? Description { get; set; }

    public string? Body { get; set; }

    public string? BodySource { get; set; }

    public string[]? Authors { get; set; }

    public string? Language { get; set; }

    public int WordCount { get; set; }

    public string? ImageUrl { get; set; }

    public string[]? Categories { get; set; }

    public IReadOnlyList<Enclosure>? Enclosures { get; set; }

    public bool LiveBlog { get; set; }

    public Guid Fingerprint { get; set; }

    public string? PageState { get; set; }

    public string? PageError { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateOnly? UpdatedOn { get; init; }

    public string? Host { get; init; }

    public string? LanguageBase { get; init; }

    public int Revision { get; init; }

    public DateTimeOffset? RevisedAt { get; init; }

    public short DoubtfulChanges { get; init; }

    public ulong ChangedXid { get; init; }

    public long? StoryId { get; init; }

    public float? StorySimilarity { get; init; }

    public DateTimeOffset? RetractedAt { get; set; }

    public string? Retraction { get; set; }

    public DateTimeOffset? GoneAt { get; set; }

    public string? GoneReason { get; set; }
}

/// <summary>A row of <c>article_sightings</c>.</summary>
internal sealed class SightingRow
{
    public int SourceId { get; init; }

    public Guid EntryKey { get; init; }

    public Guid ArticleKey { get; init; }

    public string? Guid { get; init; }

    public required string Url { get; init; }

    public required string Title { get; init; }

    public Guid Fingerprint { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
}
