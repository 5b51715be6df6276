using System.Xml.Linq;
using Ingest.Feeds.Markup;
using Ingest.Feeds.Media;
using Ingest.Feeds.Trees;
using Ingest.Text;

namespace Ingest.Feeds.Entries;

/// <summary>Reads one entry in one pass over its element.</summary>
/// <remarks>
/// CodeHollow's typed entries would not do: their strings are decoded twice, untrimmed, by prefix, and the first of several.
/// </remarks>
internal sealed class EntryReader(EntryFields fields, Uri? url, Uri? unstatedBase, FeedDates dates)
{
    private static readonly XName Language = XNamespace.Xml + "lang";
    private static readonly XName About = XName.Get("about", FeedNamespaces.Rdf);

    private readonly MediaReader _media = new(fields);
    private readonly List<XElement> _nested = [];

    /// <summary>Entries found inside the entries read since the last call.</summary>
    public IReadOnlyList<XElement> TakeNested()
    {
        if (_nested.Count == 0) return [];
        var nested = _nested.ToArray();
        _nested.Clear();
        return nested;
    }

    /// <summary>Reads one entry.</summary>
    /// <param name="element">The entry.</param>
    /// <param name="outerBase">The base in force around the entry; null when unknown.</param>
    /// <param name="inheritedAuthors">The feed's authors, where the format hands them down to entries without any.</param>
    public FeedEntry Read(XElement element, Uri? outerBase, IReadOnlyList<string> inheritedAuthors)
    {
        var draft = new EntryDraft(dates);
        var baseUrl = Addresses.BaseOf(element, outerBase);
        if (element.HasAttributes) ReadAttributes(element, draft, baseUrl);
        foreach (var child in element.Elements()) ReadField(child, fields[child], draft, baseUrl);
        return draft.Finish(inheritedAuthors, baseUrl == unstatedBase ? null : baseUrl, unstatedBase ?? url);
    }

    private static void ReadAttributes(XElement element, EntryDraft draft, Uri? baseUrl)
    {
        draft.Language = element.Attribute(Language)?.Value;
        if (element.Attribute(About)?.Value is not { Length: > 0 } about) return;
        draft.Id = about.Trim();
        if (Addresses.IsWeb(draft.Id)) draft.IdLink = Addresses.Resolve(draft.Id, baseUrl);
    }

    private void ReadField(XElement child, EntryField field, EntryDraft draft, Uri? baseUrl)
    {
        switch (field)
        {
            case EntryField.Title:
                draft.Title ??= ElementText.Title(child, IsAtom(child));
                break;
            case EntryField.Link or EntryField.AtomLink or EntryField.OriginalLink:
                ReadLink(child, field, draft, Addresses.BaseOf(child, baseUrl));
                break;
            case EntryField.Guid or EntryField.AtomId:
                ReadId(child, field, draft, baseUrl == unstatedBase ? null : baseUrl);
                break;
            case EntryField.PubDate or EntryField.AtomPublished or EntryField.Issued or EntryField.DcDate or EntryField.Created or EntryField.Updated:
                EntryTexts.ReadDate(child, field, draft);
                break;
            case EntryField.Description or EntryField.AtomSummary or EntryField.AtomContent or EntryField.EncodedContent or EntryField.XhtmlBody
                or EntryField.ItunesSummary:
                EntryTexts.ReadBody(child, field, draft, IsAtom(child));
                if (field == EntryField.AtomContent && child.HasAttributes)
                    draft.Links.OfferContent(Addresses.Resolve(child.Attribute("src")?.Value, Addresses.BaseOf(child, baseUrl)));
                break;
            case EntryField.RssAuthor or EntryField.AtomAuthor or EntryField.DcCreator or EntryField.ItunesAuthor:
                EntryTexts.ReadAuthor(child, field, draft.Authors);
                break;
            case EntryField.Category or EntryField.DcSubject:
                ReadCategory(child, draft.Categories);
                break;
            case EntryField.Enclosure:
                AddEnclosure(draft, EnclosureReader.Read(child, baseUrl));
                break;
            case EntryField.AlternateEnclosure:
                EnclosureReader.Add(draft.Alternates, EnclosureReader.ReadAlternate(child, baseUrl));
                break;
            default:
                ReadRest(child, field, draft, baseUrl);
                break;
        }
    }

