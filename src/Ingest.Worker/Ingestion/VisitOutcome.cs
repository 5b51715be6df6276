using Ingest.Feeds;
using Ingest.Worker.Fetching;
using Ingest.Worker.Storage;

namespace Ingest.Worker.Ingestion;

/// <summary>A visit that is ready to be saved, and what led to it.</summary>
/// <param name="Visit">What saving it would write.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Result">How the fetch ended.</param>
internal sealed record VisitOutcome(VisitWrites Visit, FetchRequest Request, FetchResult Result)
{
    /// <summary>What was read; null when there was nothing new to read, or it could not be.</summary>
    public FeedDocument? Document { get; init; }

    /// <summary>What was decided about each entry, those skipped by age excepted.</summary>
    public IReadOnlyList<EntryDecision> Decisions { get; init; } = [];
}

/// <summary>What was decided about an entry, and why.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Url">The article's URL; null when it has none.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Reason">In words.</param>
/// <param name="NeedsPage">Its page is to be fetched.</param>
internal sealed record EntryDecision(FeedEntry Entry, Uri? Url, EntryFate Fate, string Reason, bool NeedsPage);

/// <summary>What becomes of an entry.</summary>
internal enum EntryFate
{
    New,
    Changed,
    Known,
    Rejected,

    /// <summary>The source's filters do not take it.</summary>
    Filtered,
}
