using System.Xml.Linq;

namespace Ingest.Feeds.Trees;

/// <summary>
/// Entries that do not stand where their format has them: in a list or section of their own, in a second channel, in a channel within a channel.
/// </summary>
internal static class StrayEntries
{
    private const int MaxDepth = 4;

    /// <summary>True when any entry stands elsewhere than in the root or in its one channel.</summary>
    public static bool Any(XElement root, EntryFields fields)
    {
        var channels = 0;
        foreach (var child in root.Elements())
        {
            var isChannel = fields[child] == EntryField.Channel;
            if (isChannel && ++channels > 1 && Holds(child, fields, 1)) return true;
            if (!isChannel && IsWrapper(child, fields) && Holds(child, fields, 1)) return true;
            if (isChannel && child.Elements().Any(inner => IsWrapper(inner, fields) && Holds(inner, fields, 2))) return true;
        }

        return false;
    }

    /// <summary>Adds the entries below an element, but not those inside another: what a source or a content holds is not the feed's.</summary>
    public static void Collect(XElement parent, List<XElement> entries, EntryFields fields) => Collect(parent, entries, fields, 0);

    private static void Collect(XElement parent, List<XElement> entries, EntryFields fields, int depth)
    {
        foreach (var child in parent.Elements())
        {
            if (fields[child] == EntryField.Entry) entries.Add(child);
            else if (depth < MaxDepth) Collect(child, entries, fields, depth + 1);
        }
    }

    private static bool Holds(XElement parent, EntryFields fields, int depth) => parent.Elements().Any(child =>
        fields[child] == EntryField.Entry ? IsArticle(child, fields) : depth < MaxDepth && IsWrapper(child, fields) && Holds(child, fields, depth + 1));

    // What has a meaning of its own holds no entries of the feed.
    private static bool IsWrapper(XElement element, EntryFields fields) => fields[element] is EntryField.Unknown or EntryField.Channel && element.HasElements;

    // Menus and settings have items too.
    private static bool IsArticle(XElement entry, EntryFields fields) => entry.Elements().Any(child =>
        fields[child] is EntryField.Title or EntryField.Link or EntryField.AtomLink or EntryField.Guid or EntryField.AtomId or EntryField.Description);
}
