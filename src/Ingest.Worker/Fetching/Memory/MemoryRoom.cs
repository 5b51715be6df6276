using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching.Memory;

/// <summary>How large the budget is where the process runs.</summary>
internal sealed partial class MemoryRoom
{
    // What the program takes beside the budget.
    private const long Program = 200L << 20;

    private const long Least = 16L << 20;

    public MemoryRoom(IOptions<FetchingOptions> options, ILogger<MemoryRoom> log)
    {
        var (wanted, available) = (options.Value.MemoryBudget, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        Budget = Fit(wanted, available);
        if (Budget < wanted) LogLowered(log, FetchingOptions.Section, wanted >> 20, Budget >> 20, available >> 20);
    }

    /// <summary>The budget that is configured, or what the memory of the machine or container leaves for it.</summary>
    public long Budget { get; }

    /// <summary>What documents share of it: the rest is for the garbage that they leave until it is collected.</summary>
    public long Shared => Budget / 8 * 3;

    /// <summary>The heap that is tolerated, garbage included: mostly half of what is shared is in use.</summary>
    public long MostHeap => (Shared / 2) + (64 << 20);

    /// <summary>Fits a budget into the memory that is available: half of what the program leaves, because garbage takes the other half.</summary>
    public static long Fit(long wanted, long available) => Math.Min(wanted, Math.Max(Least, (available - Program) / 2));

    [LoggerMessage(204, LogLevel.Warning, "{Section}:MemoryBudget is {Wanted} MiB; of {Available} MiB that the process may use, {Fitted} MiB are taken for it")]
    private static partial void LogLowered(ILogger logger, string section, long wanted, long fitted, long available);
}
