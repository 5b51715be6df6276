using System.Xml;
using BenchmarkDotNet.Attributes;
using Ingest.Feeds;
using Ingest.Text.Limits;

namespace Ingest.Worker.Benchmarks;

/// <summary>All healthy captures of the corpus per operation, beside CodeHollow alone and a bare XmlReader walk.</summary>
[MemoryDiagnoser]
public class FeedReaderBenchmarks
{
    private List<byte[]> _captures = [];

    [GlobalSetup]
    public void Load() => _captures = FeedCorpus.HealthyCaptures();

    [Benchmark(Baseline = true)]
    public int XmlReaderWalk()
    {
        var nodes = 0;
        foreach (var capture in _captures)
        {
            using var reader = XmlReader.Create(new MemoryStream(capture), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
            while (reader.Read()) nodes++;
        }

        return nodes;
    }

    [Benchmark]
    public int CodeHollowAlone() => _captures.Sum(static capture => CodeHollow.FeedReader.FeedReader.ReadFromByteArray(capture).Items.Count);

    [Benchmark]
    public int FeedReaderRead() => _captures.Sum(static capture => ((FeedDocument)FeedReader.Read(capture, null, null, ReadingLimit.None)).Entries.Count);
}
