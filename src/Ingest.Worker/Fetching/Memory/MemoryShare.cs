using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Memory;

/// <summary>What one visit holds of the budget, from its first byte until it is saved; given back when disposed.</summary>
internal sealed class MemoryShare(MemoryBudget budget) : IDisposable
{
    /// <summary>Whether it is of a host that behaved lately.</summary>
    public bool IsTrusted { get; set; }

    /// <summary>Whether it is for what a source shows, which may be gone tomorrow, and not for a page.</summary>
    public bool IsPolled { get; set; }

    /// <summary>Whether it has to wait for what it takes.</summary>
    public bool IsLarge => Place is not null;

    public bool HoldsNothing => Held == 0;

    internal long Held { get; set; }

    /// <summary>Whether it waits for more.</summary>
    internal bool IsWaiting { get; set; }

    /// <summary>Its place among the large ones, oldest first.</summary>
    internal LinkedListNode<MemoryShare>? Place { get; set; }

    /// <summary>Waits until something may be begun.</summary>
    public Task AwaitRoomAsync(CancellationToken ct) => budget.AwaitRoomAsync(this, ct);

    /// <summary>Takes more; what is small at once, else when there is room.</summary>
    public Task TakeAsync(long bytes, CancellationToken ct) => budget.TakeAsync(this, bytes, ct);

    public void GiveBack(long bytes) => budget.GiveBack(this, bytes);

    /// <summary>Lets the next large one begin: this one needs no more and is about to be saved.</summary>
    public void PassOn() => budget.PassOn(this);

    public void Dispose() => budget.GiveBack(this, Held);
}
