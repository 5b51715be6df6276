using System.IO.Hashing;
using System.Text;

namespace Ingest.Worker.Sources;

/// <summary>
/// The slot of a host, which is stored with its sources and pages. Partitions are ranges of slots, so a host is always in one partition,
/// and the number of partitions can change without touching a row.
/// </summary>
internal static class HostSlot
{
    /// <summary>How many slots there are; fixed, because the numbers are stored.</summary>
    public const int Count = 1024;

    /// <summary>The slot of a URL's host, 0 to 1023; scheme and port do not matter.</summary>
    public static short Of(Uri url) => (short)(XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(url.IdnHost.ToLowerInvariant())) % Count);

    /// <summary>The slots of one of <paramref name="partitions"/> partitions.</summary>
    public static short[] OfPartition(int partition, int partitions)
    {
        var from = partition * Count / partitions;
        var to = (partition + 1) * Count / partitions;
        return [.. Enumerable.Range(from, to - from).Select(static slot => (short)slot)];
    }
}
