using Ingest.Worker.Operations.Metering;

namespace Ingest.Worker.Operations.Listening;

/// <summary><c>/metrics</c>, for Prometheus.</summary>
internal static class MetricsRoute
{
    public static Route Of(MetricsCollector metrics, OverviewCache overview) => new("/metrics", async (_, ct) =>
    {
        await overview.RefreshAsync(ct);
        return new Reply(200, PrometheusText.MediaType, metrics.Write());
    });
}
