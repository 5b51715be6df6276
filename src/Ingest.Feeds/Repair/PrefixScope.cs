using Ingest.Feeds.Trees;

namespace Ingest.Feeds.Repair;

/// <summary>The namespace prefixes in force while a tree is built.</summary>
internal sealed class PrefixScope
{
    private const string Undeclared = "undeclared:";

    // As with names, the framework keeps what it knows of each namespace.
    private readonly HashSet<string> _uris = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, string Uri, int Depth)> _declared = [];

    public void Enter(List<KeyValuePair<string, string>> attributes, int depth)
    {
        foreach (var (name, value) in attributes)
        {
            if (_declared.Count >= FeedLimits.MaxNamespacesInScope) return;
            if (name == "xmlns") _declared.Add(("", Bounded(value.Trim()), depth));
            else if (name.StartsWith("xmlns:", StringComparison.Ordinal) && name.Length > 6) _declared.Add((name[6..], Bounded(value.Trim()), depth));
        }
    }

    public void Leave(int depth)
    {
        while (_declared.Count > 0 && _declared[^1].Depth >= depth) _declared.RemoveAt(_declared.Count - 1);
    }

    /// <summary>The URI of a prefix; of an undeclared one what it usually means, or one that means nothing.</summary>
    public string Find(string prefix, out bool wasDeclared)
    {
        wasDeclared = true;
        for (var i = _declared.Count - 1; i >= 0; i--)
        {
            if (_declared[i].Prefix == prefix) return _declared[i].Uri;
        }

        if (prefix == "xml") return System.Xml.Linq.XNamespace.Xml.NamespaceName;
        wasDeclared = false;
        return prefix.Length == 0 ? "" : FeedNamespaces.OfPrefix(prefix) ?? Undeclared;
    }

    private string Bounded(string uri)
    {
        if (uri.Length > FeedLimits.MaxLine || (_uris.Count >= FeedLimits.MaxNames && !_uris.Contains(uri))) return Undeclared;
        _uris.Add(uri);
        return uri;
    }
}
