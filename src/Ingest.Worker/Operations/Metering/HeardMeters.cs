using System.Diagnostics.Metrics;

namespace Ingest.Worker.Operations.Metering;

/// <summary>
/// The meters that are told of, and which of their tags: never one that names a host, a URL or a database, because each of their values would be a series of
/// its own, for ever.
/// </summary>
internal static class HeardMeters
{
    /// <summary>How the names of our own begin. Their tags are words of ours.</summary>
    public const string Own = "Ingest.Worker.";

    private static readonly Dictionary<string, string[]> Others = new(StringComparer.Ordinal)
    {
        ["System.Runtime"] =
            ["gc.heap.generation", "dotnet.gc.heap.generation", "cpu.mode", "error.type"],
        ["System.Net.Http"] = ["http.request.method", "http.response.status_code", "error.type", "network.protocol.version", "http.connection.state"],
        ["System.Net.NameResolution"] = ["error.type"],
        ["Npgsql"] = ["db.client.connection.state", "error.type", "db.response.status_code"],
        ["Polly"] = ["event.name", "event.severity", "pipeline.name", "strategy.name", "attempt.handled", "exception.type"],
        ["Quartz"] = ["job.group", "error.type"],
    };

    public static IEnumerable<string> Names => Others.Keys;

    /// <summary>Whether a meter is told of: one of ours if this worker made it, another of the process by its name.</summary>
    public static bool Hears(Meter meter, IMeterFactory factory) =>
        IsOwn(meter.Name) ? meter.Scope == factory : Others.ContainsKey(meter.Name) && (meter.Scope is null || meter.Scope == factory);

    /// <summary>The tags that are kept; null for all.</summary>
    public static IReadOnlyList<string>? TagsOf(string meter) => IsOwn(meter) ? null : Others.GetValueOrDefault(meter, []);

    private static bool IsOwn(string meter) => meter.StartsWith(Own, StringComparison.Ordinal);
}
