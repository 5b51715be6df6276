using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Fetching.Memory;

/// <summary>How large the budget is where the process runs.</summary>
internal static partial class MemoryRoom
{
    // What the program takes beside the budget.
    private const long Program = 200L << 20;

    private const long Least = 16L << 20;

    /// <summary>The budget that is configured, or what the memory of the machine or container leaves for it.</summary>
    public static MemoryBudget Budget(FetchingOptions options, ILogger<MemoryBudget> log)
    {
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var fitted = Fit(options.MemoryBudget, available);
        if (fitted < options.MemoryBudget) LogLowered(log, FetchingOptions.Section, options.MemoryBudget >> 20, fitted >> 20, available >> 20);
        return new MemoryBudget(fitted);
    }

    /// <summary>Fits a budget into the memory that is available: half of what the program leaves, because garbage takes the other half.</summary>
    public static long Fit(long wanted, long available) => Math.Min(wanted, Math.Max(Least, (available - Program) / 2));

    [LoggerMessage(202, LogLevel.Warning, "{Section}:MemoryBudget is {Wanted} MiB; of {Available} MiB that the process may use, {Fitted} MiB are taken for it")]
    private static partial void LogLowered(ILogger logger, string section, long wanted, long fitted, long available);
}
