using System.Xml.Linq;
using Ingest.Feeds.Markup;
using Ingest.Feeds.Trees;

namespace Ingest.Feeds.Entries;

/// <summary>Reads the dates, texts and authors of an entry.</summary>
internal static class EntryTexts
{
    private const int PubDateRank = 0;
    private const int PublishedRank = 1;
    private const int IssuedRank = 2;
    private const int DcDateRank = 3;
    private const int CreatedRank = 4;

    /// <summary>Does the element hold a date?</summary>
    public static bool IsDate(EntryField field) => field is EntryField.PubDate or EntryField.AtomPublished or EntryField.Issued
        or EntryField.DcDate or EntryField.Created or EntryField.Updated;

    public static void ReadDate(XElement child, EntryField field, EntryDraft draft)
    {
        if (field == EntryField.Updated)
        {
            draft.OfferUpdated(FeedDates.TextOf(child));
            return;
        }

        draft.OfferPublished(FeedDates.TextOf(child), field switch
        {
            EntryField.PubDate => PubDateRank,
            EntryField.AtomPublished => PublishedRank,
            EntryField.Issued => IssuedRank,
            EntryField.DcDate => DcDateRank,
            _ => CreatedRank,
        });
    }

    public static void ReadBody(XElement child, EntryField field, EntryDraft draft, bool isAtom)
    {
        switch (field)
        {
            case EntryField.Description:
                draft.Description ??= ElementText.Text(child);
                break;
            case EntryField.AtomSummary:
                draft.AtomSummary ??= ElementText.Construct(child, isAtom);
                break;
            case EntryField.EncodedContent:
                // Some software writes the teaser there too, before or behind the text.
                if (ElementText.Text(child) is { } encoded && encoded.Length > (draft.EncodedContent?.Length ?? 0)) draft.EncodedContent = encoded;
                break;
            case EntryField.AtomContent:
                draft.OtherContent ??= ElementText.Construct(child, isAtom);
                break;
            case EntryField.XhtmlBody:
                draft.OtherContent ??= ElementText.Text(child);
                break;
            default:
                draft.OtherSummary ??= ElementText.Text(child);
                break;
        }
    }

    public static void ReadAuthor(XElement child, EntryField field, AuthorChoice authors)
    {
        if (child.HasElements) authors.OfferPerson(PersonText.Read(child));
        else if (field == EntryField.DcCreator) authors.OfferCreator(AuthorChoice.NameOf(ElementText.Line(child)));
        else if (field == EntryField.ItunesAuthor) authors.OfferPodcast(ElementText.Line(child));
        else authors.OfferAddress(ElementText.Line(child));
    }
}
