using System.Diagnostics.Metrics;

namespace Ingest.Worker.Fetching;

/// <summary>Meter <c>Ingest.Worker.Fetching</c>; tags are kinds and named outcomes, never hosts or URLs.</summary>
internal sealed class FetchMetrics
{
    public const string MeterName = "Ingest.Worker.Fetching";

    private readonly Histogram<double> duration;
    private readonly Counter<long> requests;
    private readonly Counter<long> wireBytes;

    public FetchMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        duration = meter.CreateHistogram<double>("ingest.fetch.duration", "s", "Fetches, from the first request to the end.");
        requests = meter.CreateCounter<long>("ingest.fetch.requests", "{request}", "Requests sent, retries included, redirects not.");
        wireBytes = meter.CreateCounter<long>("ingest.fetch.wire", "By", "Body bytes received, before decompression.");
    }

    public void Record(FetchKind kind, FetchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var tag = KeyValuePair.Create<string, object?>("kind", kind.ToString());
        var outcome = result switch
        {
            FetchResult.Fetched => "fetched",
            FetchResult.NotModified => "not_modified",
            FetchResult.Failed failed => failed.Cause.ToString(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        duration.Record(result.Duration.TotalSeconds, tag, KeyValuePair.Create<string, object?>("outcome", outcome));
        requests.Add(result.Attempts, tag);
        wireBytes.Add(result.WireBytes, tag);
    }
}
