namespace Ingest.Worker.Storage.Schema;

/// <summary>A row of <c>articles</c>.</summary>
internal sealed class ArticleRow
{
    public long Id { get; init; }

    public Guid ArticleKey { get; init; }

    public required string Url { get; init; }

    public int? SourceId { get; init; }

    public DateOnly PublishedOn { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? ModifiedAt { get; init; }

    public required string DateSource { get; init; }

    public required string Title { get; init; }

    public required string TitleSource { get; init; }

    public required string Headline { get; init; }

    public required string Description { get; init; }

    public required string Body { get; init; }

    public required string BodySource { get; init; }

    public string[] Authors { get; init; } = [];

    public string? Language { get; init; }

    public int WordCount { get; init; }

    public string? ImageUrl { get; init; }

    public string[] Categories { get; init; } = [];

    public string Enclosures { get; init; } = "[]";

    public bool LiveBlog { get; init; }

    public Guid Fingerprint { get; init; }

    public required string PageState { get; init; }

    public string? PageError { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public int Revision { get; init; }

    public DateTimeOffset? RevisedAt { get; init; }

    public short DoubtfulChanges { get; init; }

    public ulong ChangedXid { get; init; }

    public long? StoryId { get; init; }

    public float? StorySimilarity { get; init; }

    public DateTimeOffset? RetractedAt { get; init; }

    public string? Retraction { get; init; }

    public DateTimeOffset? GoneAt { get; init; }

    public string? GoneReason { get; init; }
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
