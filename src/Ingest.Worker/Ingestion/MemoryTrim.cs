using System.Runtime;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Memory;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Ingestion;

/// <summary>
/// Gives memory back to the system after large documents. The collector keeps what it once had, because it expects to need it again; a peak would stay for days.
/// </summary>
internal sealed partial class MemoryTrim(MemoryBudget budget, TimeProvider time, ILogger<MemoryTrim> log) : EndlessService(time, log)
{
    private const int LatestAfter = 6;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    protected override async Task WorkAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Every, Time);
        var (seen, trimmed, late) = (0L, 0L, 0);
        while (await timer.WaitForNextTickAsync(ct))
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
            LogTrimmed(log, budget.Held >> 20, before >> 20, after.HeapSizeBytes >> 20, after.TotalCommittedBytes >> 20, after.PauseDurations[0].TotalMilliseconds);
        }
    }

    [LoggerMessage(615, LogLevel.Debug, "Memory: {Held} MiB of the budget are held; the heap went from {Before} to {After} MiB, {Committed} MiB of the system, in {Pause} ms")]
    private static partial void LogTrimmed(ILogger logger, long held, long before, long after, long committed, double pause);
}
