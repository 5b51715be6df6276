using System.Diagnostics.Metrics;
using Ingest.Worker.Fetching.Memory;

namespace Ingest.Worker.Fetching;

/// <summary>Meter <c>Ingest.Worker.Fetching</c>; tags are kinds and named outcomes, never hosts or URLs.</summary>
internal sealed class FetchMetrics
{
    public const string MeterName = "Ingest.Worker.Fetching";

    // A fetch waits for its host's turn, and may take minutes.
    private static readonly InstrumentAdvice<double> Bounds =
        new() { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] };

    private readonly Histogram<double> duration;
    private readonly Counter<long> fetches;
    private readonly Counter<long> requests;
    private readonly Counter<long> wireBytes;

    public FetchMetrics(IMeterFactory meters, MemoryBudget memory)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        duration = meter.CreateHistogram(
            "ingest.fetch.duration", "s", "Fetches, from the first request to the end, retries and waits for the host's turn included.", advice: Bounds);
        fetches = meter.CreateCounter<long>(
            "ingest.fetches", "{fetch}", "Fetches by their end; error_type is the cause of a failure as the table fetches names it.");
        requests = meter.CreateCounter<long>("ingest.fetch.requests", "{request}", "Requests sent, retries included, redirects not.");
        wireBytes = meter.CreateCounter<long>("ingest.fetch.wire", "By", "Body bytes received, before decompression.");
        meter.CreateObservableUpDownCounter(
            "ingest.memory.budget.usage", () => memory.Held, "By", "What documents under way hold of the memory budget (Ingest:Fetching:MemoryBudget).");
        meter.CreateObservableUpDownCounter(
            "ingest.memory.budget.limit", () => memory.Total, "By", "What documents under way may hold together; the rest of the budget is for garbage.");
    }

    public void Record(FetchKind kind, FetchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var tag = KeyValuePair.Create<string, object?>("kind", Word(kind.ToString()));
        var outcome = KeyValuePair.Create<string, object?>("outcome", result switch
        {
            FetchResult.Fetched => "fetched",
            FetchResult.NotModified => "not_modified",
            FetchResult.Failed => "failed",
            _ => throw new System.Diagnostics.UnreachableException(),
        });
        duration.Record(result.Duration.TotalSeconds, tag, outcome);
        if (result is FetchResult.Failed failed) fetches.Add(1, tag, outcome, new("error.type", failed.Cause.ToString()));
        else fetches.Add(1, tag, outcome);
        requests.Add(result.Attempts, tag);
        wireBytes.Add(result.WireBytes, tag);
    }

    private static string Word(string name) => name.ToLowerInvariant();
}
