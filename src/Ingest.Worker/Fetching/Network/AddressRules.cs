using System.Net;
using System.Net.Sockets;

namespace Ingest.Worker.Fetching.Network;

/// <summary>
/// Which addresses may be connected to: public unicast, and what the operator opens.
/// The refused ranges are those of IANA's special-purpose registries (RFC 6890 and successors), multicast, reserved space and metadata services in public
/// space.
/// </summary>
internal sealed class AddressRules(IEnumerable<IPNetwork> allowed)
{
    private static readonly IPNetwork[] RefusedV4 = Parse(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
        "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32"); // A cloud's wire server: metadata in public address space.

    private static readonly IPNetwork GlobalUnicastV6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    // 2001::/23 holds Teredo, ORCHID, benchmarking and the rest of IETF's protocol assignments; 2002::/16 is 6to4.
    private static readonly IPNetwork[] RefusedV6 = Parse("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    private readonly IPNetwork[] allowed = [.. allowed];

    public bool Allows(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0)
            return false;
        if (Contains(allowed, address))
            return true;
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Contains(RefusedV4, address),
            // An IPv6-only host reaches the public IPv4 web through its translator, which would also translate private addresses.
            AddressFamily.InterNetworkV6 when Nat64.Contains(address) => Allows(new IPAddress(address.GetAddressBytes().AsSpan(12))),
            AddressFamily.InterNetworkV6 => GlobalUnicastV6.Contains(address) && !Contains(RefusedV6, address),
            _ => false,
        };
    }

    private static bool Contains(IPNetwork[] networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
