using System.Diagnostics;
using System.Globalization;
using AngleSharp.Html.Parser;
using Ingest.Pages;
using Ingest.Text.Decoding;
using Ingest.Text.Limits;

namespace Ingest.Worker.Benchmarks;

/// <summary>
/// <c>pages-throughput [rounds]</c>: SmartReader, the parser alone and our reader in turn over the same pages, in CPU time of one process.
/// </summary>
internal static class PageThroughput
{
    private const string Baseline = "SmartReader";
    private const int Pages = 200;
    private const int WarmUps = 3;

    private static readonly (string Name, Action<byte[], Uri> Read)[] Readers =
    [
        (Baseline, static (bytes, url) => _ = new SmartReader.Reader(url.AbsoluteUri, TextDecoder.DecodeHtml(bytes, null)).GetArticle()),
        ("AngleSharp alone", static (bytes, _) => new HtmlParser().ParseDocument(TextDecoder.DecodeHtml(bytes, null)).Dispose()),
        ("PageReader", static (bytes, url) => _ = PageReader.Read(bytes, null, url, ReadingLimit.None)),
    ];

    public static int Run(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 9;
        var pages = PageCorpus.Read().Take(Pages).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pages.Count} pages, {rounds} rounds, best of each (others share the machine)"));
        var best = Readers.ToDictionary(static reader => reader.Name, static _ => (Seconds: double.MaxValue, Bytes: 0L));
        for (var round = -WarmUps; round < rounds; round++)
        {
            foreach (var (name, read) in Readers)
            {
                var (seconds, bytes) = Measure(pages, read);
                if (round >= 0) best[name] = (Math.Min(best[name].Seconds, seconds), bytes);
            }
        }

        foreach (var (name, (seconds, bytes)) in best)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-16} {pages.Count / seconds,6:0} pages/s  {best[Baseline].Seconds / seconds,5:0.00} of {Baseline}  {bytes / 1e3 / pages.Count,6:0} KB a page"));
        }

        return 0;
    }

    private static (double Seconds, long Bytes) Measure(List<(string Id, byte[] Bytes, Uri Url)> pages, Action<byte[], Uri> read)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var before = process.UserProcessorTime;
        foreach (var (_, bytes, url) in pages) read(bytes, url);
        process.Refresh();
        return ((process.UserProcessorTime - before).TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }
}
