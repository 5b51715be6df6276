using BenchmarkDotNet.Attributes;
using Ingest.Text.Decoding;
using Ingest.Text.Limits;

namespace Ingest.Worker.Benchmarks;

/// <summary>Reads the development pages, ours against SmartReader: the same pages, one thread, one run.</summary>
[MemoryDiagnoser]
[InProcess, WarmupCount(1), IterationCount(5)]
public class PageBenchmarks
{
    private const int Pages = 200;

    private IReadOnlyList<(byte[] Bytes, Uri Url)> _pages = [];

    [GlobalSetup]
    public void Load() => _pages = [.. PageCorpus.Read().Take(Pages).Select(static page => (page.Bytes, page.Url))];

    [Benchmark(Baseline = true, OperationsPerInvoke = Pages)]
    public int SmartReader()
    {
        var length = 0;
        foreach (var (bytes, url) in _pages)
        {
            var article = new SmartReader.Reader(url.AbsoluteUri, TextDecoder.DecodeHtml(bytes, null)).GetArticle();
            length += article.TextContent?.Length ?? 0;
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = Pages)]
    public int PageReader()
    {
        var length = 0;
        foreach (var (bytes, url) in _pages) length += Ingest.Pages.PageReader.Read(bytes, null, url, ReadingLimit.None).Body?.Text.Length ?? 0;
        return length;
    }
}
