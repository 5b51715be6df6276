using System.Collections.Concurrent;
using System.Net;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Origin;
using static Ingest.Worker.Tests.Fetching.PrivateAddressTests;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>Which of a host's addresses is connected to.</summary>
public sealed class ConnectionTargetTests
{
    [Fact]
    public async Task Name_that_changes_its_address_after_the_check_is_not_asked_again()
    {
        // First answer public, all later ones loopback: whoever resolves twice connects to the second.
        var answers = new ConcurrentQueue<string>(["198.51.99.1"]);
        var connected = new ConcurrentQueue<IPEndPoint>();
        await using var door = new Door(
            new() { ["AllowedNetworks:0"] = "198.51.99.0/24", ["Retries"] = "0" },
            resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.TryDequeue(out var a) ? a : "127.0.0.1")]),
            connect: Record(connected));

        (await door.FailAsync(new Uri("http://rebinding.example/"))).Cause.ShouldBe(FailureCause.ConnectFailed);
        (await door.FailAsync(new Uri("http://rebinding.example/"))).Cause.ShouldBe(FailureCause.AddressRefused);

        connected.ShouldHaveSingleItem().Address.ToString().ShouldBe("198.51.99.1");
    }

    [Fact]
    public async Task Of_mixed_addresses_only_the_public_are_tried()
    {
        var connected = new ConcurrentQueue<IPEndPoint>();
        await using var door = new Door(
            new() { ["AllowedNetworks:0"] = null, ["Retries"] = "0" },
            resolve: (_, _) => Task.FromResult<IPAddress[]>(
                [
                    IPAddress.Loopback, IPAddress.Parse("1.1.1.1"), IPAddress.IPv6Loopback, IPAddress.Parse("2606:4700::1111"),
                    IPAddress.Parse("169.254.169.254"),
                ]),
            connect: Record(connected));

        await door.FailAsync(new Uri("http://mixed.example/"));

        connected.Select(c => c.Address.ToString()).ShouldBe(["1.1.1.1", "2606:4700::1111"]);
    }

    [Fact]
    public async Task Next_address_is_tried_when_the_first_is_silent()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed("<rss/>"));
        await using var door = new Door(
            resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.9"), IPAddress.Parse("127.0.0.8"), IPAddress.Loopback]),
            connect: async (to, ct) =>
            {
                if (to.Address.Equals(IPAddress.Parse("127.0.0.9")))
                    await Task.Delay(Timeout.Infinite, ct);
                return await HttpStack.ConnectAsync(to, ct);
            });

        (await door.FetchWholeAsync(new Uri($"http://dual.example:{origin.BaseUrl.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}/feed")))
            .Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Host_too_long_to_be_a_name_is_not_found()
    {
        await using var door = new Door();

        (await door.FailAsync(new Uri("http://" + string.Join('.', Enumerable.Repeat(new string('a', 60), 5)) + "/")))
            .Cause.ShouldBe(FailureCause.HostNotFound);
    }

    [Theory]
    [InlineData("ftp://example.org/feed")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:6379/_INFO")]
    [InlineData("data:text/xml,<rss/>")]
    [InlineData("/etc/passwd")]
    [InlineData("feed")]
    public async Task Only_http_is_fetched(string url)
    {
        await using var door = new Door();

        (await door.FailAsync(new Uri(url, UriKind.RelativeOrAbsolute))).Cause.ShouldBe(FailureCause.BadUrl);
    }
}
