using Ingest.Worker.Fetching;
using Ingest.Worker.Storage;

namespace Ingest.Worker.Ingestion;

/// <summary>Turns the outcome of a fetch into its line of the ledger.</summary>
internal static class FetchLedger
{
    public static FetchEntry Entry(FetchRequest request, FetchResult result, DateTimeOffset startedAt, NodeName node) => new()
    {
        Id = Guid.CreateVersion7(startedAt),
        Url = request.Url,
        Kind = request.Kind == FetchKind.Feed ? "feed" : "page",
        StartedAt = startedAt,
        Duration = result.Duration,
        Status = result.Status,
        Outcome = result switch
        {
            FetchResult.Fetched => "fetched",
            FetchResult.NotModified => "not_modified",
            _ => "failed",
        },
        Cause = (result as FetchResult.Failed)?.Cause.ToString(),
        Failure = (result as FetchResult.Failed)?.Reason,
        Bytes = result.WireBytes,
        Attempts = result.Attempts,
        Conditional = result.Conditional,
        FinalUrl = result.FinalUrl,
        Node = node.Value,
    };
}
