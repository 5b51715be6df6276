using System.Globalization;

namespace Ingest.Worker.Ingestion.Turns;

/// <summary>What this worker is called in the ledger: machine and process.</summary>
internal sealed record NodeName(string Value)
{
    public static NodeName OfThisProcess { get; } = new(string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}"));
}
