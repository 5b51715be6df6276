using System.Buffers;
using Ingest.Feeds.Trees;
using Ingest.Text.Decoding;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Discovery;

/// <summary>Finds the feeds that an HTML page announces.</summary>
internal static class PageDiscovery
{
    private const int Window = 4 * 1024;
    private const int DoctypeWindow = 200;
    private const int MaxPage = 8 * 1024 * 1024;
    private const int MaxChildren = 64;

    // Where feeds usually are when a page announces none; the common platforms' paths first.
    private static readonly string[] WellKnown =
    [
        "/feed/", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/rss", "/feed.json", "/feeds/posts/default", "/sitemap.xml",
    ];

    private static readonly SearchValues<string> Openings = SearchValues.Create(
        ["<!doctype html", "<html", "<head", "<body"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> Feeds = SearchValues.Create(
        ["<rss", "<feed", "<rdf:rdf", "<channel", "<urlset", "<sitemapindex"], StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the document calls itself HTML at its very beginning.</summary>
    public static bool HasDoctype(ReadOnlySpan<byte> bytes) => System.Text.Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DoctypeWindow)])
        .Contains("<!doctype html", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the document opens as HTML rather than as a feed.</summary>
    public static bool IsPage(ReadOnlySpan<byte> bytes)
    {
        var head = System.Text.Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Window)]).AsSpan();
        var page = head.IndexOfAny(Openings);
        if (page < 0) return false;
        var feed = head.IndexOfAny(Feeds);
        return feed < 0 || page < feed;
    }

    /// <summary>The page with its feeds as children: those it announces, or else the places where feeds usually are.</summary>
    public static FeedReading Read(byte[] bytes, string? charset, Uri? url, ReadingLimit limit)
    {
        if (bytes.Length > MaxPage) return new FeedReading.Unreadable($"an HTML page larger than {MaxPage} bytes");
        var page = PageHead.Read(TextDecoder.DecodeHtml(bytes, charset), limit);
        var baseUrl = Addresses.Combine(url, page.Base) ?? url;
        var children = Children(page, baseUrl);
        var document = new FeedDocument
        {
            Format = FeedFormat.Page,
            Title = page.Title,
            Link = url?.AbsoluteUri,
            Language = page.Language,
            Children = children,
        };
        return children.Count > 0 || url is null ? document : document with
        {
            Children = Guesses(url).Select(static guess => new FeedChild(guess.AbsoluteUri, null, null)).ToList(),
            ChildrenAreGuesses = true,
            Repairs = ["the page announces no feed; its well-known places are guesses"],
        };
    }

    /// <summary>Where the feed of a page usually is that announces none; the likeliest first.</summary>
    public static IReadOnlyList<Uri> Guesses(Uri page) => [.. WellKnown.Select(path => new Uri(page, path))];

    // What is drawn in the text may be any site's, and counts where nothing is announced only.
    private static List<FeedChild> Children(PageHead page, Uri? baseUrl)
    {
        var found = page.Links.Select(link => (Link: link, Address: AddressOf(link, baseUrl)))
            .Where(static one => one.Address is not null)
            .Select(static one => (one.Link, Address: one.Address!, Rank: FeedLinks.Rank(one.Link, one.Address!)))
            .Where(static one => one.Rank is not null)
            .ToList();
        var isAnnounced = found.Exists(static one => one.Rank < FeedLinks.Drawn);
        return
        [
            .. found.Where(one => !isAnnounced || one.Rank != FeedLinks.Drawn)
                .OrderBy(static one => one.Rank)
                .Select(static one => new FeedChild(one.Address, null, one.Link.Title))
                .DistinctBy(static child => child.Url)
                .Take(MaxChildren),
        ];
    }

    private static string? AddressOf(PageLink link, Uri? baseUrl)
    {
        var address = Addresses.Resolve(link.Address, baseUrl);
        if (address is not null && address.StartsWith("feed:", StringComparison.OrdinalIgnoreCase)) address = OfFeedScheme(address);
        return address is null || (baseUrl is not null && !Addresses.IsWeb(address)) ? null : address;
    }

    // feed://host/path means http, feed:https://host/path wraps an address.
    private static string OfFeedScheme(string address) => Addresses.IsWeb(address[5..]) ? address[5..] : "http:" + address[5..];
}
