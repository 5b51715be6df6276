using Ingest.Worker.Sources;
using Ingest.Worker.Storage;

namespace Ingest.Worker.Ingestion;

/// <summary>How the visit of a source went.</summary>
/// <param name="Source">The source that was visited.</param>
/// <param name="Status">HTTP status; 0 when no answer came.</param>
/// <param name="Failure">What went wrong; null when nothing did.</param>
/// <param name="NotModified">The server answered 304.</param>
/// <param name="Entries">What became of the entries.</param>
/// <param name="Duration">From the start of the fetch to the commit.</param>
internal sealed record VisitReport(Source Source, int Status, string? Failure, bool NotModified, EntryCounts Entries, TimeSpan Duration);

/// <summary>How the visit of a page went.</summary>
/// <param name="SourceId">The source through which it was found.</param>
/// <param name="Failure">What went wrong; null when the article was read.</param>
internal sealed record PageReport(int SourceId, string? Failure);
