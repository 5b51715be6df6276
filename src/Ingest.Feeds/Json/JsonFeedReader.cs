using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ingest.Feeds.Entries;
using Ingest.Feeds.Markup;
using Ingest.Feeds.Media;
using Ingest.Feeds.Tags;
using Ingest.Feeds.Trees;
using Ingest.Text;
using Ingest.Text.Decoding;
using Ingest.Text.Languages;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Json;

/// <summary>Reads JSON Feed 1.0 and 1.1, with the liberties feeds take: entries without an id, numbers for strings, commas too many.</summary>
/// <remarks>Read with the framework's own JSON reader: CodeHollow turns JSON into XML first and drops entries without an id.</remarks>
internal static class JsonFeedReader
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    private static readonly JsonReaderOptions Tokens = new()
    {
        AllowTrailingCommas = Options.AllowTrailingCommas, CommentHandling = Options.CommentHandling, MaxDepth = Options.MaxDepth,
    };

    // Blanks, zeros and marks of any encoding.
    private static readonly SearchValues<byte> BeforeText = SearchValues.Create(0x20, 0x09, 0x0A, 0x0D, 0x00, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF);

    /// <summary>True when the first byte of the text is an opening brace or bracket.</summary>
    public static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.IndexOfAnyExcept(BeforeText);
        return start >= 0 && bytes[start] is (byte)'{' or (byte)'[';
    }

    public static FeedReading Read(byte[] bytes, string? charset, Uri? url, ReadingLimit limit)
    {
        var encoding = TextDecoder.ForXml(bytes, charset);
        var text = LoneSurrogates.Replace(encoding.Decode(bytes)).Trim('\0', ' ', '\r', '\n', '\t');
        try
        {
            return Parse(text, url, limit);
        }
        catch (JsonException e)
        {
            var reason = string.Create(CultureInfo.InvariantCulture, $"not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            return Repair(MendedJson.Of(text), reason, url, limit);
        }
    }

    private static FeedReading Repair(string text, string reason, Uri? url, ReadingLimit limit)
    {
        try
        {
            return Parse(text, url, limit) is FeedDocument mended
                ? mended with { Repairs = [reason, "line breaks, escapes and commas mended"] }
                : new FeedReading.Unreadable(reason);
        }
        catch (JsonException)
        {
            return WholeItems.Before(text, Options) is { } whole && Parse(whole, url, limit) is FeedDocument document
                ? document with { Repairs = [reason, "entries behind the damage left out"] }
                : new FeedReading.Unreadable(reason);
        }
    }

    private static FeedReading Parse(string text, Uri? url, ReadingLimit limit)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (HasTooMany(bytes)) return new FeedReading.Unreadable($"more than {FeedLimits.MaxNodes} names and values");
        using var json = JsonDocument.Parse(bytes, Options);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("items", out var items)
            && items.ValueKind == JsonValueKind.Array
            ? Document(json.RootElement, items, url, limit)
            : new FeedReading.Unreadable("JSON without an array of items is not a JSON Feed");
    }

    // A document takes twelve bytes of memory for each, twice that while its table grows: six times its size where they are zeros.
    private static bool HasTooMany(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, Tokens);
        for (var read = 0; read < FeedLimits.MaxNodes; read++)
        {
            if (!reader.Read()) return false;
        }

        return true;
    }

    private static FeedDocument Document(JsonElement root, JsonElement items, Uri? url, ReadingLimit limit)
    {
        var authors = Authors(root);
        var entries = items.EnumerateArray().Where(static i => i.ValueKind == JsonValueKind.Object).Take(FeedLimits.MaxEntries);
        var dates = new FeedDates(() => entries
            .SelectMany(static item => new[] { Text(item, "date_published"), Text(item, "date_modified") }).OfType<string>());
        return new FeedDocument
        {
            Format = FeedFormat.JsonFeed,
            Title = Text(root, "title"),
            Link = Addresses.Resolve(Text(root, "home_page_url"), url),
            Description = Text(root, "description"),
            Language = Text(root, "language"),
            Icon = Addresses.Resolve(Text(root, "icon") ?? Text(root, "favicon"), url),
            Author = authors.Count > 0 ? string.Join(", ", authors) : null,
            NextPage = Addresses.Resolve(Text(root, "next_url"), url),
            Hubs = Objects(root, "hubs").Select(hub => Addresses.Resolve(Text(hub, "url"), url)).OfType<string>().ToList(),
            Entries = entries.Select(item => Entry(item, authors, url, dates, limit)).ToList(),
        };
    }

    private static FeedEntry Entry(JsonElement item, IReadOnlyList<string> feedAuthors, Uri? url, FeedDates dates, ReadingLimit limit)
    {
        limit.Check();
        var authors = Authors(item);
        var content = Text(item, "content_html")
            ?? (Text(item, "content_text") is { } text ? PlainAsHtml.LooksLikeMarkup(text) ? PlainAsHtml.Escape(text) : text : null);
        var summary = Text(item, "summary") is { } plain ? PlainAsHtml.OfStatedPlain(plain) : null;
        var link = Addresses.Resolve(Text(item, "url"), url) ?? Addresses.Resolve(Text(item, "external_url"), url);
        return new FeedEntry
        {
            Id = Text(item, "id")?.Trim(),
            Link = link,
            Title = TitleMarkup.Of(Text(item, "title"), isPlain: true),
            Published = dates.Read(Text(item, "date_published")),
            Updated = dates.Read(Text(item, "date_modified")),
            Authors = authors.Count > 0 ? authors : feedAuthors,
            Summary = summary,
            Content = content,
            Categories = Strings(item, "tags").Select(static tag => new FeedCategory(tag, null)).ToList(),
            Enclosures = Objects(item, "attachments").Select(attachment => Attachment(attachment, url)).OfType<Enclosure>().ToList(),
            Image = Addresses.Resolve(Text(item, "image") ?? Text(item, "banner_image"), url)
                ?? TextPictures.First(content, () => Addresses.Combine(url, link) ?? url),
            Language = Text(item, "language"),
        };
    }

    private static Enclosure? Attachment(JsonElement attachment, Uri? url) => Addresses.Resolve(Text(attachment, "url"), url) is { } address
        ? new Enclosure(
            address,
            EnclosureReader.TypeOf(Text(attachment, "mime_type")),
            EnclosureReader.LengthOf(Text(attachment, "size_in_bytes")))
        : null;

    // Version 1.0 has one author, 1.1 a list.
    private static List<string> Authors(JsonElement owner) => Objects(owner, "authors").Concat(Objects(owner, "author"))
        .Select(static author => author.ValueKind == JsonValueKind.String ? author.GetString() : Text(author, "name") ?? Text(author, "url"))
        .Select(StatedName.Of).OfType<string>().Where(static name => name.Length > 0).Distinct().Take(FeedLimits.MaxList).ToList();

    private static IEnumerable<JsonElement> Objects(JsonElement owner, string name)
    {
        if (owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty(name, out var value)) return [];
        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Take(FeedLimits.MaxList),
            JsonValueKind.Object or JsonValueKind.String => [value],
            _ => [],
        };
    }

    private static IEnumerable<string> Strings(JsonElement owner, string name) =>
        Objects(owner, name).Where(static e => e.ValueKind == JsonValueKind.String).Select(static e => e.GetString()!).Where(static s => s.Length > 0);

    private static string? Text(JsonElement owner, string name)
    {
        if (owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty(name, out var value)) return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => EscapedCdata.Unwrap(value.GetString()!),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Length <= FeedLimits.MaxText ? text : text[..FeedLimits.MaxText];
    }
}
