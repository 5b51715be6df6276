namespace Ingest.Worker.Fetching.Memory;

/// <summary>How large the budget is where the process runs.</summary>
internal static class MemoryRoom
{
    // What the program takes beside the budget.
    private const long Program = 150L << 20;

    private const long Least = 16L << 20;

    /// <summary>The budget that is configured, or what the machine's or container's memory leaves for it.</summary>
    public static MemoryBudget Budget(FetchingOptions options) => new(Fit(options.MemoryBudget, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes));

    /// <summary>Fits a budget into the memory that is available: half of what the program leaves, because garbage takes the other half.</summary>
    public static long Fit(long wanted, long available) => Math.Min(wanted, Math.Max(Least, (available - Program) / 2));
}
