using System.Globalization;
using System.Net;
using System.Text;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Campaign;

/// <summary>Hosts of which each answers in one hostile way, by turns: slow, endless, swollen, broken, or full of what costs most to read.</summary>
internal sealed class HostileAnswers : IAsyncDisposable
{
    private const int Megabyte = 1 << 20;

    private readonly ScriptedOrigin origin;
    private readonly int hosts;
    private readonly int port;

    private HostileAnswers(ScriptedOrigin origin, int hosts, int port) => (this.origin, this.hosts, this.port) = (origin, hosts, port);

    /// <summary>Starts on 127.60.0.1 and the addresses after it.</summary>
    public static async Task<HostileAnswers> StartAsync(int hosts, int seed)
    {
        var port = GrowingSite.FreePort();
        var origin = await ScriptedOrigin.StartAsync(Enumerable.Range(0, hosts).Select(AddressOf).Select(IPAddress.Parse), port);
        var random = new Random(seed);
        for (var host = 0; host < hosts; host++)
            origin.Serve(Path(host), Make(host % Kinds.Length, random));
        return new HostileAnswers(origin, hosts, port);
    }

    public Dictionary<string, object> Sources() => Enumerable.Range(0, hosts).ToDictionary(
        static host => string.Create(CultureInfo.InvariantCulture, $"hostile-{host}"),
        host => (object)new
        {
            Url = $"http://{AddressOf(host)}:{port.ToString(CultureInfo.InvariantCulture)}{Path(host)}",
            FullText = host % 2 == 0 ? "Never" : "Auto",
            Interval = "00:00:15",
        });

    public ValueTask DisposeAsync() => origin.DisposeAsync();

    private static readonly Func<Random, Reply>[] Kinds =
    [
        static _ => Reply.Ok("late", "text/xml").After(TimeSpan.FromHours(1)),
        static _ => Feed(Items(20)).Slowly(1, TimeSpan.FromSeconds(1)),
        static _ => Reply.Endless("<rss><channel><item><title>on and on</title></item>"),
        static _ => Reply.Endless("x").Slowly(100, TimeSpan.FromMilliseconds(200)),
        static _ => Reply.Bomb(512 * Megabyte, "gzip"),
        static _ => Reply.Bomb(512 * Megabyte, "gzip", "gzip"),
        static _ => Reply.Bomb(256 * Megabyte, "br"),
        static _ => Feed(Items(5)).WithHeaderFlood(256 << 10),
        static _ => Feed(Items(5)).CutShort(),
        static _ => Reply.Ok("") with { Ending = BodyEnding.HangUp },
        static _ => Reply.Redirect(302, "?again"),
        static _ => Reply.Error(503).RetryAfter(1_000_000_000),
        static _ => Reply.Error(429).RetryAfter("-1"),
        static _ => Feed(Items(20_000)),
        static _ => Feed(Item(new string('t', 8 * Megabyte), "x")),
        static _ => Feed(Item("deep", string.Concat(Enumerable.Repeat("&lt;div>", 300_000)))),
        static _ => Reply.Feed(string.Concat(Enumerable.Repeat("<a>", 500_000))),
        static _ => Feed(Item("pieces", string.Concat(Enumerable.Repeat("x<![CDATA[x]]>", 200_000)))),
        static _ => Feed(Item("notes", string.Concat(Enumerable.Repeat("x<!-- x --><?x?>", 100_000)))),
        static _ => Reply.Feed("<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + Nested() + "]><rss><channel><item><title>&j;</title></item></channel></rss>"),
        static _ => Reply.Page("<html><head>" + string.Concat(Enumerable.Repeat("<base href='/x'>", 20_000)) + "</head></html>"),
        static _ => Reply.Page("<html><body>" + string.Concat(Enumerable.Repeat("<input type=radio checked name=a>", 20_000)) + "</body></html>"),
        static _ => Feed(string.Concat(Enumerable.Range(0, 300).Select(static n => Linked(n)))),
        static _ => Reply.Ok(
            "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"title\":\"\\u0000\\ud800\",\"content_text\":\"\\u0000\"}]}",
            "application/feed+json"),
        static _ => Feed(Item("\u001b]0;title\u0007 \u202e\u0085", "text")),
        static random => Reply.Ok(Noise(random, 2 * Megabyte), "application/rss+xml"),
        static random => Reply.Ok(Noise(random, 300_000), "text/html; charset=utf-16"),
        static _ => Feed(Items(10)).Header("Content-Encoding", "gzip"),
        static _ => Feed(Item("words", Words(150_000))),
        static _ => Feed(Item("字", new string('字', 200_000))),
    ];

    private static Reply Make(int kind, Random random) => Kinds[kind](random);

    private static string Path(int host) => string.Create(CultureInfo.InvariantCulture, $"/hostile/{host}");

    private static string AddressOf(int host) => string.Create(CultureInfo.InvariantCulture, $"127.60.{host / 250}.{1 + (host % 250)}");

    private static Reply Feed(string items) => Reply.Feed(
        $"<?xml version='1.0'?><rss version='2.0'><channel><title>h</title><link>http://127.0.0.1/</link><description>h</description>{items}</channel></rss>");

    private static string Item(string title, string text) =>
        $"<item><title>{title}</title><guid isPermaLink='false'>{title.Length}-{text.Length}</guid><description>{text}</description></item>";

    private static string Items(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(static n => Item(string.Create(CultureInfo.InvariantCulture, $"item {n}"), "text")));

    // Hosts that nobody listens on, and one more for each item.
    private static string Linked(int n) =>
        string.Create(CultureInfo.InvariantCulture, $"<item><title>leads away {n}</title><link>http://127.61.{n / 250}.{1 + (n % 250)}:9/page</link></item>");

    private static string Words(int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(static n => string.Create(CultureInfo.InvariantCulture, $"w{n}")));

    private static string Nested() =>
        string.Concat("bcdefghij".Select(static (letter, n) => $"<!ENTITY {letter} '{string.Concat(Enumerable.Repeat($"&{"abcdefghi"[n]};", 10))}'>"));

    private static byte[] Noise(Random random, int length)
    {
        var bytes = Encoding.UTF8.GetBytes("<?xml version='1.0'?><rss><channel>");
        Array.Resize(ref bytes, length);
        random.NextBytes(bytes.AsSpan(40));
        return bytes;
    }
}
