namespace Ingest.Worker.Storage.Tables;

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

    public string? Url { get; init; }

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

    public DateTimeOffset? DueAt { get; init; }
}
