using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>What the proxy does wrong is the proxy's failure, by whichever way it shows.</summary>
public sealed class ProxyTests
{
    [Theory]
    [InlineData("http", "http", "407")]
    [InlineData("http", "https", "407")]
    [InlineData("http", "https", "403")]
    [InlineData("http", "https", "502")]
    [InlineData("http", "https", "503")]
    [InlineData("http", "https", "504")]
    [InlineData("http", "https", "")]
    [InlineData("http", "http", "")]
    [InlineData("http", "http", "220 mail.example ESMTP\r\n")]
    [InlineData("http", "https", "silent")]
    [InlineData("http", "https", "garbage")]
    [InlineData("socks5", "http", "")]
    [InlineData("socks5", "http", "\u0005\u00ff")]
    [InlineData("socks5", "https", "\u0005\u0001")]
    [InlineData("socks5", "http", "\u0005\u0000\u0005\u0005\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000")]
    [InlineData("socks5", "http", "\u0004")]
    [InlineData("socks5", "http", "silent")]
    [InlineData("https", "http", "no TLS")]
    [InlineData("https", "https", "")]
    public async Task A_proxy_that_refuses_is_named_and_nothing_else_is_blamed(string scheme, string target, string answer)
    {
        await using var proxy = new WireServer(async (wire, ct) =>
        {
            if (scheme == "http") await WireServer.ReadHeadAsync(wire, ct);
            else await wire.ReadAtLeastAsync(new byte[512], 3, throwOnEndOfStream: false, ct);
            if (answer == "silent") await Task.Delay(Timeout.Infinite, ct);
            await wire.WriteAsync(
                Encoding.Latin1.GetBytes(answer is [>= '4' and <= '5', _, _] ? $"HTTP/1.1 {answer} No\r\nContent-Length: 0\r\n\r\n" : answer), ct);
        });
        await using var door = new Door(new() { ["Proxy"] = $"{scheme}://user:pa%24s@127.0.0.1:{proxy.Port}", ["ConnectTimeout"] = "00:00:00.300" });

        // More often than a circuit breaker of the host would bear.
        for (var i = 0; i < 10; i++)
        {
            var failed = await door.FailAsync(new Uri($"{target}://127.0.0.9:9/feed"));
            (failed.Cause, failed.Kind, failed.SparesSource).ShouldBe((FailureCause.ProxyFailed, FailureKind.Transient, true), failed.Reason);
            failed.Reason.ShouldContain($"proxy 127.0.0.1:{proxy.Port}");
            failed.Reason.ShouldNotContain("pa$s");
            failed.Reason.ShouldNotContain("pa%24s");
            if (answer == "silent") break;
        }

        door.Log.Warnings.Count(static w => w.Contains("No source is blamed", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    [InlineData("socks5")]
    public async Task A_proxy_that_is_down_or_unknown_is_named(string scheme)
    {
        await using Door down = new(new() { ["Proxy"] = $"{scheme}://proxy.example:9" }, resolve: Door.ToLoopback);
        await using Door unknown = new(
            new() { ["Proxy"] = $"{scheme}://proxy.example:9" },
            resolve: (name, ct) => name == "proxy.example" ? throw new SocketException((int)SocketError.HostNotFound) : Door.ToLoopback(name, ct));
        foreach (var target in new[] { "http://site.example/feed", "https://site.example/feed" })
        {
            (await down.FailAsync(new Uri(target)))
                .ShouldSatisfyAllConditions(
                    f => f.Cause.ShouldBe(FailureCause.ProxyFailed), f => f.Reason.ShouldContain("proxy.example:9 cannot be reached: ConnectionRefused"));
            (await unknown.FailAsync(new Uri(target)))
                .ShouldSatisfyAllConditions(
                    f => f.Cause.ShouldBe(FailureCause.ProxyFailed), f => f.Reason.ShouldContain("proxy.example:9 cannot be reached: HostNotFound"));
        }
    }

    [Fact]
    public async Task A_target_that_fails_behind_a_good_proxy_is_blamed_itself()
    {
        using var authority = new Authority();
        using var leaf = authority.Issue();
        await using var proxy = new WireServer(async (wire, ct) =>
        {
            if (!(await WireServer.ReadHeadAsync(wire, ct)).StartsWith("CONNECT", StringComparison.Ordinal)) return;
            await wire.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), ct);
            await using var secure = await WireServer.SecureAsync(wire, leaf, authority.Intermediate, SslApplicationProtocol.Http11, ct);
            await WireServer.ReadHeadAsync(secure, ct);
            await secure.WriteAsync("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), ct);
        });
        await using Door distrusting = new(new() { ["Proxy"] = $"http://127.0.0.1:{proxy.Port}" }),
        trusting = new(new() { ["Proxy"] = $"http://127.0.0.1:{proxy.Port}" }, trust: new CertificateTrust(authority.Root));

        (await distrusting.FailAsync(new Uri("https://127.0.0.1/feed"))).Cause.ShouldBe(FailureCause.TlsFailed);
        (await trusting.FailAsync(new Uri("https://127.0.0.1/feed")))
            .ShouldSatisfyAllConditions(f => f.Cause.ShouldBe(FailureCause.HttpStatus), f => f.Status.ShouldBe(407));
        (await trusting.FailAsync(new Uri("http://127.0.0.1/feed"))).Cause.ShouldBe(FailureCause.ProxyFailed);
    }

    [Fact]
    public async Task Behind_a_proxy_a_slow_host_keeps_no_other_waiting()
    {
        await using var proxy = await ScriptedOrigin.StartAsync();
        proxy.Serve("http://slow.example/feed", Reply.Feed("<rss/>").After(TimeSpan.FromSeconds(2))).Serve("http://good.example/feed", Reply.Feed("<rss/>"));
        await using var door = new Door(
            new() { ["Proxy"] = proxy.BaseUrl.ToString() },
            resolve: static (name, ct) => name == "127.0.0.1" ? HttpStack.ResolveAsync(name, ct) : Door.ToLoopback(name, ct));

        var slow = door.FetchWholeAsync(new Uri("http://slow.example/feed"));
        while (proxy.Requests.Count == 0) await Task.Delay(5, TestContext.Current.CancellationToken);
        var good = door.FetchWholeAsync(new Uri("http://good.example/feed"));

        (await Task.WhenAny(slow, good)).ShouldBe(good);
        await slow;
    }

    [Fact]
    public async Task Robots_txt_that_the_proxy_withheld_is_asked_for_as_soon_as_it_works()
    {
        await using var proxy = await ScriptedOrigin.StartAsync();
        proxy.Serve(
            "http://site.example/robots.txt", Reply.Error(407), Reply.Ok("User-agent: *\nDisallow: /shut")).Serve("http://site.example/a", Reply.Page("<p>a"));
        await using var door = new Door(
            new() { ["Proxy"] = proxy.BaseUrl.ToString(), ["RobotsForPages"] = "true" },
            resolve: static (name, ct) => name == "127.0.0.1" ? HttpStack.ResolveAsync(name, ct) : Door.ToLoopback(name, ct));

        (await door.FailAsync(new Uri("http://site.example/a"), FetchKind.Page)).Cause.ShouldBe(FailureCause.ProxyFailed);
        await door.FetchWholeAsync(new Uri("http://site.example/a"), FetchKind.Page);
        (await door.FailAsync(new Uri("http://site.example/shut"), FetchKind.Page)).Cause.ShouldBe(FailureCause.RobotsDisallowed);
    }

    [Fact]
    public async Task A_proxy_password_of_any_letters_is_sent_in_UTF8()
    {
        await using var proxy = await ScriptedOrigin.StartAsync();
        proxy.Serve("http://127.0.0.9:9/feed", Reply.Error(407).Header("Proxy-Authenticate", "Basic realm=\"x\""), Reply.Feed("<rss/>"));
        await using var door = new Door(new() { ["Proxy"] = $"http://%C5%81ukasz:%C5%82%C3%B3d%C5%BA@{proxy.BaseUrl.Authority}" });

        await door.FetchWholeAsync(new Uri("http://127.0.0.9:9/feed"));

        proxy.Requests.Last().Header("Proxy-Authorization").ShouldBe("Basic " + Convert.ToBase64String("Łukasz:łódź"u8));
    }

    [Theory]
    [MemberData(nameof(PrivateAddressTests.Hosts), MemberType = typeof(PrivateAddressTests))]
    public async Task A_proxy_gets_no_private_target_under_any_spelling(string host)
    {
        await using var proxy = await ScriptedOrigin.StartAsync();
        // No name resolves here, as in networks whose only way out is the proxy.
        await using var door = new Door(
            new() { ["AllowedNetworks:0"] = null, ["Proxy"] = proxy.BaseUrl.ToString(), ["Retries"] = "0" },
            resolve: static (name, ct) =>
                System.Net.IPAddress.TryParse(name, out _) ? HttpStack.ResolveAsync(name, ct) : throw new SocketException((int)SocketError.HostNotFound));

        foreach (var spelling in new[] { host, host + ".", host + "\u3002", host.ToUpperInvariant(), "user:pw@" + host, host + ":8080", "a." + host })
        {
            foreach (var scheme in new[] { "http", "https" })
            {
                if (Uri.TryCreate($"{scheme}://{spelling}/feed", UriKind.Absolute, out var url))
                    (await door.FailAsync(url)).Cause.ShouldBe(FailureCause.AddressRefused, spelling);
            }
        }

        proxy.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("printer.local")]
    [InlineData("wiki.corp.")]
    [InlineData("metadata.google.internal")]
    [InlineData("metadata")]
    [InlineData("x.localhost.")]
    [InlineData("router.home.arpa")]
    [InlineData("1.2.3.4.5")]
    [InlineData("example.0x7f")]
    public async Task A_proxy_gets_no_name_that_only_a_private_network_knows(string host)
    {
        await using var proxy = await ScriptedOrigin.StartAsync();
        await using var door = new Door(
            new() { ["Proxy"] = proxy.BaseUrl.ToString() },
            resolve: static (name, ct) => name == "127.0.0.1" ? HttpStack.ResolveAsync(name, ct) : throw new SocketException((int)SocketError.HostNotFound));

        (await door.FailAsync(new Uri($"http://{host}/feed"))).Cause.ShouldBe(FailureCause.AddressRefused);

        proxy.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_proxy_gets_public_names_that_do_not_resolve_here()
    {
        await using var proxy = await ScriptedOrigin.StartAsync();
        proxy.Serve("http://news.example.co.uk/feed", Reply.Feed("<rss/>"));
        await using var door = new Door(
            new() { ["Proxy"] = proxy.BaseUrl.ToString() },
            resolve: static (name, ct) => name == "127.0.0.1" ? HttpStack.ResolveAsync(name, ct) : throw new SocketException((int)SocketError.HostNotFound));

        await door.FetchWholeAsync(new Uri("http://news.example.co.uk/feed"));
    }

    [Fact]
    public async Task A_worker_without_file_descriptors_blames_no_source()
    {
        await using var door = new Door(connect: static (_, _) => throw new SocketException((int)SocketError.TooManyOpenSockets));
        for (var i = 0; i < 10; i++)
        {
            var failed = await door.FailAsync(new Uri("http://127.0.0.9:9/feed"));
            (failed.Cause, failed.Kind, failed.SparesSource).ShouldBe((FailureCause.OutOfResources, FailureKind.Transient, true));
            failed.Reason.ShouldContain("no file descriptors left");
        }

        door.Log.Warnings.ShouldHaveSingleItem().ShouldContain("No source is blamed");
    }
}
