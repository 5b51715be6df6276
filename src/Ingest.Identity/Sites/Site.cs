using System.Collections.Frozen;
using System.Globalization;

namespace Ingest.Identity.Sites;

/// <summary>Which hosts belong to one publisher, as far as their names tell.</summary>
public static class Site
{
    private static readonly FrozenSet<string> Suffixes = IdentityData.Lines("public-suffixes.txt").ToFrozenSet(StringComparer.Ordinal);

    // No suffix has more labels; a host may have a hundred.
    private const int MostLabels = 8;

    // Hosts that give each customer a name of its own below theirs.
    private static readonly FrozenSet<string> Shared = IdentityData.Lines("shared-hosts.txt").ToFrozenSet(StringComparer.Ordinal);

    // Caches that serve other sites' pages and name them in the canonical link.
    private static readonly FrozenSet<string> Caches = new[] { "ampproject.org", "ampproject.net", "bing-amp.com" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// May a page at <paramref name="url"/> say that it is the article at <paramref name="canonical"/>? It may for its own site; a cache may for any.
    /// </summary>
    public static bool MayNameFor(Uri canonical, Uri url)
    {
        if (IsFrontPage(canonical) && !IsFrontPage(url)) return false;
        return Of(canonical) == Of(url) || Caches.Contains(Of(url));
    }

    /// <summary>Do two URLs belong to one site?</summary>
    public static bool IsSame(Uri one, Uri other) => Of(one) == Of(other);

    /// <summary>
    /// The name that the publisher registered: the host without subdomains, by the Public Suffix List and what is known of shared hosts besides.
    /// </summary>
    public static string Of(Uri url)
    {
        var host = url.IdnHost.ToLowerInvariant().TrimEnd('.');
        if (url.HostNameType != UriHostNameType.Dns) return host;
        var labels = host.Split('.');
        var taken = SuffixLabels(labels) + 1;
        return taken < labels.Length ? string.Join('.', labels[^taken..]) : host;
    }

    /// <summary>What a server's wish to be left alone binds: all hosts of the site; an address, or a name within a network, alone and by its port.</summary>
    public static string HoldOf(Uri url)
    {
        if (url.HostNameType == UriHostNameType.Dns && url.IdnHost.TrimEnd('.').Contains('.', StringComparison.Ordinal)) return Of(url);
        return url.IsDefaultPort ? url.IdnHost : string.Create(CultureInfo.InvariantCulture, $"{url.IdnHost}:{url.Port}");
    }

    /// <summary>
    /// Whose servers answer for a host, as far as its name tells: the registered domain, or that of the platform which gives its customers names; null without
    /// one.
    /// </summary>
    public static string? PlatformOf(Uri url)
    {
        if (url.HostNameType != UriHostNameType.Dns || !url.IdnHost.TrimEnd('.').Contains('.', StringComparison.Ordinal)) return null;
        var site = Of(url);
        for (var name = site; name.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0;)
        {
            name = name[(dot + 1)..];
            if (Shared.Contains(name)) return name;
        }

        return site;
    }

    // https://publicsuffix.org/list/: the longest rule prevails, an exception over all; a top level that no rule names is a suffix.
    private static int SuffixLabels(string[] labels)
    {
        for (var taken = Math.Min(labels.Length, MostLabels); taken > 1; taken--)
        {
            var name = string.Join('.', labels[^taken..]);
            if (Suffixes.Contains("!" + name)) return taken - 1;
            if (Suffixes.Contains(name) || Shared.Contains(name) || Suffixes.Contains("*." + name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]))
                return taken;
        }

        return 1;
    }

    private static bool IsFrontPage(Uri url) => url.AbsolutePath is "/" or "" && url.Query.Length == 0;
}
