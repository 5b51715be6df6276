using System.Collections.Frozen;
using System.Xml.Linq;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Trees;

/// <summary>What an element of a feed or of its entry means, in whichever vocabulary it was written.</summary>
internal enum EntryField
{
    Unknown,
    Entry,
    Channel,
    Title,
    Link,
    OriginalLink,
    AtomLink,
    Guid,
    AtomId,
    Description,
    AtomSummary,
    AtomContent,
    EncodedContent,
    XhtmlBody,
    PubDate,
    DcDate,
    Created,
    Issued,
    AtomPublished,
    Updated,
    RssAuthor,
    AtomAuthor,
    DcCreator,
    ItunesAuthor,
    MediaCredit,
    Category,
    DcSubject,
    Enclosure,
    AlternateEnclosure,
    MediaContent,
    MediaGroup,
    MediaThumbnail,
    MediaTitle,
    MediaDescription,
    ItunesImage,
    ItunesSummary,
    Image,
    Comments,
    Source,
    AtomSource,
    Language,
}

/// <summary>Tells what elements mean by namespace URI and name, whatever their prefix and case. One per document: it remembers the names it saw.</summary>
internal sealed class EntryFields
{
    private readonly ReadingLimit _limit;
    private readonly string? _coreNamespace;
    private readonly Vocabulary _core;

    private static readonly FrozenDictionary<(Vocabulary, string), EntryField> Meanings = new Dictionary<(Vocabulary, string), EntryField>
    {
        [(Vocabulary.Rss, "item")] = EntryField.Entry,
        [(Vocabulary.Rss, "channel")] = EntryField.Channel,
        [(Vocabulary.Rss, "title")] = EntryField.Title,
        [(Vocabulary.Rss, "link")] = EntryField.Link,
        [(Vocabulary.Rss, "guid")] = EntryField.Guid,
        [(Vocabulary.Rss, "description")] = EntryField.Description,
        [(Vocabulary.Rss, "pubdate")] = EntryField.PubDate,
        [(Vocabulary.Rss, "date")] = EntryField.DcDate,
        [(Vocabulary.Rss, "author")] = EntryField.RssAuthor,
        [(Vocabulary.Rss, "creator")] = EntryField.DcCreator,
        [(Vocabulary.Rss, "category")] = EntryField.Category,
        [(Vocabulary.Rss, "enclosure")] = EntryField.Enclosure,
        [(Vocabulary.Rss, "comments")] = EntryField.Comments,
        [(Vocabulary.Rss, "source")] = EntryField.Source,
        [(Vocabulary.Rss, "image")] = EntryField.Image,
        [(Vocabulary.Rss, "language")] = EntryField.Language,
        [(Vocabulary.Rss, "body")] = EntryField.XhtmlBody,
        [(Vocabulary.Rss, "fullitem")] = EntryField.XhtmlBody,
        [(Vocabulary.Rss, "encoded")] = EntryField.EncodedContent,
        [(Vocabulary.Rss, "summary")] = EntryField.AtomSummary,
        [(Vocabulary.Rss, "content")] = EntryField.AtomContent,
        [(Vocabulary.Rss, "published")] = EntryField.AtomPublished,
        [(Vocabulary.Rss, "updated")] = EntryField.Updated,
        [(Vocabulary.Rss, "modified")] = EntryField.Updated,
        [(Vocabulary.Rss, "id")] = EntryField.AtomId,
        [(Vocabulary.Rss, "entry")] = EntryField.Entry,
        [(Vocabulary.Atom, "entry")] = EntryField.Entry,
        [(Vocabulary.Atom, "item")] = EntryField.Entry,
        [(Vocabulary.Atom, "title")] = EntryField.Title,
        [(Vocabulary.Atom, "link")] = EntryField.AtomLink,
        [(Vocabulary.Atom, "id")] = EntryField.AtomId,
        [(Vocabulary.Atom, "summary")] = EntryField.AtomSummary,
        [(Vocabulary.Atom, "content")] = EntryField.AtomContent,
        [(Vocabulary.Atom, "published")] = EntryField.AtomPublished,
        [(Vocabulary.Atom, "issued")] = EntryField.Issued,
        [(Vocabulary.Atom, "created")] = EntryField.Created,
        [(Vocabulary.Atom, "updated")] = EntryField.Updated,
        [(Vocabulary.Atom, "modified")] = EntryField.Updated,
        [(Vocabulary.Atom, "author")] = EntryField.AtomAuthor,
        [(Vocabulary.Atom, "category")] = EntryField.Category,
        [(Vocabulary.Atom, "source")] = EntryField.AtomSource,
        [(Vocabulary.DublinCore, "title")] = EntryField.MediaTitle,
        [(Vocabulary.DublinCore, "creator")] = EntryField.DcCreator,
        [(Vocabulary.DublinCore, "author")] = EntryField.DcCreator,
        [(Vocabulary.DublinCore, "date")] = EntryField.DcDate,
        [(Vocabulary.DublinCore, "subject")] = EntryField.DcSubject,
        [(Vocabulary.DublinCore, "description")] = EntryField.ItunesSummary,
        [(Vocabulary.DublinCore, "language")] = EntryField.Language,
        [(Vocabulary.DublinCoreTerms, "created")] = EntryField.Created,
        [(Vocabulary.DublinCoreTerms, "issued")] = EntryField.Issued,
        [(Vocabulary.DublinCoreTerms, "modified")] = EntryField.Updated,
        [(Vocabulary.DublinCoreTerms, "creator")] = EntryField.DcCreator,
        [(Vocabulary.Prism, "publicationdate")] = EntryField.Issued,
        [(Vocabulary.Prism, "modificationdate")] = EntryField.Updated,
        [(Vocabulary.Annotation, "timestamp")] = EntryField.Issued,
        [(Vocabulary.Content, "encoded")] = EntryField.EncodedContent,
        [(Vocabulary.Xhtml, "body")] = EntryField.XhtmlBody,
        [(Vocabulary.Xhtml, "div")] = EntryField.XhtmlBody,
        [(Vocabulary.Media, "content")] = EntryField.MediaContent,
        [(Vocabulary.Media, "group")] = EntryField.MediaGroup,
        [(Vocabulary.Media, "thumbnail")] = EntryField.MediaThumbnail,
        [(Vocabulary.Media, "title")] = EntryField.MediaTitle,
        [(Vocabulary.Media, "description")] = EntryField.MediaDescription,
        [(Vocabulary.Media, "credit")] = EntryField.MediaCredit,
        [(Vocabulary.Itunes, "author")] = EntryField.ItunesAuthor,
        [(Vocabulary.Itunes, "image")] = EntryField.ItunesImage,
        [(Vocabulary.Itunes, "summary")] = EntryField.ItunesSummary,
        [(Vocabulary.Itunes, "title")] = EntryField.MediaTitle,
        [(Vocabulary.Feedburner, "origlink")] = EntryField.OriginalLink,
        [(Vocabulary.Pheedo, "origlink")] = EntryField.OriginalLink,
        [(Vocabulary.Podcast, "alternateenclosure")] = EntryField.AlternateEnclosure,
        [(Vocabulary.Enclosures, "enclosure")] = EntryField.Enclosure,
    }.ToFrozenDictionary();

