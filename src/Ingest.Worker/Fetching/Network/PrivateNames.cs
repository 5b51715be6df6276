using System.Net;

namespace Ingest.Worker.Fetching.Network;

/// <summary>Names that lead to no public address wherever they are resolved, and spellings of addresses that resolvers read differently.</summary>
internal static class PrivateNames
{
    // RFC 6761 and 6762, RFC 8375, ICANN's reservation of "internal", and what machines and routers call themselves.
    private static readonly HashSet<string> Tops = new(StringComparer.OrdinalIgnoreCase)
    {
        "localhost", "ip6-localhost", "ip6-loopback", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa",
    };

    /// <summary>Whether a name that does not resolve here would lead another resolver to a private address.</summary>
    public static bool Has(string host)
    {
        var labels = host.TrimEnd('.').Split('.');
        return labels.Length == 1 || Tops.Contains(labels[^1]) || Tops.Contains(string.Join('.', labels[^2..]));
    }

    /// <summary>Reads a host that is an address in any of the spellings of inet_aton (RFC 6943, section 3.1.1), with dots behind it or not.</summary>
    /// <returns>Whether it is one; the address is null when it is one out of range, which resolvers wrap around or refuse.</returns>
    public static bool IsAddress(string host, out IPAddress? address)
    {
        var bare = host.TrimEnd('.');
        if (IPAddress.TryParse(bare, out address))
            return true;
        // URL Standard, "ends in a number": no domain has a number for its last label.
        var last = bare[(bare.LastIndexOf('.') + 1)..];
        return last.Length > 0
            && (last.All(char.IsAsciiDigit) || (last.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && last[2..].All(char.IsAsciiHexDigit)));
    }
}
