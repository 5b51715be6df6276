using System.Buffers;
using Ingest.Feeds.Trees;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Sitemaps;

/// <summary>Sitemaps that are plain text, one address a line (sitemaps.org, "Text file").</summary>
internal static class TextSitemap
{
    // Blanks, zeros and marks of any encoding.
    private static readonly SearchValues<byte> BeforeText = SearchValues.Create(0x20, 0x09, 0x0A, 0x0D, 0x00, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF);

    /// <summary>True when the document may begin with a web address.</summary>
    public static bool MayBe(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(BeforeText) is >= 0 and var start && (bytes[start] | 0x20) == 'h';

    /// <summary>The sitemap; null when any line is anything but one web address.</summary>
    public static FeedDocument? Read(string text, ReadingLimit limit)
    {
        var entries = new List<FeedEntry>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            limit.Check(line.Length);
            var address = line.Trim();
            if (address.IsEmpty) continue;
            if (address.Length > FeedLimits.MaxLine || address.IndexOfAny(" \t<>\"") >= 0 || !IsAddress(address.ToString())) return null;
            if (entries.Count < FeedLimits.MaxSitemapRows) entries.Add(new FeedEntry { Link = Addresses.Resolve(address.ToString(), null) });
        }

        return entries.Count == 0 ? null : new FeedDocument { Format = FeedFormat.Sitemap, Entries = entries };
    }

    private static bool IsAddress(string line) => Addresses.IsWeb(line) && Uri.TryCreate(line, UriKind.Absolute, out _);
}
