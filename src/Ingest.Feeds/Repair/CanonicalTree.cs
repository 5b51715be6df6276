using System.Xml.Linq;
using Ingest.Feeds.Trees;

namespace Ingest.Feeds.Repair;

/// <summary>Rebuilds the tree of an unusual feed as plain RSS 2.0 or Atom 1.0, the shapes that <see cref="FeedShape"/> accepts.</summary>
internal static class CanonicalTree
{
    // Which has its entries within <items>.
    private const string Rss11 = "http://purl.org/net/rss1.1#";

    private static readonly XNamespace AtomNamespace = FeedNamespaces.Atom;

    // CodeHollow looks elements up by prefix; these are the ones it asks for.
    private static readonly (string Prefix, string Uri)[] Prefixes =
    [
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("content", "http://purl.org/rss/1.0/modules/content/"),
        ("sy", "http://purl.org/rss/1.0/modules/syndication/"),
    ];

    private static readonly Dictionary<string, string> RssNames = new[]
    {
        "title", "link", "description", "language", "ttl", "skipHours", "skipDays", "hour", "day", "image", "url", "managingEditor", "webMaster", "pubDate",
        "lastBuildDate", "category", "guid",
    }.ToDictionary(static name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The rebuilt root, its format, and where entries stood out of their place, in words; null when the tree holds no feed. The old tree is taken apart.
    /// </summary>
    public static (XElement Root, FeedFormat Format, string? Repair)? Of(XElement root, EntryFields fields)
    {
        var kind = root.Name.LocalName.ToLowerInvariant();
        var entries = new List<XElement>();
        if (!IsFeedRoot(kind, root)) return null;
        if (kind == "entry") entries.Add(root);
        else StrayEntries.Collect(root, entries, fields);
        var isAtom = kind is "feed" or "entry"
            || (kind is not ("rss" or "rdf" or "channel") && entries.Exists(static e => FeedNamespaces.Find(e.Name.NamespaceName) == Vocabulary.Atom));
        var channel = isAtom ? root : Channel(root);
        var rebuilt = new XElement(isAtom ? AtomNamespace + "feed" : "channel", channel.Attributes().Where(static a => !a.IsNamespaceDeclaration).ToList());
        var fieldsOfFeed = kind == "entry" ? [] : channel.Elements().Where(child => IsField(child, fields)).ToList();
        var stray = Stray(entries, root, channel);
        var images = isAtom || channel == root ? [] : root.Elements().Where(static e => Is(e, "image")).Take(1).ToList();
        Detach(entries, channel, root);
        foreach (var field in fieldsOfFeed) Take(field, rebuilt, NameOf(field, isAtom, fields), fields);

        // RSS 1.0 and Netscape's 0.90 keep the image beside the channel.
        foreach (var image in images) Take(image, rebuilt, "image", fields);
        foreach (var entry in entries) Take(entry, rebuilt, isAtom ? AtomNamespace + "entry" : "item", fields);
        if (isAtom) rebuilt.Add(new XAttribute("xmlns", FeedNamespaces.Atom));
        return (isAtom
            ? rebuilt
            : WithPrefixes(new XElement(
                "rss", new XAttribute("version", "2.0"), root.Attributes().Where(static a => a.Name.NamespaceName == XNamespace.Xml.NamespaceName), rebuilt)),
            isAtom ? FeedFormat.Atom : kind == "rdf" ? FeedFormat.Rdf : FeedFormat.Rss,
            stray);
    }

    private static bool IsFeedRoot(string kind, XElement root) => kind switch
    {
        "rss" or "rdf" or "feed" or "channel" => true,
        "entry" => FeedNamespaces.Find(root.Name.NamespaceName) is Vocabulary.Atom or Vocabulary.Rss,
        _ => false,
    };

    // The channel that says something: some templates write one around another.
    private static XElement Channel(XElement root)
    {
        var channel = Is(root, "channel") ? root : Inner(root) ?? root;
        while (channel.Elements().All(static e => Is(e, "channel")) && Inner(channel) is { } inner) channel = inner;
        return channel;
    }

    private static XElement? Inner(XElement parent) => parent.Elements().FirstOrDefault(static e => Is(e, "channel"));

    private static string? Stray(List<XElement> entries, XElement root, XElement channel)
    {
        var parent = entries.Select(static entry => entry.Parent).OfType<XElement>()
            .FirstOrDefault(parent => parent != root && (parent != channel || channel.Parent is { } outer && outer != root));
        return parent is null ? null
            : Is(parent, "items") && root.Name.NamespaceName == Rss11 ? null
            : parent == channel ? "a channel within a channel read as one"
            : Is(parent, "channel") ? "entries of another channel taken in"
            : $"entries within <{parent.Name.LocalName}> taken in";
    }

    private static bool IsField(XElement child, EntryFields fields) => fields[child] is not (EntryField.Entry or EntryField.Channel) && !Is(child, "items");

    private static bool Is(XElement element, string name) => element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);

    // Parent by parent: taking nodes out one at a time would walk their siblings each time.
    private static void Detach(List<XElement> entries, XElement channel, XElement root)
    {
        // A lone entry is its own root and keeps what it holds.
        var parents = entries.Select(static entry => entry.Parent).OfType<XElement>().ToHashSet();
        if (entries is not [var only] || only != root) parents.UnionWith([channel, root]);
        foreach (var parent in parents) parent.RemoveNodes();

        root.Document?.RemoveNodes();
    }

    private static void Take(XElement element, XElement into, XName name, EntryFields fields)
    {
        element.Name = name;
        foreach (var inner in name == "image" || name == "skipHours" || name == "skipDays" ? element.Elements() : [])
            inner.Name = NameOf(inner, isAtom: false, fields);
        into.Add(element);
    }

    private static XName NameOf(XElement element, bool isAtom, EntryFields fields)
    {
        var vocabulary = fields.VocabularyOf(element);
        if (isAtom) return vocabulary is Vocabulary.Atom or Vocabulary.Rss ? AtomNamespace + element.Name.LocalName.ToLowerInvariant() : element.Name;
        if (vocabulary == Vocabulary.Syndication) return XName.Get(element.Name.LocalName, "http://purl.org/rss/1.0/modules/syndication/");
        return vocabulary == Vocabulary.Rss ? RssNames.GetValueOrDefault(element.Name.LocalName, element.Name.LocalName) : element.Name;
    }

    private static XElement WithPrefixes(XElement rss)
    {
        foreach (var (prefix, uri) in Prefixes) rss.Add(new XAttribute(XNamespace.Xmlns + prefix, uri));
        return rss;
    }
}
