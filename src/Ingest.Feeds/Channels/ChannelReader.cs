using System.Xml.Linq;
using Ingest.Feeds.Entries;
using Ingest.Feeds.Markup;
using Ingest.Feeds.Trees;

namespace Ingest.Feeds.Channels;

/// <summary>What a channel or feed element says besides of its entries.</summary>
internal sealed class ChannelReading(Uri? baseUrl)
{
    private readonly LinkChoice _links = new();
    private readonly AuthorChoice _authors = new();
    private readonly List<string> _hubs = [];

    public string? Title { get; set; }

    public string? Description { get; set; }

    public string? Language { get; set; }

    public string? Icon { get; set; }

    public string? NextPage { get; private set; }

    public string? PreviousArchive { get; private set; }

    public IReadOnlyList<string> Hubs => _hubs;

    public AuthorChoice Authors => _authors;

    public string? Link => _links.Choose();

    public string? Author => string.Join(", ", _authors.Choose()) is { Length: > 0 } names ? names : null;

    public string? Resolve(string? address) => Addresses.Resolve(address, baseUrl);

    /// <summary>Takes an Atom link by its relation (RFC 4287, RFC 5005, WebSub).</summary>
    public void Take(XElement link)
    {
        var address = Addresses.Resolve(link.Attribute("href")?.Value, Addresses.BaseOf(link, baseUrl));
        var relation = link.Attribute("rel")?.Value.Trim().ToLowerInvariant();
        switch (relation)
        {
            case "self":
                break;
            case "hub" when address is not null && _hubs.Count < FeedLimits.MaxList:
                _hubs.Add(address);
                break;
            case "next":
                NextPage ??= address;
                break;
            case "prev-archive":
                PreviousArchive ??= address;
                break;
            default:
                _links.OfferAtom(address, relation, link.Attribute("type")?.Value);
                break;
        }
    }

    public void TakePlain(XElement link) => _links.OfferPlain(Addresses.Resolve(Addresses.Of(link), baseUrl));
}

/// <summary>Reads the elements beside the entries.</summary>
internal sealed class ChannelReader(EntryFields fields, Uri? baseUrl)
{
    private static readonly XName Language = XNamespace.Xml + "lang";

    public ChannelReading Read(XElement channel)
    {
        var reading = new ChannelReading(baseUrl) { Language = channel.Attribute(Language)?.Value ?? channel.Parent?.Attribute(Language)?.Value };
        foreach (var child in channel.Elements())
        {
            if (!TakeText(reading, child)) TakePerson(reading, child);
        }

        return reading;
    }

    private bool TakeText(ChannelReading reading, XElement child)
    {
        var isAtom = fields.VocabularyOf(child) == Vocabulary.Atom;
        switch (fields[child])
        {
            case EntryField.Title:
                reading.Title ??= ElementText.Title(child, isAtom)?.Trim();
                return true;
            case EntryField.Link or EntryField.AtomLink when child.Attribute("href") is not null:
                reading.Take(child);
                return true;
            case EntryField.Link:
                reading.TakePlain(child);
                return true;
            case EntryField.Description or EntryField.ItunesSummary:
                reading.Description ??= ElementText.Text(child)?.Trim();
                return true;
            case EntryField.Unknown when IsSubtitle(child.Name):
                reading.Description ??= ElementText.Construct(child, isAtom)?.Trim();
                return true;
            case EntryField.Language:
                reading.Language ??= ElementText.Line(child);
                return true;
            case EntryField.ItunesImage:
                reading.Icon ??= reading.Resolve(child.Attribute("href")?.Value);
                return true;
            default:
                return false;
        }
    }

    private static bool IsSubtitle(XName name) =>
        name.LocalName is "subtitle" or "tagline" && FeedNamespaces.Find(name.NamespaceName) is Vocabulary.Atom or Vocabulary.Rss;

    private void TakePerson(ChannelReading reading, XElement child)
    {
        switch (fields[child])
        {
            case EntryField.AtomAuthor or EntryField.RssAuthor when child.HasElements:
                reading.Authors.OfferPerson(PersonText.Read(child));
                break;
            case EntryField.DcCreator:
                reading.Authors.OfferCreator(AuthorChoice.NameOf(ElementText.Line(child)));
                break;
            case EntryField.ItunesAuthor:
                reading.Authors.OfferPodcast(ElementText.Line(child));
                break;
        }
    }
}
