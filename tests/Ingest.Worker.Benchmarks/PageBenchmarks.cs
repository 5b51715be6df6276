using System.IO.Compression;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Ingest.Worker.Text;

namespace Ingest.Worker.Benchmarks;

/// <summary>Reads the development pages, ours against SmartReader: the same pages, one thread, one run.</summary>
[MemoryDiagnoser]
[InProcess, WarmupCount(1), IterationCount(5)]
public class PageBenchmarks
{
    private const int Pages = 200;

    private IReadOnlyList<(byte[] Bytes, Uri Url)> _pages = [];

    [GlobalSetup]
    public void Load()
    {
        var folder = Path.Combine(RepositoryRoot(), "..", "shared", "corpus", "pages");
        _pages = [.. File.ReadLines(Path.Combine(folder, "manifest.jsonl")).Take(Pages).Select(line => Load(folder, line))];
    }

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
        foreach (var (bytes, url) in _pages) length += Ingest.Worker.Pages.PageReader.Read(bytes, null, url).Body?.Text.Length ?? 0;
        return length;
    }

    private static (byte[] Bytes, Uri Url) Load(string folder, string line)
    {
        using var json = JsonDocument.Parse(line);
        using var gzip = new GZipStream(File.OpenRead(Path.Combine(folder, json.RootElement.GetProperty("html").GetString()!)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return (bytes.ToArray(), new Uri(json.RootElement.GetProperty("url").GetString()!));
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Ingest.Worker.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("The repository's root is not above the benchmark.");
    }
}
