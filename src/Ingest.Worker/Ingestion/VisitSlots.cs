using System.Threading.Tasks;
using Ingest.Worker.Fetching.Memory;

namespace Ingest.Worker.Ingestion;

/// <summary>The slots of visits that work with the database. While a visit waits for the web, for memory or for its reader, it has none.</summary>
/// <param name="count">How many visits do so side by side.</param>
/// <param name="memory">What visits hold their documents in.</param>
internal sealed class VisitSlots(int count, MemoryBudget memory) : IDisposable
{
    /// <summary>How many there are unless the settings say otherwise.</summary>
    public const int Usual = 64;

    private readonly SemaphoreSlim slots = new(count);

    /// <summary>A visit that holds nothing yet.</summary>
    public Stay Begin() => new(slots, memory.Open());

    public void Dispose() => slots.Dispose();

    /// <summary>What a visit holds: memory for what it fetched until that is saved, and a slot now and then.</summary>
    internal sealed class Stay(SemaphoreSlim slots, MemoryShare memory) : IDisposable
    {
        private bool inside;

        public MemoryShare Memory => memory;

        /// <summary>Takes a slot, unless it has one.</summary>
        public async Task EnterAsync(CancellationToken ct)
        {
            if (inside) return;
            await slots.WaitAsync(ct);
            inside = true;
        }

        /// <summary>Gives the slot back, before something is waited for.</summary>
        public void Leave()
        {
            if (inside) slots.Release();
            inside = false;
        }

        public void Dispose()
        {
            Leave();
            memory.Dispose();
        }
    }
}
