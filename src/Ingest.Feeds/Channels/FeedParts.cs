using System.Xml.Linq;
using CodeHollow.FeedReader.Feeds;

namespace Ingest.Feeds.Channels;

/// <summary>A tree that <see cref="Trees.FeedShape"/> accepts, taken apart into what is said of the feed and its entries.</summary>
/// <param name="Head">The element that holds what is said of the feed.</param>
/// <param name="Feed">That, as CodeHollow reads it.</param>
/// <param name="Entries">The entries in their order.</param>
internal sealed record FeedParts(XElement Head, BaseFeed Feed, IReadOnlyList<XElement> Entries)
{
    /// <summary>Takes a tree apart; null when CodeHollow cannot make sense of it after all.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="format">RSS, RDF or Atom.</param>
    public static FeedParts? Of(XElement root, FeedFormat format)
    {
        var (isAtom, isRss, core) = (format == FeedFormat.Atom, root.Name == "rss", root.GetDefaultNamespace());
        var head = isAtom ? root : root.Element(isRss ? "channel" : core + "channel")!;
        var entry = isAtom ? core + "entry" : isRss ? "item" : core + "item";

        // CodeHollow gets a copy without the entries: of each it would make an object, a fifth of the time of all reading, of which only the element is used.
        var copy = new XDocument(isRss ? new XElement(root.Name, root.Attributes(), Without(head, entry)) : Without(root, entry)).Root!;
        try
        {
            // The first argument is only kept as the original document; the text itself never goes to the library.
            BaseFeed feed = isAtom ? new AtomFeed("", copy) : isRss ? new Rss20Feed("", copy.Element(head.Name)) : new Rss10Feed("", copy.Element(head.Name));
            return new FeedParts(head, feed, [.. (isRss ? head : root).Elements(entry)]);
        }
        catch (Exception e) when (e is ArgumentException or NullReferenceException or InvalidOperationException or FormatException or OverflowException)
        {
            // What the library throws on an unforeseen tree; the rebuilt one is plain.
            return null;
        }
    }

    private static XElement Without(XElement element, XName entry) =>
        new(element.Name, element.Attributes(), element.Elements().Where(child => child.Name != entry));
}
