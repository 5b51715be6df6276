using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ingest.Worker.Operations.Metering;

/// <summary>Sends metrics and traces by OTLP where the standard variables (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its like) say where to.</summary>
internal static class OtlpExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether anything is sent.</summary>
    public static bool IsOn(IConfiguration configuration) => IsOn(configuration, "METRICS") || IsOn(configuration, "TRACES");

    public static void Add(IServiceCollection services, IConfiguration configuration, string spans, string instance)
    {
        var telemetry = services.AddOpenTelemetry().ConfigureResource(
            resource => resource.Clear()
                .AddService(
                    "ingest-worker", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3), serviceInstanceId: instance)
                .AddTelemetrySdk()

                // The last word is whoever runs it's: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES.
                .AddEnvironmentVariableDetector());
        if (IsOn(configuration, "METRICS")) telemetry.WithMetrics(AddMetrics);
        if (IsOn(configuration, "TRACES")) telemetry.WithTracing(tracing => tracing.AddSource(spans, "Npgsql").AddOtlpExporter());
    }

    private static void AddMetrics(MeterProviderBuilder metrics) => metrics
        .AddMeter(HeardMeters.Own + "*")
        .AddMeter([.. HeardMeters.Names])
        .AddView(Kept)
        .AddOtlpExporter();

    // The same tags as at /metrics: none of them names a host.
    private static MetricStreamConfiguration? Kept(Instrument instrument) => HeardMeters.TagsOf(instrument.Meter.Name) is { } kept
        ? MetricBounds.Of(instrument) is var bounds && instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal)
            ? new ExplicitBucketHistogramConfiguration { TagKeys = [.. kept], Boundaries = bounds }
            : new MetricStreamConfiguration { TagKeys = [.. kept] }
        : null;

    private static bool IsOn(IConfiguration configuration, string signal) =>
        configuration["OTEL_SDK_DISABLED"]?.Trim().ToUpperInvariant() != "TRUE"
            && configuration[$"OTEL_{signal}_EXPORTER"]?.Trim().ToUpperInvariant() != "NONE"
            && (configuration[Endpoint] is { Length: > 0 } || configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] is { Length: > 0 });
}
