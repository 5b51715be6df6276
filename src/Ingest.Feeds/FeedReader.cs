using System.Xml;
using System.Xml.Linq;
using Ingest.Feeds.Cdf;
using Ingest.Feeds.Channels;
using Ingest.Feeds.Discovery;
using Ingest.Feeds.Json;
using Ingest.Feeds.Repair;
using Ingest.Feeds.Sitemaps;
using Ingest.Feeds.Trees;
using Ingest.Text.Decoding;
using Ingest.Text.Limits;

namespace Ingest.Feeds;

/// <summary>Reads the bytes of a source: feeds of every format, sitemaps, and pages that announce feeds.</summary>
public static class FeedReader
{
    /// <summary>Reads one document; never throws on what is in it.</summary>
    /// <param name="bytes">The document, decompressed from its transfer; a gzip file (sitemap.xml.gz) is unpacked here.</param>
    /// <param name="charset">charset of the HTTP Content-Type; null when none.</param>
    /// <param name="url">The URL that answered, the base of relative addresses; null when unknown.</param>
    /// <param name="limit">How long it may take; a document past it is unreadable.</param>
    public static FeedReading Read(byte[] bytes, string? charset, Uri? url, ReadingLimit limit)
    {
        try
        {
            return ReadAny(bytes, charset, url, limit);
        }
        catch (ReadingLimitException e)
        {
            return new FeedReading.Unreadable(e.Message);
        }
    }

    private static FeedReading ReadAny(byte[] bytes, string? charset, Uri? url, ReadingLimit limit)
    {
        if (bytes.Length > FeedLimits.MaxBytes) return new FeedReading.Unreadable($"the document is larger than {FeedLimits.MaxBytes} bytes");
        if (bytes.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0) return new FeedReading.Unreadable("the document is empty");
        if (GzipFile.Is(bytes)) return ReadGzip(bytes, charset, url, limit);
        if (JsonFeedReader.IsJson(bytes)) return JsonFeedReader.Read(bytes, charset, url, limit);
        return ReadXml(bytes, charset, url, limit);
    }

    private static FeedReading ReadGzip(byte[] bytes, string? charset, Uri? url, ReadingLimit limit)
    {
        if (GzipFile.Unpack(bytes, FeedLimits.MaxBytes) is not { } unpacked)
            return new FeedReading.Unreadable($"a gzip file that is damaged, or unpacks to more than {FeedLimits.MaxBytes} bytes or out of all proportion");
        return GzipFile.Is(unpacked) ? new FeedReading.Unreadable("a gzip file within a gzip file") : ReadAny(unpacked, charset, url, limit);
    }

    private static FeedReading ReadXml(byte[] bytes, string? charset, Uri? url, ReadingLimit limit)
    {
        var encoding = TextDecoder.ForXml(bytes, charset);
        var repairs = encoding.Repair is { } wrong ? new List<string> { wrong } : [];
        try
        {
            if (LargeDocument.Refusal(bytes) is { } refusal) return new FeedReading.Unreadable(refusal);
            var root = StrictTree.Load(bytes, encoding, limit);
            return root.Name.LocalName.Equals("html", StringComparison.OrdinalIgnoreCase)
                ? PageDiscovery.Read(bytes, charset, url, limit)
                : ReadTree(root, url, repairs, limit);
        }
        catch (XmlException e)
        {
            return Repair(bytes, charset, url, repairs, limit, $"not well-formed: {e.Message}");
        }
        catch (FeedLimitException e)
        {
            return e.IsFinal ? new FeedReading.Unreadable(e.Message) : Repair(bytes, charset, url, repairs, limit, e.Message);
        }
    }

    private static FeedReading Repair(byte[] bytes, string? charset, Uri? url, List<string> repairs, ReadingLimit limit, string reason)
    {
        if (PageDiscovery.IsPage(bytes)) return PageDiscovery.Read(bytes, charset, url, limit);
        var text = TextDecoder.DecodeXml(bytes, charset);
        if (text.Length > FeedLimits.MaxRepairedLength) return new FeedReading.Unreadable($"{reason}; and larger than what is repaired");
        var tree = LenientTree.Parse(text, limit);
        if (tree.Root is null) return new FeedReading.Unreadable($"{reason}; no element was found");
        repairs.Add(reason);
        repairs.AddRange(tree.Repairs);
        return ReadTree(tree.Root, url, repairs, limit);
    }

    private static FeedReading ReadTree(XElement root, Uri? url, List<string> repairs, ReadingLimit limit)
    {
        var fields = new EntryFields(root, limit);
        var reader = new TreeReader(fields, url);
        var document = (FeedShape.Find(root, fields) is { } format ? reader.Read(root, format) : null)
            ?? SitemapReader.Read(root, url, limit) ?? CdfReader.Read(root, url, limit)
            ?? (CanonicalTree.Of(root, fields) is { } rebuilt ? reader.Read(rebuilt.Root, rebuilt.Format) : null);
        if (document is null) return new FeedReading.Unreadable($"the root element <{root.Name.LocalName}> is not that of a feed");
        if (document.Format is not (FeedFormat.Sitemap or FeedFormat.SitemapIndex) && document.Entries.Count >= FeedLimits.MaxEntries)
            repairs.Add($"entries past {FeedLimits.MaxEntries} left out");
        return repairs.Count == 0 ? document : document with { Repairs = repairs };
    }
}
