using System.Globalization;
using AngleSharp.Html.Parser;
using Ingest.Pages;
using Ingest.Text.Decoding;
using Ingest.Text.Limits;

namespace Ingest.Worker.Benchmarks;

/// <summary>
/// <c>pages-throughput [rounds]</c>: SmartReader, the parser alone and our reader in turn over the same pages, in processor time of one thread.
/// </summary>
internal static class PageThroughput
{
    private const int Pages = 200;
    private const int WarmUps = 3;

    // Others share the machine: what they take is to be taken from all readers alike.
    private const int PagesInTurn = 20;

    private static readonly (string Name, Action<byte[], Uri> Read)[] Readers =
    [
        ("SmartReader", static (bytes, url) => _ = new SmartReader.Reader(url.AbsoluteUri, TextDecoder.DecodeHtml(bytes, null)).GetArticle()),
        ("AngleSharp alone", static (bytes, _) => new HtmlParser().ParseDocument(TextDecoder.DecodeHtml(bytes, null)).Dispose()),
        ("PageReader", static (bytes, url) => _ = PageReader.Read(bytes, null, url, ReadingLimit.None)),
    ];

    public static int Run(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 9;
        var pages = PageCorpus.Read().Take(Pages).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pages.Count} pages, {rounds} rounds"));
        var spent = new (TimeSpan Time, long Bytes)[Readers.Length];
        for (var round = -WarmUps; round < rounds; round++)
        {
            if (round == 0) Array.Clear(spent);
            foreach (var some in pages.Chunk(PagesInTurn))
            {
                for (var i = 0; i < Readers.Length; i++) Measure(some, Readers[i].Read, ref spent[i]);
            }
        }

        for (var i = 0; i < Readers.Length; i++)
        {
            var (time, bytes) = spent[i];
            var count = (double)rounds * pages.Count;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Readers[i].Name,-16} {count / time.TotalSeconds,6:0} pages/s  "
                    + $"{spent[0].Time / time,5:0.00} of {Readers[0].Name}  {bytes / 1e3 / count,6:0} KB a page"));
        }

        return 0;
    }

    private static void Measure((string Id, byte[] Bytes, Uri Url)[] pages, Action<byte[], Uri> read, ref (TimeSpan Time, long Bytes) spent)
    {
        var (allocated, before) = (GC.GetAllocatedBytesForCurrentThread(), ThreadTime.Spent());
        foreach (var (_, bytes, url) in pages) read(bytes, url);
        spent = (spent.Time + ThreadTime.Spent() - before, spent.Bytes + GC.GetAllocatedBytesForCurrentThread() - allocated);
    }
}
