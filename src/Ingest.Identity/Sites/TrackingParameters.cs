using System.Collections.Frozen;

namespace Ingest.Identity.Sites;

/// <summary>Tells the query parameters that count readers from those that name the article: the list <c>Data/tracking-parameters.txt</c>.</summary>
internal static class TrackingParameters
{
    private static readonly FrozenDictionary<string, Rules> ByHost = Read(IdentityData.Lines("tracking-parameters.txt"));

    private static readonly Rules Everywhere = ByHost[""];

    /// <summary>Does a parameter say nothing about which article it is?</summary>
    /// <param name="host">The folded host.</param>
    /// <param name="parameter">name or name=value, unescaped as far as folding does.</param>
    public static bool Contain(string host, ReadOnlySpan<char> parameter)
    {
        var folded = parameter.ToString().ToLowerInvariant();
        var name = folded.Split('=', 2)[0];
        for (var at = 0; at >= 0; at = host.IndexOf('.', at) is var dot and >= 0 ? dot + 1 : -1)
        {
            if (!ByHost.TryGetValue(host[at..], out var rules)) continue;
            if (rules.Kept.Contains(name)) return false;
            if (rules.Match(name, folded)) return true;
        }

        return Everywhere.Match(name, folded);
    }

    private static FrozenDictionary<string, Rules> Read(IReadOnlyList<string> lines)
    {
        var hosts = new Dictionary<string, Rules>(StringComparer.Ordinal) { [""] = new() };
        var rules = hosts[""];
        foreach (var line in lines)
        {
            if (line[0] == '[') hosts[line.Trim('[', ']')] = rules = new Rules();
            else if (line[0] == '!') rules.Kept.Add(line[1..]);
            else if (line[^1] == '*') rules.Prefixes.Add(line[..^1]);
            else rules.Names.Add(line);
        }

        return hosts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private sealed class Rules
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Kept { get; } = new(StringComparer.Ordinal);

        public List<string> Prefixes { get; } = [];

        public bool Match(string name, string parameter) =>
            Names.Contains(name) || Names.Contains(parameter) || Prefixes.Exists(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
    }
}
