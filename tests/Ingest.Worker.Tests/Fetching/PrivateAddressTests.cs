using System.Collections.Concurrent;
using System.Net;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

public sealed class PrivateAddressTests
{
    /// <summary>Spellings of hosts that lead to the machine itself, its networks or its cloud's metadata.</summary>
    public static TheoryData<string> Hosts { get; } =
    [
        // Plain, and the whole of each range.
        "127.0.0.1", "127.1.2.3", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1",
        "192.168.255.255",
        "100.64.0.1", "100.127.255.255", "100.100.100.200", "169.254.0.1", "169.254.169.254", "169.254.170.2", "192.0.0.1", "192.0.0.8", "192.0.0.170",
        "192.0.0.192", "192.0.2.1",
        "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
        "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "168.63.129.16",
        // Other ways to write IPv4.
        "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7F.0x0.0x0.0x1", "0177.0.0.1", "0177.0.0.01", "017700000001", "0x7f.1", "127.0x1", "0", "0x0",
        "3232235521", "0xa9fea9fe",
        "2852039166", "0251.0376.0251.0376", "0xA9.0xFE.0xA9.0xFE", "169.254.43518", "425.510.425.510", "127.0.0.1.", "%31%32%37.0.0.1", "127%2e0%2e0%2e1",
        // Digits and dots of other scripts (IDNA maps them).
        "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460", "\uff11\uff12\uff17.\uff10.\uff10.\uff11", "127\u30020\u30020\u30021", "127\uff0e0\uff0e0\uff0e1",
        "\u0661\u0662\u0667.0.0.1",
        // Names.
        "localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "ip6-localhost", "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3",
        // IPv6.
        "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::1%25lo]", "[::1%251]", "[::127.0.0.1]", "[::7f00:1]",
        "[::169.254.169.254]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:10.0.0.1]", "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::169.254.169.254]", "[64:ff9b:1::1]", "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2002:c0a8:1::1]", "[2001::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[2001:10::1]", "[2001:20::1]",
        "[2001:2::1]", "[2001:db8::1]",
        "[100::1]", "[100:0:0:1::1]", "[3fff::1]", "[5f00::1]", "[2620:4f:8000::1]", "[fc00::1]", "[fd00::1]", "[fd00:ec2::254]", "[fdff:ffff::1]", "[fe80::1]",
        "[fe80::1%25eth0]",
        "[febf::1]", "[fec0::1]", "[ff02::1]", "[ff0e::1]", "[4000::1]", "[1::1]",
    ];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task No_spelling_of_a_private_address_is_connected_to(string host)
    {
        var connected = new ConcurrentQueue<IPEndPoint>();
        await using var door = new Door(new() { ["AllowedNetworks:0"] = null, ["Retries"] = "0" }, connect: Record(connected));

        foreach (var scheme in new[] { "http", "https" })
        {
            if (Uri.TryCreate($"{scheme}://{host}/feed", UriKind.Absolute, out var url))
                (await door.FailAsync(url)).Cause.ShouldBeOneOf(FailureCause.AddressRefused, FailureCause.HostNotFound, FailureCause.NameServerFailed);
        }

        connected.ShouldBeEmpty();
    }

    [Fact]
    public void The_list_of_spellings_is_long_and_without_doubles()
    {
        Hosts.Count.ShouldBeGreaterThanOrEqualTo(80);
        Hosts.Select(h => h.Data).Distinct(StringComparer.Ordinal).Count().ShouldBe(Hosts.Count);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task No_redirect_leads_to_a_private_address(string host)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        var connected = new ConcurrentQueue<IPEndPoint>();
        // Only the origin itself is open: its address stands for a public one.
        await using var door = new Door(
            new() { ["AllowedNetworks:0"] = "198.51.99.0/24", ["Retries"] = "0" },
            resolve: (name, ct) => name == "public.example" ? Task.FromResult<IPAddress[]>([IPAddress.Parse("198.51.99.1")]) : HttpStack.ResolveAsync(name, ct),
            connect: (to, ct) =>
                to.Address.Equals(IPAddress.Parse("198.51.99.1"))
                    ? HttpStack.ConnectAsync(new(IPAddress.Loopback, origin.BaseUrl.Port), ct)
                    : Record(connected)(to, ct));
        origin.Serve("/feed", Reply.Redirect(302, $"http://{System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(host))}/admin"));

        var failed = await door.FailAsync(new Uri("http://public.example/feed"));

        failed.Cause
            .ShouldBeOneOf([FailureCause.AddressRefused, FailureCause.HostNotFound, FailureCause.NameServerFailed, FailureCause.BadRedirect], failed.Reason);

        connected.ShouldBeEmpty();
        origin.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("168.63.129.17")]
    [InlineData("2001:200::1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450::1")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::1.1.1.1")]
    public void Public_neighbours_of_the_ranges_are_allowed(string address) =>
        new AddressRules([]).Allows(IPAddress.Parse(address)).ShouldBeTrue();

    [Fact]
    public void Opened_networks_are_open_in_every_notation_and_alone()
    {
        var rules = new AddressRules([IPNetwork.Parse("10.1.0.0/16"), IPNetwork.Parse("fd00::/8")]);

        foreach (var open in new[] { "10.1.0.0", "10.1.255.255", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3", "fd12::1" })
            rules.Allows(IPAddress.Parse(open)).ShouldBeTrue(open);
        foreach (var shut in new[] { "10.0.255.255", "10.2.0.0", "::ffff:10.2.0.0", "64:ff9b::10.2.0.0", "fc00::1", "127.0.0.1", "fe80::1%1" })
            rules.Allows(IPAddress.Parse(shut)).ShouldBeFalse(shut);
    }

    [Fact]
    public async Task Proxy_may_be_private_but_its_targets_may_not()
    {
        await using var proxy = await ScriptedOrigin.StartAsync();
        proxy.Serve("http://public.example/feed", Reply.Feed("<rss/>"));
        await using var door = new Door(
            new() { ["AllowedNetworks:0"] = null, ["Proxy"] = proxy.BaseUrl.ToString() },
            resolve: (name, ct) => name switch
            {
                "public.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("1.1.1.1")]),
                "private.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("1.1.1.1"), IPAddress.Parse("10.0.0.1")]),
                _ => HttpStack.ResolveAsync(name, ct),
            });

        (await door.FetchAsync(new Uri("http://public.example/feed"))).ShouldBeOfType<FetchResult.Fetched>();
        (await door.FailAsync(new Uri("http://private.example/feed"))).Cause.ShouldBe(FailureCause.AddressRefused);
        (await door.FailAsync(new Uri("http://169.254.169.254/latest"))).Cause.ShouldBe(FailureCause.AddressRefused);
        (await door.FailAsync(proxy.Url("/itself"))).Cause.ShouldBe(FailureCause.AddressRefused);
        proxy.Requests.Count.ShouldBe(1);
    }

    internal static ConnectAddress Record(ConcurrentQueue<IPEndPoint> connected) => (to, _) =>
    {
        connected.Enqueue(to);
        return Task.FromException<Stream>(new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused));
    };
}
