using System.Text;
using System.Xml.Linq;
using Ingest.Feeds.Tags;

namespace Ingest.Feeds.Repair;

/// <summary>Puts tags together to a tree: closes what was left open, ignores ends without a start, resolves prefixes, keeps the limits.</summary>
internal sealed class LenientBuilder
{
    private const int MaxRepairs = 32;

    private static readonly HashSet<string> Entries = new(StringComparer.OrdinalIgnoreCase) { "item", "entry" };

    // Fields that hold text only; another field's start ends them.
    private static readonly HashSet<string> Leaves = new(StringComparer.OrdinalIgnoreCase)
    { "title", "link", "guid", "pubdate", "id", "updated", "published", "dc:date", "dc:creator", "author", "category", "comments" };
    private static readonly HashSet<string> Fields = new(Leaves, StringComparer.OrdinalIgnoreCase)
    { "description", "summary", "content", "content:encoded", "enclosure", "item", "entry" };
    // HTML that never has content, as unescaped descriptions hold it; not link and source, which are fields.
    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    { "br", "hr", "img", "input", "wbr", "embed", "area", "col", "param", "track" };
    private static readonly HashSet<string> Persons = new(StringComparer.OrdinalIgnoreCase) { "author", "contributor" };

    private readonly List<(XElement Element, string Name)> _open = [];
    private readonly Dictionary<string, int> _openNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly PrefixScope _prefixes = new();
    private readonly List<string> _repairs = [];
    private XElement? _root;
    private readonly StringBuilder _text = new();
    private int _flattened;
    private int _nodes;
    private int _entries;

    public IReadOnlyList<string> Repairs => _repairs;

    public bool HasRoot => _root is not null;

    /// <summary>True when no more entries are taken.</summary>
    public bool IsFull => _entries > FeedLimits.MaxEntries;

    public bool IsOutside => _open.Count == 0;

    /// <summary>The name, as written, of the innermost open element.</summary>
    public string? OpenName => _open.Count > 0 ? _open[^1].Name : null;

    public void Note(string repair)
    {
        if (_repairs.Count < MaxRepairs && !_repairs.Contains(repair)) _repairs.Add(repair);
    }

    public void Text(string text)
    {
        if (_open.Count > 0) _text.Append(text);
    }

    public void Start(string name, List<KeyValuePair<string, string>> attributes, bool isEmpty)
    {
        if (_root is not null && _open.Count == 0)
        {
            // Entries behind the root's end still belong to the feed.
            if (!Entries.Contains(name)) return;
            Note("entries behind the end of the feed taken in");
            Push(_root, _root.Name.LocalName);
        }

        isEmpty |= Void.Contains(name);
        CloseBefore(name);
        if (Entries.Contains(name) && ++_entries > FeedLimits.MaxEntries) return;
        if (_open.Count >= FeedLimits.MaxDepth || ++_nodes > FeedLimits.MaxNodes)
        {
            Note("elements past the limit read as text");
            if (!isEmpty) _flattened++;
            return;
        }

        FlushText();
        _prefixes.Enter(attributes, _open.Count);
        var element = new XElement(ElementName(name));
        AddAttributes(element, attributes);
        if (_open.Count > 0) _open[^1].Element.Add(element);
        _root ??= element;
        if (isEmpty) _prefixes.Leave(_open.Count);
        else Push(element, name);
    }

    public void End(string name)
    {
        if (_flattened > 0 && !Fields.Contains(name))
        {
            _flattened--;
            return;
        }

        if (!_openNames.TryGetValue(name, out var count) || count == 0)
        {
            Note("end tags without a start left out");
            return;
        }

        _flattened = 0;
        while (!string.Equals(_open[^1].Name, name, StringComparison.OrdinalIgnoreCase))
        {
            Note("unclosed elements closed");
            Pop();
        }

        Pop();
    }

    /// <summary>The root; what is still open is closed.</summary>
    public XElement? Finish()
    {
        if (_open.Count > 0)
        {
            Note("truncated document closed");
            FlushText();
        }

        return _root;
    }

    private void CloseBefore(string name)
    {
        if (Entries.Contains(name) && _openNames.GetValueOrDefault(name) > 0 && !_openNames.ContainsKey("source"))
        {
            Note("unclosed elements closed");
            while (_openNames.GetValueOrDefault(name) > 0) Pop();
        }
        else if (_open.Count > 1 && Leaves.Contains(_open[^1].Name) && Fields.Contains(name) && !Persons.Contains(_open[^1].Name))
        {
            Note("unclosed elements closed");
            Pop();
        }
    }

    // One node for a run of text, however many pieces it came in.
    private void FlushText()
    {
        if (_text.Length == 0) return;
        var text = _text.ToString();
        var unwrapped = _open.Count <= FeedLimits.MaxFieldDepth ? EscapedCdata.Unwrap(text) : text;
        if (!ReferenceEquals(text, unwrapped)) Note("escaped CDATA marks left out");
        _open[^1].Element.Add(new XText(unwrapped));
        _text.Clear();
    }

    private void Push(XElement element, string name)
    {
        _open.Add((element, name));
        _openNames[name] = _openNames.GetValueOrDefault(name) + 1;
    }

    private void Pop()
    {
        FlushText();
        var (_, name) = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        if (--_openNames[name] == 0) _openNames.Remove(name);
        _prefixes.Leave(_open.Count);
    }

    private XName ElementName(string name)
    {
        var (prefix, local) = Split(name);
        if (_prefixes.Find(prefix, out var wasDeclared) is var uri && !wasDeclared && prefix.Length > 0) Note("undeclared prefixes understood");
        return Bounded(local, uri);
    }

    private void AddAttributes(XElement element, List<KeyValuePair<string, string>> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (name == "xmlns" || name.StartsWith("xmlns:", StringComparison.Ordinal)) continue;
            var (prefix, local) = Split(name);
            if (local.Length == 0) continue;
            var attribute = Bounded(local, prefix.Length == 0 ? "" : _prefixes.Find(prefix, out _));
            if (element.Attribute(attribute) is null) element.Add(new XAttribute(attribute, value));
            else Note("doubled attributes left out");
            _nodes++;
        }
    }

    // The framework keeps every name it saw for as long as the process lives.
    private XName Bounded(string local, string uri)
    {
        if (_names.Count >= FeedLimits.MaxNames && !_names.Contains(local)) return XName.Get("unnamed", uri);
        _names.Add(local);
        return XName.Get(local, uri);
    }

    private static (string Prefix, string Local) Split(string name)
    {
        var colon = name.LastIndexOf(':');
        if (colon < 0) return ("", XmlNames.Clean(name));
        return (name[..Math.Max(0, name.IndexOf(':', StringComparison.Ordinal))], XmlNames.Clean(name[(colon + 1)..]));
    }
}