    private void ReadRest(XElement child, EntryField field, EntryDraft draft, Uri? baseUrl)
    {
        switch (field)
        {
            case EntryField.Source:
                draft.Source ??= ElementText.Line(child) ?? child.Attribute("url")?.Value;
                break;
            case EntryField.AtomSource:
                ReadAtomSource(child, draft);
                break;
            case EntryField.Language:
                draft.Language ??= ElementText.Line(child);
                break;
            case EntryField.Entry:
                _nested.Add(child);
                break;
            case EntryField.Unknown or EntryField.Channel or EntryField.Comments:
                break;
            default:
                _media.Read(child, field, draft, baseUrl);
                break;
        }
    }

    private bool IsAtom(XElement element) => fields.VocabularyOf(element) == Vocabulary.Atom;

    private void ReadLink(XElement child, EntryField field, EntryDraft draft, Uri? baseUrl)
    {
        var relation = child.HasAttributes ? child.Attribute("rel")?.Value : null;
        if (LinkChoice.Is(relation, "enclosure"))
        {
            AddEnclosure(draft, EnclosureReader.Read(child, baseUrl));
            return;
        }

        var href = EnclosureReader.Attribute(child, "href");
        var address = Addresses.Resolve(href ?? Addresses.Of(child), baseUrl);
        if (field == EntryField.OriginalLink) draft.Links.OfferOriginal(Addresses.IsWeb(address) ? address : null);
        else if (field == EntryField.Link && href is null) draft.Links.OfferPlain(address);
        else if (!LinkChoice.Is(relation, "replies") && !IsFeedItself(address, relation))
            draft.Links.OfferAtom(address, relation, href is null ? null : child.Attribute("type")?.Value);
    }

    // Some templates give every entry the link that belongs to the feed.
    private bool IsFeedItself(string? address, string? relation) => LinkChoice.Is(relation, "self") && url is not null && address == url.AbsoluteUri;

    private static void ReadId(XElement child, EntryField field, EntryDraft draft, Uri? statedBase)
    {
        var id = child.HasElements ? ElementText.Text(child)?.Trim() : ElementText.Line(child);
        if (id is null || id.Length > FeedLimits.MaxLine) return;

        // A relative id is none (RFC 4287, section 4.2.6); the base that the document itself states makes it one.
        draft.Id = field == EntryField.AtomId && statedBase is not null && id.AsSpan().IndexOfAny(" :") < 0 ? Addresses.Resolve(id, statedBase) : id;
        if (Addresses.IsWeb(draft.Id) && !IsNoPermalink(child)) draft.IdLink = Addresses.Resolve(draft.Id, null);
    }

    private static bool IsNoPermalink(XElement guid) => guid.HasAttributes && guid.Attributes().Any(static a =>
        a.Name.LocalName.Equals("isPermaLink", StringComparison.OrdinalIgnoreCase)
            && a.Value.AsSpan().Trim().Equals("false", StringComparison.OrdinalIgnoreCase));

    private static void ReadCategory(XElement child, List<FeedCategory> categories)
    {
        if (categories.Count >= FeedLimits.MaxList) return;
        var term = child.HasAttributes ? child.Attribute("term")?.Value.Trim() : null;
        if (string.IsNullOrEmpty(term)) term = ElementText.Line(child) ?? child.Attribute("label")?.Value.Trim();
        if (string.IsNullOrEmpty(term)) return;
        categories.Add(new FeedCategory(term, child.HasAttributes ? (child.Attribute("scheme") ?? child.Attribute("domain"))?.Value : null));
    }

    private static void AddEnclosure(EntryDraft draft, Enclosure? enclosure)
    {
        EnclosureReader.Add(draft.Enclosures, enclosure);
        if (enclosure?.Type is { } type && type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)) draft.Images.OfferEnclosure(enclosure.Url);
    }

    // An entry that was taken over has the authors that it had where it came from (RFC 4287, section 4.2.1).
    private void ReadAtomSource(XElement source, EntryDraft draft)
    {
        foreach (var child in source.Elements())
        {
            var field = fields[child];
            if (field == EntryField.Title) draft.Source ??= ElementText.Title(child, IsAtom(child));
            else if (field is EntryField.AtomAuthor or EntryField.RssAuthor or EntryField.DcCreator) EntryTexts.ReadAuthor(child, field, draft.SourceAuthors);
        }
    }
}
