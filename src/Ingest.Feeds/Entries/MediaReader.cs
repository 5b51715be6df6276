using System.Globalization;
using System.Xml.Linq;
using Ingest.Feeds.Markup;
using Ingest.Feeds.Trees;
using Ingest.Text;

namespace Ingest.Feeds.Entries;

/// <summary>Reads Media RSS, iTunes and image elements of an entry.</summary>
internal sealed class MediaReader(EntryFields fields)
{
    // media:group in media:group is nonsense; media:content in media:group in item is not.
    private const int MaxNesting = 3;

    public void Read(XElement child, EntryField field, EntryDraft draft, Uri? baseUrl) => Read(child, field, draft, baseUrl, MaxNesting);

    private void Read(XElement child, EntryField field, EntryDraft draft, Uri? baseUrl, int nesting)
    {
        switch (field)
        {
            case EntryField.MediaTitle:
                draft.OtherTitle ??= ElementText.Text(child);
                break;
            case EntryField.MediaDescription or EntryField.ItunesSummary:
                draft.OtherSummary ??= ElementText.Text(child);
                break;
            case EntryField.MediaCredit when child.Attribute("role") is null || child.Attribute("role")!.Value is "author" or "writer":
                draft.Authors.OfferCredit(ElementText.Line(child));
                break;
            case EntryField.MediaThumbnail:
                draft.Images.OfferMedia(Addresses.Resolve(child.Attribute("url")?.Value, baseUrl));
                break;
            case EntryField.ItunesImage:
                draft.Images.OfferMedia(Addresses.Resolve((child.Attribute("href") ?? child.Attribute("url"))?.Value ?? child.Value, baseUrl));
                break;
            case EntryField.Image:
                draft.Images.OfferMedia(Addresses.Resolve(
                    child.Elements().FirstOrDefault(static e => e.Name.LocalName == "url")?.Value ?? (child.HasElements ? null : child.Value), baseUrl));
                break;
            case EntryField.MediaContent:
                ReadContent(child, draft, baseUrl);
                ReadChildren(child, draft, baseUrl, nesting);
                break;
            case EntryField.MediaGroup:
                ReadChildren(child, draft, baseUrl, nesting);
                break;
        }
    }

    private void ReadChildren(XElement element, EntryDraft draft, Uri? baseUrl, int nesting)
    {
        if (nesting == 0 || !element.HasElements) return;
        foreach (var child in element.Elements()) Read(child, fields[child], draft, baseUrl, nesting - 1);
    }

    private static void ReadContent(XElement content, EntryDraft draft, Uri? baseUrl)
    {
        if (Addresses.Resolve(content.Attribute("url")?.Value, baseUrl) is not { } address) return;
        var (medium, type) = (content.Attribute("medium")?.Value, content.Attribute("type")?.Value);
        if (medium is "image" || (type is not null && type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)))
        {
            draft.Images.OfferMedia(address);
        }
        else if (draft.Enclosures.Count < FeedLimits.MaxList && !draft.Enclosures.Exists(e => e.Url == address))
        {
            var length = long.TryParse(content.Attribute("fileSize")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                ? bytes
                : (long?)null;
            draft.Enclosures.Add(new Enclosure(address, type, length));
        }
    }
}
