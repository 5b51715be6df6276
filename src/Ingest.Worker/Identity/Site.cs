using System.Collections.Frozen;

namespace Ingest.Worker.Identity;

/// <summary>Which hosts belong to one publisher, as far as their names tell.</summary>
internal static class Site
{
    // Under these second levels of a country's domain, names are registered one level further down: example.co.uk.
    private static readonly FrozenSet<string> SecondLevels =
        new[] { "ac", "co", "com", "edu", "ed", "gen", "go", "gob", "gouv", "gov", "govt", "gv", "id", "info", "ltd", "me", "mil", "ne", "net", "nic", "nom", "or", "org", "plc", "sch", "web" }.ToFrozenSet(StringComparer.Ordinal);

    // Hosts that give each customer a name of its own below theirs.
    private static readonly FrozenSet<string> Shared = IdentityData.Lines("shared-hosts.txt").ToFrozenSet(StringComparer.Ordinal);

    // Caches that serve other sites' pages and name them in the canonical link.
    private static readonly FrozenSet<string> Caches = new[] { "ampproject.org", "ampproject.net", "bing-amp.com" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>May a page at <paramref name="url"/> say that it is the article at <paramref name="canonical"/>? It may for its own site; a cache may for any.</summary>
    public static bool MayNameFor(Uri canonical, Uri url)
    {
        if (IsFrontPage(canonical) && !IsFrontPage(url)) return false;
        return Of(canonical) == Of(url) || Caches.Contains(Of(url));
    }

    /// <summary>Do two URLs belong to one site?</summary>
    public static bool IsSame(Uri one, Uri other) => Of(one) == Of(other);

    /// <summary>The name that the publisher registered: the host without subdomains, as far as its name tells.</summary>
    public static string Of(Uri url)
    {
        var host = url.IdnHost.ToLowerInvariant().TrimEnd('.');
        if (url.HostNameType != UriHostNameType.Dns) return host;
        var labels = host.Split('.');
        for (var taken = 2; taken < labels.Length; taken++)
        {
            var name = string.Join('.', labels[^taken..]);
            if (!IsSuffix(name, labels, taken)) return name;
        }

        return host;
    }

    private static bool IsSuffix(string name, string[] labels, int taken) =>
        Shared.Contains(name) || (taken == 2 && labels[^1].Length == 2 && SecondLevels.Contains(labels[^2]));

    private static bool IsFrontPage(Uri url) => url.AbsolutePath is "/" or "" && url.Query.Length == 0;
}
