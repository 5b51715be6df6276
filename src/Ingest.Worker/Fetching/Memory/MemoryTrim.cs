using System.Runtime;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Fetching.Memory;

/// <summary>
/// Keeps garbage small while large documents are about, and gives memory back to the system afterwards. The collector does not know that memory is short, and
/// keeps what it once had because it expects to need it again: a peak would stay for days.
/// </summary>
internal sealed partial class MemoryTrim(MemoryRoom room, TimeProvider time, ILogger<MemoryTrim> log) : IDisposable
{
    // What takes less, such as any usual page, leaves what the collector handles by itself.
    private const long Large = 8 << 20;

    // Less is not worth a collection, which takes a tenth of a second and more.
    private const long MuchGarbage = 32 << 20;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50), QuietAfter = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private readonly ManualResetEventSlim stirred = new();
    private Thread? watch;
    private long lastLarge, lastEnd, left;
    private TimeSpan pause;
    private bool isDisposed;

    /// <summary>Notes that a document takes memory.</summary>
    public void Note(long bytes)
    {
        if (bytes < Large) return;
        Volatile.Write(ref lastLarge, time.GetTimestamp());
        stirred.Set();
        if (Volatile.Read(ref watch) is not null) return;
        lock (gate)
        {
            if (watch is not null) return;

            // Of its own: those of the pool are what is busy then.
            watch = new Thread(Watch) { IsBackground = true, Name = "memory" };
            watch.Start();
        }
    }

    /// <summary>Collects what others left, before a reading that takes so much finds no room beside it.</summary>
    public void MakeRoom(long bytes)
    {
        if (bytes < Large || GC.GetTotalMemory(forceFullCollection: false) + bytes <= room.MostHeap) return;
        lock (gate) CollectIfMuch(GC.GetTotalMemory(forceFullCollection: false));
    }

    public void Dispose()
    {
        Volatile.Write(ref isDisposed, true);
        stirred.Set();
    }

    private void Watch()
    {
        while (!Volatile.Read(ref isDisposed))
        {
            stirred.Wait();
            Thread.Sleep(Every);
            lock (gate) Look(GC.GetTotalMemory(forceFullCollection: false));
        }
    }

    private void Look(long heap)
    {
        if (IsQuiet)
        {
            stirred.Reset();
            Collect(heap);

            // What was noted since it was asked would otherwise wait for the next.
            if (!IsQuiet) stirred.Set();
        }
        else if (heap > room.MostHeap && time.GetElapsedTime(lastEnd) > pause)
        {
            CollectIfMuch(heap);
        }
    }

    private bool IsQuiet => time.GetElapsedTime(Volatile.Read(ref lastLarge)) > QuietAfter;

    private void CollectIfMuch(long heap)
    {
        if (heap - left > MuchGarbage) Collect(heap);
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
