namespace Ingest.Worker.Storage.Schema;

/// <summary>A row of <c>sources</c>.</summary>
internal sealed class SourceRow
{
    public int Id { get; init; }

    public required string Name { get; init; }

    public required string Url { get; set; }

    public required string ConfiguredUrl { get; set; }

    public int? ParentId { get; init; }

    public short Depth { get; init; }

    public required string State { get; set; }

    public short Slot { get; set; }

    public required string FullText { get; set; }

    public string? Schedule { get; set; }

    public string? TimeZone { get; set; }

    public TimeSpan? PollInterval { get; set; }

    public string[] Tags { get; set; } = [];

    public string? Title { get; init; }

    public string? SiteUrl { get; init; }

    public string? Language { get; init; }

    public string? Etag { get; set; }

    public string? LastModified { get; set; }

    public string? ValidatorsUrl { get; set; }

    public Guid? BodyHash { get; set; }

    public DateTimeOffset? LastFullAt { get; set; }

    public required string ValidatorTrust { get; set; }

    public DateTimeOffset? ValidatorTrustAt { get; set; }

    public string? MovedTo { get; set; }

    public int? MovedSeen { get; set; }

    public DateTimeOffset? MovedSince { get; set; }

    public DateTimeOffset NextPollAt { get; set; }

    public string? NextPollReason { get; set; }

    public TimeSpan? AdaptiveInterval { get; init; }

    public TimeSpan? NewsGap { get; init; }

    public DateTimeOffset? NewestEntryAt { get; init; }

    public DateTimeOffset? SilentSince { get; init; }

    public float[]? NewsByHour { get; init; }

    public float[]? NewsByDay { get; init; }

    public float[]? HoursByHour { get; init; }

    public float[]? HoursByDay { get; init; }

    public TimeSpan? IntervalCeiling { get; init; }

    public TimeSpan? AskedInterval { get; init; }

    public short[]? SkipHours { get; init; }

    public short[]? SkipDays { get; init; }

    public double FailureWeight { get; set; }

    public DateTimeOffset? LastPolledAt { get; init; }

    public DateTimeOffset? LastSuccessAt { get; init; }

    public DateTimeOffset? LastNewsAt { get; init; }

    public int? LastStatus { get; init; }

    public string? LastError { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}

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

/// <summary>A row of <c>page_queue</c>.</summary>
internal sealed class QueuedPageRow
{
    public Guid ArticleKey { get; init; }

    public int SourceId { get; init; }

    public required string Url { get; init; }

    public short Slot { get; init; }

    public required string State { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset NextAttemptAt { get; init; }

    public string? LastError { get; init; }

    public DateTimeOffset QueuedAt { get; init; }
}

/// <summary>A row of <c>fetches</c>.</summary>
internal sealed class FetchRow
{
    public Guid Id { get; init; }

    public int? SourceId { get; init; }

    public required string Url { get; init; }

    public required string Kind { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public int DurationMs { get; init; }

    public int Status { get; init; }

    public required string Outcome { get; init; }

    public string? Cause { get; init; }

    public string? Failure { get; init; }

    public long Bytes { get; init; }

    public int Attempts { get; init; }

    public bool Conditional { get; init; }

    public string? FinalUrl { get; init; }

    public string[]? Redirects { get; init; }

    public string[]? OptOuts { get; init; }

    public string? TdmPolicy { get; init; }

    public int EntriesNew { get; init; }

    public int EntriesChanged { get; init; }

    public int EntriesKnown { get; init; }

    public int EntriesRejected { get; init; }

    public required string Node { get; init; }
}

/// <summary>A row of <c>source_events</c>.</summary>
internal sealed class SourceEventRow
{
    public long Id { get; init; }

    public int SourceId { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    public required string Detail { get; init; }
}

/// <summary>A row of <c>host_holds</c>.</summary>
internal sealed class HostHoldRow
{
    public required string Host { get; init; }

    public DateTimeOffset NotBefore { get; init; }

    public int Status { get; init; }

    public DateTimeOffset SetAt { get; init; }
}
