using System.Diagnostics;
using System.Globalization;
using System.Xml;
using Ingest.Feeds;
using Ingest.Text.Limits;

namespace Ingest.Worker.Benchmarks;

/// <summary>
/// <c>feeds-throughput [rounds]</c>: our reader, CodeHollow alone and a bare XmlReader walk in turn over the same captures, in CPU time of one process.
/// </summary>
internal static class FeedThroughput
{
    private static readonly (string Name, Action<byte[]> Read)[] Readers =
    [
        ("XmlReader walk", Walk),
        ("CodeHollow alone", static bytes => CodeHollow.FeedReader.FeedReader.ReadFromByteArray(bytes)),
        (
            "FeedReader",
            static bytes =>
                _ = FeedReader.Read(bytes, null, null, ReadingLimit.None) as FeedDocument
                    ?? throw new InvalidOperationException("a healthy capture was not read")),
    ];

    public static int Run(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 9;
        var captures = FeedCorpus.HealthyCaptures();
        var bytes = captures.Sum(static c => (long)c.Length);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{captures.Count} captures, {bytes / 1e6:0.0} MB, {rounds} rounds, best of each (others share the machine)"));
        var speeds = Readers.ToDictionary(static r => r.Name, static _ => new List<double>());
        var allocations = new Dictionary<string, double>();
        for (var round = -2; round < rounds; round++)
        {
            foreach (var (name, read) in Readers)
            {
                var (seconds, allocated) = Measure(captures, read);
                if (round >= 0) speeds[name].Add(bytes / 1e6 / seconds);
                allocations[name] = allocated / (double)bytes;
            }
        }

        var walk = Best(speeds["XmlReader walk"]);
        foreach (var (name, list) in speeds)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-17} {Best(list),6:0} MB/s  {Best(list) / walk,5:0.00} of the walk  {allocations[name],5:0.0} B allocated per byte"));
        }

        return 0;
    }

    private static (double Seconds, long Allocated) Measure(List<byte[]> captures, Action<byte[]> read)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var allocated = GC.GetTotalAllocatedBytes();
        var before = process.TotalProcessorTime;
        foreach (var capture in captures) read(capture);
        process.Refresh();
        return ((process.TotalProcessorTime - before).TotalSeconds, GC.GetTotalAllocatedBytes() - allocated);
    }

    private static double Best(List<double> values) => values.Max();

    private static void Walk(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        while (reader.Read())
        {
        }
    }
}
