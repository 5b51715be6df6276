using System.Xml.Linq;

namespace Ingest.Feeds.Trees;

/// <summary>Tells which trees CodeHollow reads whole: those with every entry where it looks for entries, in the namespace in which it looks.</summary>
internal static class FeedShape
{
    private static readonly XName RdfRoot = XName.Get("RDF", FeedNamespaces.Rdf);

    /// <summary>The format of a tree that CodeHollow reads whole; null when the tree must be reshaped first.</summary>
    public static FeedFormat? Find(XElement root, EntryFields fields)
    {
        if (StrayEntries.Any(root, fields)) return null;
        if (root.Name == "rss" && root.Element("channel") is { } channel && Fits(root, channel, "item", fields)) return FeedFormat.Rss;
        var core = root.GetDefaultNamespace();

        // CodeHollow asks for rdf:about by that prefix and throws where it is undeclared.
        if (root.Name == RdfRoot && root.GetNamespaceOfPrefix("rdf") is not null && FeedNamespaces.Find(core.NamespaceName) == Vocabulary.Rss
            && root.Element(core + "channel") is { } head && Fits(head, root, core + "item", fields))
            return FeedFormat.Rdf;
        if (root.Name == core + "feed" && FeedNamespaces.Find(core.NamespaceName) == Vocabulary.Atom && HoldsOnly(root, core + "entry", fields))
            return FeedFormat.Atom;
        return null;
    }

    private static bool Fits(XElement without, XElement with, XName entry, EntryFields fields) => !HoldsAny(without, fields) && HoldsOnly(with, entry, fields);

    private static bool HoldsAny(XElement parent, EntryFields fields)
    {
        foreach (var child in parent.Elements())
        {
            if (fields[child] == EntryField.Entry) return true;
        }

        return false;
    }

    private static bool HoldsOnly(XElement parent, XName entry, EntryFields fields)
    {
        foreach (var child in parent.Elements())
        {
            if (child.Name != entry && (fields[child] is EntryField.Entry or EntryField.Channel) && child.Name.LocalName != "channel") return false;
        }

        return true;
    }
}
