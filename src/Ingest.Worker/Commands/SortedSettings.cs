using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Commands;

/// <summary>
/// Values by their keys, sorted, so that a section's children are found without a look at all other keys: the base class walks through
/// all of them for each section, and a hundred thousand sources are as many sections.
/// </summary>
internal class SortedSettings : ConfigurationProvider, IConfigurationSource
{
    private Order? order;

    private sealed record Order(IDictionary<string, string?> Of, string[] Keys);

    public SortedSettings()
    {
    }

    public SortedSettings(IDictionary<string, string?> values) => Data = values;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        var keys = Sorted();
        var prefix = parentPath is null ? "" : parentPath + ConfigurationPath.KeyDelimiter;
        var children = new List<string>(earlierKeys);
        for (var at = FirstFrom(keys, prefix); at < keys.Length && keys[at].StartsWith(prefix, StringComparison.OrdinalIgnoreCase); at++)
        {
            var child = Segment(keys[at], prefix.Length);
            if (children.Count == 0 || !child.Equals(children[^1], StringComparison.OrdinalIgnoreCase)) children.Add(child.ToString());
        }

        children.Sort(ConfigurationKeyComparer.Instance);
        return children;
    }

    public override void Set(string key, string? value)
    {
        base.Set(key, value);
        order = null;
    }

    private static ReadOnlySpan<char> Segment(string key, int from)
    {
        var rest = key.AsSpan(from);
        var end = rest.IndexOf(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
        return end < 0 ? rest : rest[..end];
    }

    private static int FirstFrom(string[] keys, string prefix)
    {
        var at = Array.BinarySearch(keys, prefix, StringComparer.OrdinalIgnoreCase);
        return at < 0 ? ~at : at;
    }

    private string[] Sorted()
    {
        var data = Data;
        if (order is { } known && ReferenceEquals(known.Of, data)) return known.Keys;
        string[] keys = [.. data.Keys];
        Array.Sort(keys, StringComparer.OrdinalIgnoreCase);
        order = new Order(data, keys);
        return keys;
    }
}
