using System.Globalization;
using System.Text;
using Ingest.Pages;
using Ingest.Pages.Body;
using Ingest.Pages.Claims;
using Ingest.Text.Decoding;
using Ingest.Text.Limits;

namespace Ingest.Worker.Benchmarks;

/// <summary><c>pages-memory</c>: what is held while a page is read, in times its bytes; fails past 30 times and 5 MB.</summary>
internal static class PageMemory
{
    private const double MostTimes = 30;

    // An empty document takes 30 KB, and the smallest page may have 5,000 elements.
    private const double Floor = 5e6;

    private static readonly string[] Units =
        [
            "<div>", "<p>x", "<p a b c>x", "<i>a</i>", "<b><p>", "<a><div></a>", "<table><tr><td>", "<br>text", "</p>x", "<li><a href=x>link</a>", "<svg><g>",
            "<script>x</script>", "<meta name=a content=b>", "&amp;", "<!---->", "x<!---->", "x<?>", "x</?>", "<",
        ];

    public static int Run()
    {
        // What is loaded once, such as the languages' profiles, is no page's.
        foreach (var page in PageCorpus.Read().Take(100)) Held(page.Bytes);
        var pages = PageCorpus.Read().Select(static page => (page.Id, page.Bytes)).Concat(Hostile());
        var measured = pages
            .Select(static page => (page.Id, page.Bytes.Length, Times: (double)Held(page.Bytes) / page.Bytes.Length))
            .OrderByDescending(static page => page.Times).ToList();
        foreach (var (id, length, times) in measured.Take(20))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times,7:0.0} x {length,10} B  {id}"));
        var over = measured.FindAll(static page => page.Times > MostTimes);
        var bad = over.Count(static page => page.Times * page.Length > Floor);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{measured.Count} pages; over {MostTimes} x: {bad} that hold more than {Floor / 1e6} MB, {over.Count - bad} that hold less"));
        return bad == 0 ? 0 : 1;
    }

    private static IEnumerable<(string Id, byte[] Bytes)> Hostile()
    {
        foreach (var length in new[] { 30_000, 300_000, 3_000_000, 10_000_000 })
        {
            foreach (var unit in Units)
                yield return ($"made of {unit}", Encoding.UTF8.GetBytes("<body>" + string.Concat(Enumerable.Repeat(unit, length / unit.Length))));
        }
    }

    private static long Held(byte[] bytes)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var document = BoundedParse.Read(TextDecoder.DecodeHtml(bytes, null), ReadingLimit.None);
        var claims = ClaimReader.Read(document, new Uri("https://example.org/"), ReadingLimit.None);
        var body = BodyReader.Read(document, claims, ReadingLimit.None, explain: false);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(document);
        GC.KeepAlive(claims);
        GC.KeepAlive(body);
        return held;
    }
}
