using System.Xml.Linq;
using Ingest.Feeds.Markup;
using Ingest.Feeds.Media;
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
                draft.OtherTitle ??= TitleMarkup.Of(ElementText.Text(child), isPlain: false);
                break;
            case EntryField.ItunesSummary:
                draft.OtherSummary ??= ElementText.Text(child);
                break;
            case EntryField.MediaDescription:
                draft.Media.OfferDescription(ElementText.Text(child));
                break;
            case EntryField.MediaCredit when child.Attribute("role") is null:
                draft.Media.OfferCredit(ElementText.Line(child));
                break;
            case EntryField.MediaCredit when child.Attribute("role")!.Value is "author" or "writer":
                draft.Authors.OfferCredit(ElementText.Line(child));
                break;
            case EntryField.MediaThumbnail:
                draft.Images.OfferMedia(Addresses.Resolve(EnclosureReader.Attribute(child, "url") ?? child.Value, baseUrl));
                break;
            case EntryField.ItunesImage:
                draft.Images.OfferMedia(Addresses.Resolve((child.Attribute("href") ?? child.Attribute("url"))?.Value ?? child.Value, baseUrl));
                break;
            case EntryField.Image:
                draft.Images.OfferMedia(Addresses.Resolve(
                    child.Elements().FirstOrDefault(static e => e.Name.LocalName == "url")?.Value ?? (child.HasElements ? null : child.Value), baseUrl));
                break;
            case EntryField.MediaContent:
                ReadContent(child, draft, baseUrl, nesting);
                break;
            case EntryField.MediaGroup:
                ReadChildren(child, draft, baseUrl, nesting, static _ => true);
                break;
        }
    }

    private void ReadChildren(XElement element, EntryDraft draft, Uri? baseUrl, int nesting, Func<EntryField, bool> isWanted)
    {
        if (nesting == 0 || !element.HasElements) return;
        foreach (var child in element.Elements())
        {
            if (fields[child] is var field && isWanted(field)) Read(child, field, draft, baseUrl, nesting - 1);
        }
    }

    private void ReadContent(XElement content, EntryDraft draft, Uri? baseUrl, int nesting)
    {
        var address = Addresses.Resolve(EnclosureReader.Attribute(content, "url"), baseUrl);
        var type = EnclosureReader.TypeOf(EnclosureReader.Attribute(content, "type"));
        var isPicture = address is not null && Pictures.IsPicture(content, type, address);
        if (isPicture) draft.Images.OfferMedia(address);
        draft.Media.HasPicture |= isPicture;
        draft.Media.HasOther |= address is not null && !isPicture;

        // What stands inside a picture is said of it, not of the entry: the name of its file, its caption, who took it.
        ReadChildren(content, draft, baseUrl, nesting, isPicture
            ? static field => field is EntryField.MediaContent or EntryField.MediaThumbnail
            : static _ => true);
        if (address is not null && !isPicture)
            EnclosureReader.Add(draft.Enclosures, new Enclosure(address, type, EnclosureReader.LengthOf(EnclosureReader.Attribute(content, "fileSize"))));
    }
}
