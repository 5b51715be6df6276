using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ingest.Feeds;
using Ingest.Text;

namespace Ingest.Worker.Tests.Feeds.Scoring;

/// <summary>Judges a reading as the corpus' scorer does: the number of items, and every known title, link, id and date.</summary>
internal static partial class FeedScore
{
    public static bool IsWhollyRight(JsonElement expected, FeedReading reading)
    {
        if (reading is not FeedDocument document) return false;
        if (expected.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Number && items.GetInt32() != document.Entries.Count)
            return false;
        if (!expected.TryGetProperty("entries", out var entries)) return true;
        return entries.EnumerateArray().Index().All(pair => pair.Index < document.Entries.Count && Matches(pair.Item, document.Entries[pair.Index]));
    }

    private static bool Matches(JsonElement expected, FeedEntry got) =>
        Known(expected, "title").All(title => Alternatives(expected).Prepend(title).Any(one => Text(one) == Text(got.Title)))
        && Known(expected, "link").All(link => Link(link) == Link(got.CountingLink ?? got.Link))
        && Known(expected, "id").All(id => Link(id) == Link(got.Id))
        && SameDate(expected, got);

    private static bool SameDate(JsonElement expected, FeedEntry got)
    {
        var published = Known(expected, "published").FirstOrDefault();
        var stated = published ?? Known(expected, "updated").FirstOrDefault();
        if (stated is null) return true;
        var date = published is null ? got.Updated ?? got.Published : got.Published ?? got.Updated;
        return date is not null && Math.Abs((Moment(date) - Parse(stated)).TotalSeconds) <= 1;
    }

    private static DateTimeOffset Moment(StatedDate date) => date.At ?? new DateTimeOffset(date.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static DateTimeOffset Parse(string stated) => DateTimeOffset.Parse(stated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static IEnumerable<string> Known(JsonElement expected, string field) =>
        expected.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? [text] : [];

    private static IEnumerable<string> Alternatives(JsonElement expected) =>
        expected.TryGetProperty("alt", out var alt) && alt.TryGetProperty("title", out var titles)
            ? titles.EnumerateArray().Select(static t => t.GetString() ?? "")
            : [];

    private static string Text(string? text)
    {
        for (var i = 0; i < 3; i++) text = WebUtility.HtmlDecode(Tags().Replace(text ?? "", " "));
        return string.Concat((text ?? "").Normalize(NormalizationForm.FormC).Where(static c => !char.IsWhiteSpace(c) && c is not ('\u200B' or '\uFEFF')));
    }

    private static string Link(string? link)
    {
        var decoded = WebUtility.HtmlDecode(WebUtility.HtmlDecode(link ?? ""));
        decoded = Uri
            .UnescapeDataString(string.Concat(decoded.Where(static c => !char.IsWhiteSpace(c))).Replace('+', ' '))
            .Replace(" ", "", StringComparison.Ordinal);
        return decoded.EndsWith('/') && decoded.Count(static c => c == '/') == 3 ? decoded[..^1] : decoded;
    }

    [GeneratedRegex("<!--.*?-->|<[/!?]?[A-Za-z][^<>]*>", RegexOptions.Singleline, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Tags();
}
