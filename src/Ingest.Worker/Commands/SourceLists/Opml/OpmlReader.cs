using System.IO;
using System.Xml;
using Ingest.Feeds.Repair;
using Ingest.Feeds.Trees;
using Ingest.Identity;
using Ingest.Text.Decoding;
using Ingest.Text.Limits;

namespace Ingest.Worker.Commands.SourceLists.Opml;

/// <summary>What an OPML list holds.</summary>
/// <param name="Feeds">Its feeds in order, each URL once.</param>
/// <param name="PassedOver">One sentence for each feed that cannot be a source.</param>
internal sealed record OpmlReading(IReadOnlyList<OpmlFeed> Feeds, IReadOnlyList<string> PassedOver)
{
    /// <summary>What had to be repaired before the list could be read, in order, in words.</summary>
    public IReadOnlyList<string> Repairs { get; init; } = [];
}

/// <summary>
/// Reads subscription lists in OPML 1.0, 1.1 and 2.0 (opml.org/spec2.opml). They come from strangers: no DTD, bounded in size, depth and number.
/// </summary>
internal static class OpmlReader
{
    private const int MaxBytes = 64 * 1024 * 1024, MaxCharacters = 32 * 1024 * 1024, MaxDepth = 64, MaxFeeds = 200_000, MaxTags = 200, MaxTagLength = 100;
    private const int MaxRepaired = 16 * 1024 * 1024;

    /// <summary>Reads a list; one that is not well-formed as far as it can be told what was meant.</summary>
    /// <exception cref="InvalidDataException">It is not OPML, or past a bound; the message says what and where.</exception>
    public static OpmlReading Read(Stream stream)
    {
        var bytes = Bytes(stream);
        var encoding = TextDecoder.ForXml(bytes, null);
        var text = encoding.Decode(bytes);
        string[] repairs = encoding.Repair is { } repair ? [repair] : [];
        try
        {
            using var xml = XmlReader.Create(new StringReader(text), Settings());
            return ReadOutlines(xml) with { Repairs = repairs };
        }
        catch (XmlException error)
        {
            // The advice that follows the first sentence is for programmers.
            var reason = FormattableString.Invariant($"line {error.LineNumber}: {error.Message.Split(". ")[0].TrimEnd('.')}");
            return Repaired(text, [.. repairs, reason]) ?? throw new InvalidDataException(reason + ".", error);
        }
    }

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    // Null when it has a DTD, is too large to be repaired, or holds no feed however it is read.
    private static OpmlReading? Repaired(string text, IReadOnlyList<string> repairs)
    {
        if (text.Length > MaxRepaired || text.AsSpan(0, DocumentStart.Find(text)).Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)) return null;
        var tree = LenientTree.Parse(text, ReadingLimit.None);
        if (tree.Root is null || !Is(tree.Root.Name.LocalName, "opml")) return null;
        using var xml = tree.Root.CreateReader();
        var reading = ReadOutlines(xml);
        return reading.Feeds.Count == 0 ? null : reading with { Repairs = [.. repairs, .. tree.Repairs] };
    }

    // The XML reader compares the attributes of a tag with each other before anyone can count them.
    private static byte[] Bytes(Stream stream)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (all.Length + read > MaxBytes) throw new InvalidDataException($"It is larger than {MaxBytes} bytes.");
            all.Write(buffer, 0, read);
        }

        var bytes = all.ToArray();
        try
        {
            return LargeDocument.Refusal(bytes) is { } refusal ? throw new InvalidDataException($"It holds {refusal}.") : bytes;
        }
        catch (FeedLimitException error)
        {
            throw new InvalidDataException($"It holds {error.Message}.", error);
        }
    }

    private static OpmlReading ReadOutlines(XmlReader xml)
    {
        xml.MoveToContent();
        if (!Is(xml.LocalName, "opml")) throw new InvalidDataException($"It is not OPML: its root is <{xml.LocalName}>.");
        var feeds = new Dictionary<string, OpmlFeed>(StringComparer.Ordinal);
        var passedOver = new List<string>();
        var folders = new Stack<(int Depth, string? Name)>();
        while (xml.Read())
        {
            if (xml.Depth > MaxDepth) throw new InvalidDataException($"Outlines nest deeper than {MaxDepth}.");
            if (xml.NodeType != XmlNodeType.Element || !Is(xml.LocalName, "outline")) continue;
            while (folders.TryPeek(out var last) && last.Depth >= xml.Depth) folders.Pop();
            var outline = Attributes(xml);
            if (outline.GetValueOrDefault("xmlUrl") is { } link)
            {
                if (feeds.Count + passedOver.Count >= MaxFeeds) throw new InvalidDataException($"More than {MaxFeeds} feeds.");
                if (UrlOf(link) is { } url) Add(feeds, FeedOf(outline, url, folders));
                else passedOver.Add($"\"{NameOf(outline) ?? "(no name)"}\" has no http(s) URL: '{link}'.");
            }
            else if (!xml.IsEmptyElement)
            {
                folders.Push((xml.Depth, NameOf(outline)));
            }
        }

        return new OpmlReading([.. feeds.Values], passedOver);
    }

    private static void Add(Dictionary<string, OpmlFeed> feeds, OpmlFeed feed)
    {
        var key = feed.Url.AbsoluteUri;
        feeds[key] = feeds.TryGetValue(key, out var known)
            ? known with { Tags = [.. known.Tags.Union(feed.Tags, StringComparer.Ordinal).Take(MaxTags)] }
            : feed;
    }

    private static OpmlFeed FeedOf(Dictionary<string, string> outline, Uri url, IEnumerable<(int Depth, string? Name)> folders)
    {
        // Categories are separated by commas; slashes part the levels of a category, and mark it as one.
        var categories = outline.GetValueOrDefault("category")?.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(
            static category => category.Trim().Trim('/'))
            ?? [];
        var tags = folders.Reverse().Select(static folder => folder.Name).OfType<string>().Concat(categories)
            .Where(static tag => tag.Length is > 0 and <= MaxTagLength)
            .Distinct(StringComparer.Ordinal).Take(MaxTags);
        return new OpmlFeed(NameOf(outline), url, [.. tags]) { Title = outline.GetValueOrDefault("title"), SiteUrl = outline.GetValueOrDefault("htmlUrl") };
    }

    private static Uri? UrlOf(string link)
    {
        // The scheme of old subscription links: feed://host/path, or feed:https://host/path.
        if (link.StartsWith("feed://", StringComparison.OrdinalIgnoreCase)) link = "http" + link[4..];
        else if (link.StartsWith("feed:", StringComparison.OrdinalIgnoreCase)) link = link[5..];
        return CanonicalUrl.Parse(link) is null ? null : new Uri(link.Trim());
    }

    private static string? NameOf(Dictionary<string, string> outline) => outline.GetValueOrDefault("text") ?? outline.GetValueOrDefault("title");

    // Attribute names are spelled in every case; empty ones say nothing.
    private static Dictionary<string, string> Attributes(XmlReader xml)
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var found = xml.MoveToFirstAttribute(); found; found = xml.MoveToNextAttribute())
        {
            if (xml.Prefix.Length == 0 && xml.NamespaceURI.Length == 0 && xml.Value.Trim() is { Length: > 0 } value) attributes.TryAdd(xml.LocalName, value);
        }

        xml.MoveToElement();
        return attributes;
    }

    private static bool Is(string name, string expected) => string.Equals(name, expected, StringComparison.OrdinalIgnoreCase);
}
