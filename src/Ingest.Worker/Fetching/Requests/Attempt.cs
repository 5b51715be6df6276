using System.Threading.Tasks;
using Ingest.Worker.Fetching.Memory;

namespace Ingest.Worker.Fetching.Requests;

/// <summary>
/// One request under way: its place, its time and its memory. The publisher's time does not run while memory is waited for; and what is past the small size
/// gives its place back, because from there on memory bounds how many there are.
/// </summary>
internal sealed class Attempt : IDisposable
{
    private readonly NodePlaces.Place place;
    private readonly MemoryShare memory;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource ended;
    private readonly CancellationTokenRegistration caller;
    private readonly long start;
    private readonly TimeSpan limit;
    private long taken;
    private TimeSpan waited;

    public Attempt(NodePlaces.Place place, MemoryShare memory, TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        (this.place, this.memory, this.limit, this.time, Caller) = (place, memory, limit, time, caller);
        start = time.GetTimestamp();
        ended = new CancellationTokenSource(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, time);
        this.caller = caller.UnsafeRegister(static ended => ((CancellationTokenSource)ended!).Cancel(), ended);
    }

    /// <summary>Ends when the attempt's time is up, or the caller gives up.</summary>
    public CancellationToken Token => ended.Token;

    /// <summary>The caller's token alone, to tell the two apart.</summary>
    public CancellationToken Caller { get; }

    /// <summary>Time that the publisher took.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(start) - waited;

    /// <summary>Takes memory for more of the body.</summary>
    public async ValueTask TakeAsync(long bytes)
    {
        var granted = memory.TakeAsync(bytes, Caller);
        if (memory.IsLarge && taken <= MemoryBudget.Small) place.Dispose();
        if (!granted.IsCompleted)
        {
            var since = time.GetTimestamp();
            ended.CancelAfter(Timeout.InfiniteTimeSpan);
            await granted;
            waited += time.GetElapsedTime(since);
            ended.CancelAfter(TimeSpan.FromTicks(Math.Max(0, (limit - Elapsed).Ticks)));
        }

        await granted;
        taken += bytes;
    }

    /// <summary>Leaves what was taken with the share, for what the attempt brought.</summary>
    public void Keep() => taken = 0;

    public void Dispose()
    {
        memory.GiveBack(taken);
        place.Dispose();
        caller.Dispose();
        ended.Dispose();
    }
}
