using System.Globalization;
using System.Xml.Linq;
using Ingest.Feeds.Markup;
using Ingest.Text;

namespace Ingest.Feeds.Channels;

/// <summary>Reads the entries that a feed says are deleted (RFC 6721, <c>at:deleted-entry</c>).</summary>
internal static class TombstoneReader
{
    private static readonly XName DeletedEntry = XName.Get("deleted-entry", "http://purl.org/atompub/tombstones/1.0");

    public static IReadOnlyList<FeedTombstone> Read(params ReadOnlySpan<XElement> parents)
    {
        var deleted = new List<FeedTombstone>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parent in parents)
        {
            foreach (var element in parent.Elements(DeletedEntry))
            {
                if (deleted.Count >= FeedLimits.MaxEntries) return deleted;
                if (element.Attribute("ref")?.Value.Trim() is not { Length: > 0 } id || id.Length > FeedLimits.MaxLine || !seen.Add(id)) continue;
                var comment = element.Element(DeletedEntry.Namespace + "comment") is { } said
                    ? PlainText.Line(ElementText.Construct(said, isAtom: true)) : null;
                deleted.Add(new FeedTombstone(id, At(element.Attribute("when")?.Value), string.IsNullOrEmpty(comment) ? null : comment));
            }
        }

        return deleted;
    }

    private static DateTimeOffset? At(string? stated) =>
        DateTimeOffset.TryParse(stated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
