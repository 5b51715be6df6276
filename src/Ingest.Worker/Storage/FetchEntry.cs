using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Storage;

/// <summary>One line of the ledger.</summary>
internal sealed record FetchEntry
{
    /// <summary>UUID version 7.</summary>
    public required Guid Id { get; init; }

    public required Uri Url { get; init; }

    public required LedgerKind Kind { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    public required int Status { get; init; }

    public required FetchOutcome Outcome { get; init; }

    /// <summary>Name of the failure, for counting: of what the web did, of an unexpected error, or one of <see cref="LedgerCauses"/>.</summary>
    public string? Cause { get; init; }

    /// <summary>What went wrong, in words.</summary>
    public string? Failure { get; init; }

    public long Bytes { get; init; }

    public int Attempts { get; init; }

    public bool Conditional { get; init; }

    /// <summary>When it was due; null for what has no time of its own, and for what was not waited for.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public Uri? FinalUrl { get; init; }

    /// <summary>Status and target of each redirect, in order.</summary>
    public IReadOnlyList<string> Redirects { get; init; } = [];

    /// <summary>What the publisher asks not to be done with the answer.</summary>
    public IReadOnlyList<string> OptOuts { get; init; } = [];

    public string? TdmPolicy { get; init; }

    public EntryCounts Entries { get; init; }

    /// <summary>Other fetches that it took: robots.txt, older documents of the feed.</summary>
    public IReadOnlyList<FetchEntry> Others { get; init; } = [];

    public required string Node { get; init; }
}

/// <summary>A line of the ledger as it is stored.</summary>
/// <param name="SourceId">The source that the fetch was made for.</param>
/// <param name="Row">The fetch.</param>
/// <param name="Url">Its address without secrets; null for the source's own.</param>
internal readonly record struct LedgerLine(int SourceId, FetchEntry Row, string? Url);

/// <summary>What became of a document's entries.</summary>
internal readonly record struct EntryCounts(int New, int Changed, int Known, int Rejected)
{
    /// <summary>Those that the source's filters do not take; the ledger does not count them.</summary>
    public int Filtered { get; init; }

    public int Total => New + Changed + Known + Rejected + Filtered;
}
