using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Campaign;

/// <summary>
/// Feeds on hosts of loopback that grow by the clock, and the ledger of truth: what of them was in an answer. A third of the feeds give no text, which only
/// the items' pages have. Some answers fail on purpose until the site is frozen.
/// </summary>
internal sealed class GrowingSite : IAsyncDisposable
{
    public const int Feeds = 40;

    private const int Hosts = 20;
    private const int AtFirst = 3;
    private const double Failing = 0.03;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(12);

    private readonly int[] shown = new int[Feeds];
    private readonly ScriptedOrigin origin;
    private readonly Random random;
    private readonly DateTimeOffset start;
    private readonly int port;
    private DateTimeOffset? frozen;
    private int requests;

    private GrowingSite(ScriptedOrigin origin, int port, int seed)
    {
        this.origin = origin;
        this.port = port;
        random = new Random(seed);
        start = DateTimeOffset.UtcNow;
        origin.OnRequest = _ => Interlocked.Increment(ref requests);
        origin.ServeBelow("/feed/", AnswerFeed).ServeBelow("/page/", AnswerPage);
    }

    public int Requests => requests;

    /// <summary>Every item that an answer held.</summary>
    public IEnumerable<Item> Shown => Enumerable.Range(0, Feeds).SelectMany(feed => Enumerable.Range(0, shown[feed]).Select(number => ItemOf(feed, number)));

    /// <summary>Starts on 127.40.0.1 and the addresses after it.</summary>
    public static async Task<GrowingSite> StartAsync(int seed)
    {
        var port = FreePort();
        var addresses = Enumerable.Range(1, Hosts).Select(static host => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.40.0.{host}")));
        return new GrowingSite(await ScriptedOrigin.StartAsync(addresses, port), port, seed);
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>The sources as settings.</summary>
    public Dictionary<string, object> Sources() => Enumerable.Range(0, Feeds).ToDictionary(
        static feed => string.Create(CultureInfo.InvariantCulture, $"feed-{feed}"),
        feed => (object)new { Url = Address(feed, "feed", 0), FullText = IsPages(feed) ? "Always" : "Never", Interval = "00:00:10" });

    /// <summary>From now on nothing is added, and nothing fails.</summary>
    public void Freeze() => frozen ??= DateTimeOffset.UtcNow;

    public ValueTask DisposeAsync() => origin.DisposeAsync();

    private static bool IsPages(int feed) => feed % 3 == 0;

    private string Address(int feed, string kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.40.0.{1 + (feed % Hosts)}:{port}/{kind}/{feed}{(kind == "page" ? $"/{number}" : "")}");

    // Feeds grow in turn, not all at once.
    private DateTimeOffset BornAt(int feed, int number) => start + (Period * (number - AtFirst + 1)) + (Period * feed / Feeds);

    private int Count(int feed) => AtFirst + Math.Max(0, (int)Math.Floor(((frozen ?? DateTimeOffset.UtcNow) - BornAt(feed, AtFirst)) / Period) + 1);

    private Item ItemOf(int feed, int number) =>
        new(feed, number, Address(feed, "page", number), SiteText.Title(feed, number), SiteText.Token(feed, number), IsPages(feed))
    {
        BornAt = number < AtFirst ? null : BornAt(feed, number),
    };

    private Reply? AnswerFeed(string path)
    {
        if (!int.TryParse(path, CultureInfo.InvariantCulture, out var feed) || feed is < 0 or >= Feeds) return null;
        var count = Count(feed);
        var reply = SiteText.Feed(feed, [.. Enumerable.Range(0, count).Select(number => ItemOf(feed, number))]);
        if (feed % 5 < 2) reply = reply.ETag(string.Create(CultureInfo.InvariantCulture, $"\"{feed}-{count}\""));
        if (feed % 5 == 2) reply = reply.LastModified(SiteText.Day.AddSeconds(count).ToString("R", CultureInfo.InvariantCulture));
        if (Broken(reply) is { } broken) return broken;
        lock (shown) shown[feed] = Math.Max(shown[feed], count);
        return reply;
    }

    private Reply? AnswerPage(string path)
    {
        if (path.Split('/') is not [var feed, var number]) return null;
        if (!int.TryParse(feed, CultureInfo.InvariantCulture, out var f) || !int.TryParse(number, CultureInfo.InvariantCulture, out var n)
            || f is < 0 or >= Feeds)
            return null;
        var reply = SiteText.Page(ItemOf(f, n));
        return Broken(reply) ?? reply;
    }

    private Reply? Broken(Reply whole)
    {
        lock (random)
        {
            if (frozen is not null || random.NextDouble() >= Failing) return null;
            return random.Next(3) switch
            {
                0 => Reply.Error(500),
                1 => whole.CutShort(),
                _ => whole with { Ending = BodyEnding.HangUp },
            };
        }
    }
}
