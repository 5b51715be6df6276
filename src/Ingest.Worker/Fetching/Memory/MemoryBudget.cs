using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Memory;

/// <summary>
/// The memory that bodies under way, documents being read and visits waiting to be saved share. What is small never waits. Of the rest, hosts in doubt have an
/// eighth, those that behaved lately a half; one of the large ones, the head, may take whatever it needs beside these, so that one always comes to its end and
/// nothing waits in a circle. Where that is very much, the head waits for those who go on, and the others make do with an eighth. The next head is the one that
/// is large for longest, feeds before pages: what a feed shows may be gone tomorrow, while an article whose page waits is stored already. Every eighth is the
/// oldest whatever it is, so that pages come to their turn too.
/// </summary>
internal sealed class MemoryBudget(long total, MemoryTrim? trim = null)
{
    /// <summary>Up to this a visit takes without waiting.</summary>
    public const int Small = 64 << 10;

    private const int EveryOldest = 8;

    private readonly Lock gate = new();
    private readonly LinkedList<MemoryShare> large = [];
    private readonly LinkedList<Waiter> waiters = [];
    private readonly long most = total / 2 * 3;
    private MemoryShare? head;
    private long held;
    private int holders, turns;

    /// <summary>What all may hold together.</summary>
    public long Total => total;

    /// <summary>Bytes held by all.</summary>
    public long Held
    {
        get
        {
            lock (gate) return held;
        }
    }

    /// <summary>A share that holds nothing yet.</summary>
    public MemoryShare Open() => new(this);

    /// <summary>
    /// Waits, before something is begun, while as many hold something as its part has room for when all are small. Who holds something already does not wait:
    /// it is to come to its end.
    /// </summary>
    internal Task AwaitRoomAsync(MemoryShare share, CancellationToken ct)
    {
        lock (gate) return share.Held > 0 || HasRoom(share) ? Task.CompletedTask : WaitAsync(share, 0, ct);
    }

    /// <summary>Takes more for a share, when there is room for it.</summary>
    internal Task TakeAsync(MemoryShare share, long bytes, CancellationToken ct)
    {
        lock (gate)
        {
            if (share.Place is null && share.Held + bytes > Small) share.Place = large.AddLast(share);
            head ??= share.Place?.Value;
            if (share.Place is not null && !Admits(share, bytes)) return WaitAsync(share, bytes, ct);
            Take(share, bytes);
            return Task.CompletedTask;
        }
    }

    /// <summary>Lets the next large one begin while this one, which needs no more, is saved; not while what is held already takes a half.</summary>
    internal void PassOn(MemoryShare share)
    {
        lock (gate)
        {
            if (share != head || share.Place is not { } place || held > total / 2) return;
            large.Remove(place);
            head = Next();
            large.AddLast(place);
            head ??= share;
            Serve();
        }
    }

    internal void GiveBack(MemoryShare share, long bytes)
    {
        lock (gate)
        {
            held -= bytes;
            share.Held -= bytes;
            if (share.Held == 0 && bytes > 0) holders--;
            if (share is { Held: 0, Place: { } place })
            {
                large.Remove(place);
                share.Place = null;
                if (share == head) head = Next();
            }

            Serve();
        }
    }

    // What the head holds is beside what the others share. It waits only while one of them comes to its end without more: else nothing would be given back.
    private bool Admits(MemoryShare share, long bytes)
    {
        var (others, isWithin) = (held - (head?.Held ?? 0), held + bytes <= most);
        return share == head
            ? isWithin || others <= total / 8 || !large.Any(other => other != head && !other.IsWaiting && other.Held > 0)
            : others + bytes <= PartOf(share) && (isWithin || others + bytes <= total / 8);
    }

    private MemoryShare? Next() =>
        (++turns % EveryOldest == 0 ? null : large.FirstOrDefault(static share => share.IsPolled)) ?? large.First?.Value;

    private bool HasRoom(MemoryShare share) => holders < PartOf(share) / Small;

    private long PartOf(MemoryShare share) => share.IsTrusted ? total / 2 : total / 8;

    private void Take(MemoryShare share, long bytes)
    {
        if (share.Held == 0 && bytes > 0) holders++;
        held += bytes;
        share.Held += bytes;
        if (share.Place is not null) trim?.Note(bytes);
    }

    private Task WaitAsync(MemoryShare share, long bytes, CancellationToken ct)
    {
        var waiter = new Waiter(share, bytes);
        var node = waiters.AddLast(waiter);
        waiter.Cancellation = ct.UnsafeRegister(_ => Cancel(node, ct), null);
        share.IsWaiting = bytes > 0;

        // The head may have waited for this one.
        if (share.IsWaiting && share != head) Serve();
        return waiter.Served.Task;
    }

    private void Cancel(LinkedListNode<Waiter> node, CancellationToken ct)
    {
        lock (gate)
        {
            if (node.List is null) return;
            waiters.Remove(node);
            node.Value.Share.IsWaiting = false;
        }

        node.Value.Served.TrySetCanceled(ct);
    }

    // Whoever fits is served, first come first: what does not fit now has the whole budget once it is the oldest.
    private void Serve()
    {
        for (var node = waiters.First; node is not null;)
        {
            var (waiter, next) = (node.Value, node.Next);
            if (waiter.Bytes == 0 ? HasRoom(waiter.Share) : Admits(waiter.Share, waiter.Bytes))
            {
                waiters.Remove(node);
                waiter.Share.IsWaiting = false;
                Take(waiter.Share, waiter.Bytes);
                waiter.Cancellation.Unregister();
                waiter.Served.TrySetResult();
            }

            node = next;
        }
    }

    private sealed class Waiter(MemoryShare share, long bytes)
    {
        public MemoryShare Share => share;

        public long Bytes => bytes;

        public CancellationTokenRegistration Cancellation { get; set; }

        public TaskCompletionSource Served { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
