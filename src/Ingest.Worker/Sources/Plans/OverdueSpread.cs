namespace Ingest.Worker.Sources.Plans;

/// <summary>How the sources that are overdue after an outage are spread, so that the worker neither storms the web nor itself.</summary>
internal static class OverdueSpread
{
    /// <summary>Sources overdue by less are only waiting for their turn.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(10);

    private const double VisitsPerSecond = 20;

    /// <summary>The longest window.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>The time over which a partition's overdue sources are spread.</summary>
    /// <param name="overdue">How many there are in the partition.</param>
    /// <param name="partitions">How many partitions there are, all of them as far behind.</param>
    public static TimeSpan Window(int overdue, int partitions)
    {
        var seconds = Math.Max(0, overdue) * (double)partitions / VisitsPerSecond;
        return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
    }
}
