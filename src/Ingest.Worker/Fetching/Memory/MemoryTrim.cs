using System.Runtime;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Fetching.Memory;

/// <summary>
/// Keeps garbage small while large documents are about, and gives memory back to the system afterwards. The collector does not know that memory is short, and
/// keeps what it once had because it expects to need it again: a peak would stay for days.
/// </summary>
internal sealed partial class MemoryTrim(MemoryRoom room, TimeProvider time, ILogger<MemoryTrim> log) : IDisposable
{
    // Less is not worth a collection, which takes a tenth of a second and more.
    private const long MuchGarbage = 64 << 20;
    private const int RestAfterWork = 4;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500), QuietAfter = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private ITimer? timer;
    private long lastLarge, lastEnd, left;
    private TimeSpan pause;

    /// <summary>Notes that a large document takes memory.</summary>
    public void NoteLarge()
    {
        Volatile.Write(ref lastLarge, time.GetTimestamp());
        if (Volatile.Read(ref timer) is not null) return;
        lock (gate) timer ??= time.CreateTimer(static trim => ((MemoryTrim)trim!).Look(), this, Every, Every);
    }

    public void Dispose() => timer?.Dispose();

    private void Look()
    {
        // A collection may take longer than the timer waits.
        if (!gate.TryEnter()) return;
        try
        {
            var heap = GC.GetTotalMemory(forceFullCollection: false);
            if (time.GetElapsedTime(Volatile.Read(ref lastLarge)) > QuietAfter)
            {
                Collect(heap);
                timer?.Dispose();
                timer = null;
            }
            else if (heap > room.MostHeap && heap - left > MuchGarbage && time.GetElapsedTime(lastEnd) > RestAfterWork * pause)
            {
                Collect(heap);
            }
        }
        finally
        {
            gate.Exit();
        }
    }

    private void Collect(long before)
    {
        var start = time.GetTimestamp();
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        lastEnd = time.GetTimestamp();
        (left, pause) = (GC.GetTotalMemory(forceFullCollection: false), time.GetElapsedTime(start, lastEnd));
        LogTrimmed(log, before >> 20, left >> 20, pause.TotalMilliseconds);
    }

    [LoggerMessage(203, LogLevel.Debug, "Memory: the heap went from {Before} to {Left} MiB in {Pause} ms")]
    private static partial void LogTrimmed(ILogger logger, long before, long left, double pause);
}
