using System.Xml;
using Ingest.Worker.Feeds.Channels;
using Ingest.Worker.Feeds.Entries;
using Ingest.Worker.Feeds.Json;
using Ingest.Worker.Feeds.Sitemaps;
using Ingest.Worker.Feeds.Trees;
using Ingest.Worker.Text;

namespace Ingest.Worker.Feeds;

/// <summary>Reads the bytes of a source: feeds of every format, sitemaps, and pages that announce feeds.</summary>
internal static class FeedReader
{
    /// <summary>Reads one document; never throws on what is in it.</summary>
    /// <param name="bytes">The document, decompressed from its transfer; a gzip file (sitemap.xml.gz) is unpacked here.</param>
    /// <param name="charset">charset of the HTTP Content-Type; null when none.</param>
    /// <param name="url">The URL that answered, the base of relative addresses; null when unknown.</param>
    public static FeedReading Read(byte[] bytes, string? charset, Uri? url)
    {
        if (bytes.Length > FeedLimits.MaxBytes) return new FeedReading.Unreadable($"the document is larger than {FeedLimits.MaxBytes} bytes");
        if (bytes.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0) return new FeedReading.Unreadable("the document is empty");
        if (JsonFeedReader.IsJson(bytes)) return JsonFeedReader.Read(bytes, charset, url);
        return ReadXml(bytes, charset, url);
    }

    private static FeedReading ReadXml(byte[] bytes, string? charset, Uri? url)
    {
        var encoding = TextDecoder.ForXml(bytes, charset);
        try
        {
            var root = StrictTree.Load(bytes, encoding);
            var fields = new EntryFields();
            if (FeedShape.Find(root, fields) is { } format) return WithRepair(new TreeReader(fields, url).Read(root, format), encoding.Repair);
            if (SitemapReader.Read(root, url) is { } sitemap) return WithRepair(sitemap, encoding.Repair);
            return new FeedReading.Unreadable($"the root element {root.Name.LocalName} is no feed's");
        }
        catch (XmlException e)
        {
            return new FeedReading.Unreadable(e.Message);
        }
    }

    private static FeedDocument WithRepair(FeedDocument document, string? repair) =>
        repair is null ? document : document with { Repairs = [repair, .. document.Repairs] };
}
