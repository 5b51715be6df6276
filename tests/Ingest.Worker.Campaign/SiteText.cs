using System.Globalization;
using System.Text;
using System.Text.Json;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Campaign;

/// <summary>One item of a feed.</summary>
/// <param name="Feed">Its feed.</param>
/// <param name="Number">Its place, the oldest 0.</param>
/// <param name="Url">Its page.</param>
/// <param name="Title">Its title.</param>
/// <param name="Token">A word that stands in its text and nowhere else.</param>
/// <param name="IsPage">Whether its text is only on its page.</param>
internal sealed record Item(int Feed, int Number, string Url, string Title, string Token, bool IsPage)
{
    /// <summary>When the feed showed it first; null for those it began with.</summary>
    public DateTimeOffset? BornAt { get; init; }
}

/// <summary>Writes feeds and pages of invented words, the same ones for the same item each time.</summary>
internal static class SiteText
{
    public static readonly DateTimeOffset Day = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    private static readonly string[] Words = Invent();

    public static string Title(int feed, int number) => string.Create(CultureInfo.InvariantCulture, $"{Sentence(feed, number, 0, 6)} {feed}-{number}");

    public static string Token(int feed, int number) => string.Create(CultureInfo.InvariantCulture, $"tok{feed:000}x{number:00000}");

    public static Reply Feed(int feed, IReadOnlyList<Item> items) => (feed % 3 == 0 ? feed / 3 % 3 : feed % 3) switch
    {
        0 => Rss(items),
        1 => Atom(feed, items),
        _ => JsonFeed(items),
    };

    public static Reply Page(Item item)
    {
        var paragraphs = string.Concat(Enumerable.Range(1, 4).Select(
            n => $"<p>{Sentence(item.Feed, item.Number, n, 45)}{(n == 2 ? " " + item.Token : "")}.</p>"));
        return Reply.Page($"<!doctype html><html lang=en><head><meta charset=utf-8><title>{item.Title}</title></head><body><nav><a href=/>Home</a></nav>"
            + $"<article><h1>{item.Title}</h1>{paragraphs}</article></body></html>");
    }

    private static string Id(Item item) => string.Create(CultureInfo.InvariantCulture, $"urn:trial:{item.Feed}:{item.Number}");

    private static DateTimeOffset DateOf(Item item) => Day.AddMinutes(item.Number);

    private static string Body(Item item) =>
        item.IsPage ? "" : $"{Sentence(item.Feed, item.Number, 1, 50)} {item.Token} {Sentence(item.Feed, item.Number, 2, 30)}.";

    private static Reply Rss(IReadOnlyList<Item> items)
    {
        var xml = new StringBuilder(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Trial</title><link>http://127.0.0.1/</link><description>x</description>");
        foreach (var item in items.Reverse())
        {
            xml.Append(
                CultureInfo.InvariantCulture,
                $"<item><guid isPermaLink='false'>{Id(item)}</guid><title>{item.Title}</title><link>{item.Url}</link><pubDate>{DateOf(item):R}</pubDate>");
            if (!item.IsPage) xml.Append(CultureInfo.InvariantCulture, $"<description>{Body(item)}</description>");
            xml.Append("</item>");
        }

        return Reply.Feed(xml.Append("</channel></rss>").ToString());
    }

    private static Reply Atom(int feed, IReadOnlyList<Item> items)
    {
        var xml = new StringBuilder("<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Trial</title>");
        xml.Append(CultureInfo.InvariantCulture, $"<id>urn:trial:{feed}</id><updated>{DateOf(items[^1]):yyyy-MM-ddTHH:mm:ssZ}</updated>");
        foreach (var item in items.Reverse())
        {
            xml.Append(
                CultureInfo.InvariantCulture,
                $"<entry><id>{Id(item)}</id><title>{item.Title}</title><link href='{item.Url}'/><published>{DateOf(item):yyyy-MM-ddTHH:mm:ssZ}</published>");
            xml.Append(CultureInfo.InvariantCulture, $"<updated>{DateOf(item):yyyy-MM-ddTHH:mm:ssZ}</updated>");
            if (!item.IsPage) xml.Append(CultureInfo.InvariantCulture, $"<content type='text'>{Body(item)}</content>");
            xml.Append("</entry>");
        }

        return Reply.Ok(xml.Append("</feed>").ToString(), "application/atom+xml; charset=utf-8");
    }

    private static Reply JsonFeed(IReadOnlyList<Item> items) => Reply.Ok(
        JsonSerializer.Serialize(new
        {
            version = "https://jsonfeed.org/version/1.1",
            title = "Trial",
            items = items.Reverse().Select(
                static item => new { id = Id(item), url = item.Url, title = item.Title, content_text = Body(item), date_published = DateOf(item) }),
        }),
        "application/feed+json");

    private static string Sentence(int feed, int number, int part, int words)
    {
        var random = new Random((((feed * 100_003) + number) * 31) + part);
        return string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
    }

    private static string[] Invent()
    {
        var random = new Random(1);
        return
        [
            .. Enumerable.Range(0, 3000).Select(
                _ => string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => $"{"bdfgklmnprstv"[random.Next(13)]}{"aeiou"[random.Next(5)]}"))),
        ];
    }
}
