using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ingest.Feeds;
using Ingest.Text.Limits;

namespace Ingest.Worker.Benchmarks;

/// <summary>
/// <c>feeds-fuzz [cases] [seed]</c>: seeded mutations of the corpus' smaller files through the reader; reports exceptions and slow cases, and saves them.
/// </summary>
internal static class FeedFuzz
{
    private const int LargestFile = 6 * 1024;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    public static int Run(string[] args)
    {
        var cases = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
        var corpus = FeedCorpus.Files(null).Where(static f => f.Length is > 0 and <= LargestFile).ToList();
        var mutator = new FeedMutator(corpus, seed);
        var url = new Uri("https://example.org/feed");
        var (thrown, slow, read, unreadable) = (0, 0, 0, 0);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < cases; i++)
        {
            var bytes = mutator.Next();
            var start = Stopwatch.GetTimestamp();
            try
            {
                if (FeedReader.Read(bytes, i % 7 == 0 ? "iso-8859-1" : null, url, ReadingLimit.None) is FeedDocument) read++;
                else unreadable++;
            }
            catch (Exception e)
            {
                if (++thrown <= 20) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"case {i}: {e.GetType().Name} {e.Message}\n{e.StackTrace}"));
                File.WriteAllBytes(Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"feed-fuzz-{seed}-{i}.bin")), bytes);
            }

            if (Stopwatch.GetElapsedTime(start) > Slow && ++slow <= 20)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"case {i}: slow, {bytes.Length} bytes"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{cases} cases, seed {seed}, {clock.Elapsed.TotalSeconds:0} s: {read} read, {unreadable} unreadable, {thrown} exceptions, "
                + $"{slow} slower than {Slow.TotalSeconds} s"));
        return thrown + slow == 0 ? 0 : 1;
    }
}

/// <summary>Damages feeds in the ways that wires, editors and attackers do.</summary>
internal sealed class FeedMutator(IReadOnlyList<byte[]> corpus, int seed)
{
    private static readonly byte[][] Tokens = new[]
    {
        "<", ">", "</", "/>", "<![CDATA[", "]]>", "<!--", "-->", "&", "&amp;", "&lt;", "&#", "&#x", ";", "\"", "'", "=",
        "<?xml version='1.0' encoding='utf-16'?>", "<!DOCTYPE x [", "<!ENTITY a 'b'>", "]>",
        "<item>", "</item>", "<entry>", "</entry>", "<channel>", "</channel>", "<rss>", "</rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "xmlns=''",
        "xmlns:a='b'", "a:b", "{", "}", "[", "]", ",", "\\u0000", "\0", "\uFFFE", "\x1B$B",
        "<pubDate>32 Foo 99999 99:99:99 +9999</pubDate>", "9999-12-31T23:59:60-14:00", "0001-01-01T00:00:00+14:00", "xml:base='//[' ", "href='http://[::1'",
        "<link href='\u0001'/>", "<html>", "<base href='::'>", "type='xhtml'", "mode='base64'",

        // What publishers slip in: feeds within pages, stray entries, times and zones of all sorts, halves of characters, links in markup.
        "<!DOCTYPE html>", "<html><body><pre>&lt;rss>&lt;channel>", "<items>", "</items>", "<section>", "<entries>", "&lt;![CDATA[", "]]&gt;",
        "<pubDate><time datetime='2024-02-30T24:15'>1 2 3</time> (Europe/Berlin)</pubDate>", " +0100 (CET)", "12/04/2024", "13/04/2024", " 10.30 Uhr",
        "1403-12-30", "&#55357;", "&#56832;", "&amp;amp;", "&#8203;", "<x:origLink xmlns:x='http://rssnamespace.org/feedburner/ext/1.0'>//a</x:origLink>",
        "<link><a href=/a/>", "<media:group><media:title>", "<enclosure url=//a length='12,345'/>", "<img src='1x1.gif'>", "<source><author>", "\\'", "\n",
        "<urlset><sitemap><loc>", "rel='self alternate'", "<content:encoded>", "isPermaLink=false",
    }.Select(Encoding.UTF8.GetBytes).ToArray();

    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var bytes = new List<byte>(corpus[_random.Next(corpus.Count)]);
        for (var mutations = 1 + _random.Next(8); mutations > 0; mutations--) Mutate(bytes);
        return [.. bytes];
    }

    private void Mutate(List<byte> bytes)
    {
        var at = bytes.Count == 0 ? 0 : _random.Next(bytes.Count);
        switch (_random.Next(9))
        {
            case 0 when bytes.Count > 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when bytes.Count > 0:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, Math.Min(_random.Next(1, 200), bytes.Count - at));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4 when bytes.Count > 0:
                var length = Math.Min(_random.Next(1, 300), bytes.Count - at);
                bytes.InsertRange(_random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 5:
                var other = corpus[_random.Next(corpus.Count)];
                var from = _random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(_random.Next(1, 500), other.Length - from)).ToArray());
                break;
            default:
                bytes.InsertRange(at, Tokens[_random.Next(Tokens.Length)]);
                break;
        }
    }
}
