using System.Text;
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
        if (TextSitemap.MayBe(bytes) && TextSitemap.Read(TextDecoder.DecodeXml(bytes, charset), limit) is { } list) return list;
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
        var reading = ReadStated(bytes, charset, url, limit);
        return reading is FeedDocument ? reading : InnerFeed(bytes, charset, url, limit) ?? reading ?? PageDiscovery.Read(bytes, charset, url, limit);
    }

    // A feed that a template, a proxy or a browser put into a page or into another document.
    private static FeedDocument? InnerFeed(byte[] bytes, string? charset, Uri? url, ReadingLimit limit)
    {
        if (bytes.Length > FeedLimits.MaxRepairedLength || FeedInPage.Find(TextDecoder.DecodeHtml(bytes, charset), limit) is not { } text) return null;
        var inner = Encoding.UTF8.GetBytes(text);
        var reading = JsonFeedReader.IsJson(inner) ? JsonFeedReader.Read(inner, "utf-8", url, limit) : ReadStated(inner, "utf-8", url, limit);
        return reading is FeedDocument feed ? feed with { Repairs = ["the feed taken out of what was around it", .. feed.Repairs] } : null;
    }

    /// <summary>What the document says by itself; null when it is a page.</summary>
    private static FeedReading? ReadStated(byte[] bytes, string? charset, Uri? url, ReadingLimit limit)
    {
        var encoding = TextDecoder.ForXml(bytes, charset);
        var repairs = encoding.Repair is { } wrong ? new List<string> { wrong } : [];
        try
        {
            if (LargeDocument.Refusal(bytes) is { } refusal) return new FeedReading.Unreadable(refusal);
            var root = StrictTree.Load(bytes, encoding, repairs, limit);
            if (PageDiscovery.HasDoctype(bytes)) repairs.Add("the doctype of an HTML page before the feed ignored");
            return root.Name.LocalName.Equals("html", StringComparison.OrdinalIgnoreCase) ? null : ReadTree(root, url, repairs, limit);
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

    private static FeedReading? Repair(byte[] bytes, string? charset, Uri? url, List<string> repairs, ReadingLimit limit, string reason)
    {
        if (PageDiscovery.IsPage(bytes)) return null;
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
            ?? SitemapReader.Read(root, url, limit) ?? CdfReader.Read(root, url, limit);
        if (document is null && CanonicalTree.Of(root, fields) is { } rebuilt)
        {
            document = reader.Read(rebuilt.Root, rebuilt.Format);
            if (rebuilt.Repair is { } repair) repairs.Add(repair);
        }

        if (document is null) return new FeedReading.Unreadable($"the root element <{root.Name.LocalName}> is not that of a feed");
        repairs.AddRange(document.Repairs);
        if (document.Format is not (FeedFormat.Sitemap or FeedFormat.SitemapIndex) && document.Entries.Count >= FeedLimits.MaxEntries)
            repairs.Add($"entries past {FeedLimits.MaxEntries} left out");
        return repairs.Count == 0 ? document : document with { Repairs = repairs };
    }
}
