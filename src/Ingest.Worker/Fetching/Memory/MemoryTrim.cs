using System.Runtime;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Fetching.Memory;

/// <summary>
/// Gives memory back to the system after large documents. The collector keeps what it once had, because it expects to need it again; a peak would stay for days.
/// </summary>
internal sealed partial class MemoryTrim(MemoryBudget budget, TimeProvider time, ILogger<MemoryTrim> log) : BackgroundService
{
    private const int LatestAfter = 6;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        var (seen, trimmed, late) = (0L, 0L, 0);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var (taken, isQuiet) = (budget.TakenByLarge, budget.TakenByLarge == seen);
            seen = taken;

            // It takes up to a second, so it waits for a quiet moment, but not for ever.
            if (taken == trimmed || (!isQuiet && ++late < LatestAfter)) continue;
            (trimmed, late) = (taken, 0);
            var before = GC.GetTotalMemory(forceFullCollection: false);
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            var after = GC.GetGCMemoryInfo(GCKind.FullBlocking);
            LogTrimmed(budget.Held >> 20, before >> 20, after.HeapSizeBytes >> 20, after.TotalCommittedBytes >> 20, after.PauseDurations[0].TotalMilliseconds);
        }
    }

    [LoggerMessage(203, LogLevel.Debug, "Memory: {Held} MiB of the budget are held; the heap went from {Before} to {After} MiB, {Committed} MiB of the system, in {Pause} ms")]
    private partial void LogTrimmed(long held, long before, long after, long committed, double pause);
}