    private readonly Dictionary<XName, EntryField> _seen = [];

    /// <summary>A feed whose root is in a namespace nobody knows still means its own format by it.</summary>
    /// <param name="root">The root of the document.</param>
    /// <param name="limit">Asked with each element: whoever reads a tree asks here what its elements mean.</param>
    public EntryFields(XElement root, ReadingLimit limit)
    {
        _limit = limit;
        if (FeedNamespaces.Find(root.Name.NamespaceName) != Vocabulary.Unknown) return;
        _coreNamespace = root.Name.NamespaceName;
        _core = root.Name.LocalName.Equals("feed", StringComparison.OrdinalIgnoreCase) ? Vocabulary.Atom : Vocabulary.Rss;
    }

    public EntryField this[XElement element]
    {
        get
        {
            _limit.Check();
            if (_seen.TryGetValue(element.Name, out var field)) return field;
            var name = element.Name.LocalName;
            field = name.Length > 40 ? EntryField.Unknown : Meanings.GetValueOrDefault((VocabularyOf(element), name.ToLowerInvariant()));
            _seen.Add(element.Name, field);
            return field;
        }
    }

    /// <summary>The vocabulary an element is written in.</summary>
    public Vocabulary VocabularyOf(XElement element) => element.Name.NamespaceName == _coreNamespace ? _core : FeedNamespaces.Find(element.Name.NamespaceName);
}
