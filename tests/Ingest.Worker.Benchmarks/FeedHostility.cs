using System.Diagnostics;
using System.Globalization;
using Ingest.Feeds;
using Ingest.Feeds.Tests;
using Ingest.Text.Limits;

namespace Ingest.Worker.Benchmarks;

/// <summary><c>feeds-hostile</c>: processor time and peak managed memory of each hostile kind; fails past one second or 200 MB.</summary>
internal static class FeedHostility
{
    private const double MaxSeconds = 1;
    private const double MaxMegabytes = 200;

    public static int Run()
    {
        var failed = 0;
        foreach (var (kind, make) in HostileFeeds.Kinds.Concat(HostileFeeds.Kinds.Take(1)))
        {
            var bytes = make();
            GC.Collect();
            using var process = Process.GetCurrentProcess();
            var (cpu, memory, peak) = (process.TotalProcessorTime, GC.GetTotalMemory(forceFullCollection: true), 0L);
            using var watch = new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 5);
            var reading = FeedReader.Read(bytes, null, new Uri("https://example.org/feed"), ReadingLimit.None);
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false)) - memory;
            process.Refresh();
            var seconds = (process.TotalProcessorTime - cpu).TotalSeconds;
            var isBad = seconds > MaxSeconds || peak / 1e6 > MaxMegabytes;
            if (isBad) failed++;
            var outcome = reading is FeedReading.Unreadable unreadable
                ? unreadable.Reason
                : $"{((FeedDocument)reading).Entries.Count.ToString(CultureInfo.InvariantCulture)} entries; "
                    + $"{string.Join("; ", ((FeedDocument)reading).Repairs)}";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(isBad ? "BAD" : "ok"),-4}{seconds,6:0.00} s {peak / 1e6,6:0} MB {bytes.Length / 1e6,6:0.0} MB in  {kind}: {outcome}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{HostileFeeds.Kinds.Count} kinds, {failed} past {MaxSeconds} s or {MaxMegabytes} MB"));
        return failed == 0 ? 0 : 1;
    }
}
