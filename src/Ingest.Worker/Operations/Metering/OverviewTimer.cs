using System.Threading.Tasks;
using Ingest.Worker.Ingestion.Turns;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Operations.Metering;

/// <summary>Keeps what the database tells up to date where metrics are sent and nobody asks for them.</summary>
internal sealed class OverviewTimer(OverviewCache overview, TimeProvider time, ILogger<OverviewTimer> log) : EndlessService(time, log)
{
    protected override async Task WorkAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(OverviewCache.Every, Time);
        do await overview.RefreshAsync(ct);
        while (await timer.WaitForNextTickAsync(ct));
    }
}
