using System.Globalization;
using System.Xml.Linq;
using CodeHollow.FeedReader.Feeds;
using Ingest.Feeds.Markup;
using Ingest.Feeds.Trees;
using Ingest.Text;

namespace Ingest.Feeds.Entries;

/// <summary>Reads one entry in one pass over the element that CodeHollow found for it.</summary>
/// <remarks>
/// CodeHollow's own strings would not do: they are decoded twice, untrimmed, by prefix, and the first of several; see its reading of dates, links and content.
/// </remarks>
internal sealed class EntryReader(EntryFields fields, Uri? url, FeedDates dates)
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
    /// <param name="item">The entry as CodeHollow read it.</param>
    /// <param name="outerBase">The base in force around the entry; null when unknown.</param>
    /// <param name="inheritedAuthors">The feed's authors, where the format hands them down to entries without any.</param>
    public FeedEntry Read(BaseFeedItem item, Uri? outerBase, IReadOnlyList<string> inheritedAuthors)
    {
        var draft = new EntryDraft(dates);
        var element = item.Element;
        var baseUrl = Addresses.BaseOf(element, outerBase);
        if (element.HasAttributes) ReadAttributes(element, draft, baseUrl);
        foreach (var child in element.Elements()) ReadField(child, fields[child], draft, baseUrl);
        return draft.Finish(inheritedAuthors);
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
                draft.Title ??= ElementText.Construct(child);
                break;
            case EntryField.Link or EntryField.AtomLink:
                ReadLink(child, field, draft, Addresses.BaseOf(child, baseUrl));
                break;
            case EntryField.Guid or EntryField.AtomId:
                ReadId(child, field, draft, baseUrl == url ? null : baseUrl);
                break;
            case EntryField.PubDate or EntryField.AtomPublished or EntryField.Issued or EntryField.DcDate or EntryField.Created or EntryField.Updated:
                EntryTexts.ReadDate(child, field, draft);
                break;
            case EntryField.Description or EntryField.AtomSummary or EntryField.AtomContent or EntryField.EncodedContent or EntryField.XhtmlBody
                or EntryField.ItunesSummary or EntryField.MediaDescription:
                EntryTexts.ReadBody(child, field, draft);
                break;
            case EntryField.RssAuthor or EntryField.AtomAuthor or EntryField.DcCreator or EntryField.ItunesAuthor:
                EntryTexts.ReadAuthor(child, field, draft.Authors);
                break;
            case EntryField.Category or EntryField.DcSubject:
                ReadCategory(child, draft.Categories);
                break;
            case EntryField.Enclosure:
                AddEnclosure(draft, Addresses.Resolve((child.Attribute("url") ?? child.Attribute("href"))?.Value, baseUrl), child);
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

    private static void ReadLink(XElement child, EntryField field, EntryDraft draft, Uri? baseUrl)
    {
        var href = child.HasAttributes ? child.Attribute("href") : null;
        if (href is null)
        {
            if (field == EntryField.Link) draft.Links.OfferPlain(Addresses.Resolve(child.Value, baseUrl));
            else draft.Links.OfferAtom(Addresses.Resolve(child.Value, baseUrl), child.Attribute("rel")?.Value, null);
            return;
        }

        var relation = child.Attribute("rel")?.Value;
        var address = Addresses.Resolve(href.Value, baseUrl);
        if (IsRelation(relation, "enclosure")) AddEnclosure(draft, address, child);
        else if (!IsRelation(relation, "replies")) draft.Links.OfferAtom(address, relation, child.Attribute("type")?.Value);
    }

    private static bool IsRelation(string? stated, string name) => stated.AsSpan().Trim().Equals(name, StringComparison.OrdinalIgnoreCase);

    private static void ReadId(XElement child, EntryField field, EntryDraft draft, Uri? statedBase)
    {
        var id = child.HasElements ? ElementText.Text(child)?.Trim() : ElementText.Line(child);
        if (id is null || id.Length > FeedLimits.MaxLine) return;

        // A relative id is none (RFC 4287, section 4.2.6); the base that the document itself states makes it one.
        draft.Id = field == EntryField.AtomId && statedBase is not null && id.AsSpan().IndexOfAny(" :") < 0 ? Addresses.Resolve(id, statedBase) : id;
        if (Addresses.IsWeb(draft.Id) && !IsNoPermalink(child)) draft.IdLink = draft.Id;
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

    private static void AddEnclosure(EntryDraft draft, string? address, XElement element)
    {
        if (address is null || draft.Enclosures.Count >= FeedLimits.MaxList) return;
        var type = element.Attribute("type")?.Value;
        var length = long.TryParse(
            element.Attribute("length")?.Value,
            NumberStyles.None | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var bytes)
            ? bytes
            : (long?)null;
        draft.Enclosures.Add(new Enclosure(address, type, length));
        if (type is not null && type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)) draft.Images.OfferEnclosure(address);
    }

    private void ReadAtomSource(XElement source, EntryDraft draft)
    {
        foreach (var child in source.Elements())
        {
            if (fields[child] == EntryField.Title) draft.Source ??= ElementText.Construct(child);
        }
    }
}
