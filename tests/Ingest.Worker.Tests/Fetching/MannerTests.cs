using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Requests;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>What one source is asked with otherwise than all others.</summary>
public sealed class MannerTests : IDisposable
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>"u8.ToArray();

    private readonly string folder = Directory.CreateTempSubdirectory("ingest-manner-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Cookie_and_user_agent_go_to_the_configured_host_and_to_no_other()
    {
        await using ScriptedOrigin origin = await ScriptedOrigin.StartAsync(), other = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Redirect(302, other.Url("/there").AbsoluteUri)).Serve("/robots.txt", Reply.Ok("User-agent: *\nAllow: /"));
        other.Serve("/there", Reply.Feed("<rss/>"));
        await using var door = new Door(new() { ["RobotsForFeeds"] = "true" });

        (await FetchAsync(door, origin.Url("/feed"), new() { Cookie = $"file:{Write("session=abc; theme=dark\n")}", UserAgent = "Mine/1.0" }))
            .ShouldBeOfType<FetchResult.Fetched>();

        foreach (var path in new[] { "/feed", "/robots.txt" })
        {
            origin.RequestsOf(path).ShouldHaveSingleItem().Header("User-Agent").ShouldBe("Mine/1.0");
            origin.RequestsOf(path).Single().Header("Cookie").ShouldBe("session=abc; theme=dark");
        }

        other.RequestsOf("/there").ShouldHaveSingleItem().Header("Cookie").ShouldBeNull();
        other.RequestsOf("/there").Single().Header("User-Agent").ShouldStartWith("IngestWorker/");
    }

    [Fact]
    public async Task A_proxy_of_its_own_or_none_takes_the_place_of_that_of_all()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed("<rss/>"));
        await using var proxy = new WireServer(async (wire, ct) =>
        {
            await WireServer.ReadHeadAsync(wire, ct);
            await wire.WriteAsync(Answer, ct);
        });
        await using var door = new Door(new() { ["Proxy"] = "http://127.0.0.1:1", ["Retries"] = "0" });

        ((FetchResult.Failed)await FetchAsync(door, origin.Url("/feed"), FetchManner.Usual)).Cause.ShouldBe(FailureCause.ProxyFailed);
        (await FetchAsync(door, origin.Url("/feed"), new() { Proxy = "" })).ShouldBeOfType<FetchResult.Fetched>();
        (await FetchAsync(door, origin.Url("/feed"), new() { Proxy = $"http://127.0.0.1:{proxy.Port}" })).ShouldBeOfType<FetchResult.Fetched>();

        (origin.RequestsOf("/feed").Count, proxy.Connections).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Authorities_of_a_file_or_a_pinned_key_are_trusted_by_their_source_alone()
    {
        using Authority authority = new(), stranger = new();
        using var leaf = authority.Issue();
        await using var server = Https(leaf, authority.Intermediate);
        await using var door = new Door(new() { ["Retries"] = "0" });
        var url = new Uri($"https://127.0.0.1:{server.Port}/feed");
        var (right, wrong) = (Pin(leaf), Pin(stranger.Root));

        (await FetchAsync(door, url, new() { Certificate = $"file:{Write(authority.Root.ExportCertificatePem())}" })).ShouldBeOfType<FetchResult.Fetched>();
        (await FetchAsync(door, url, new() { Certificate = right })).ShouldBeOfType<FetchResult.Fetched>();
        ((FetchResult.Failed)await FetchAsync(door, url, FetchManner.Usual)).Cause.ShouldBe(FailureCause.TlsFailed);
        ((FetchResult.Failed)await FetchAsync(door, url, new() { Certificate = wrong })).Reason.ShouldContain("is not the pinned one");
        ((FetchResult.Failed)await FetchAsync(door, url, new() { Certificate = $"file:{Write(stranger.Root.ExportCertificatePem())}" }))
            .Cause.ShouldBe(FailureCause.TlsFailed);
    }

    [Theory]
    [InlineData("none.pem", null, "SecretMissing", "cannot be had")]
    [InlineData("bad.pem", "no certificate", "SecretUnfit", "is no certificate in PEM form")]
    [InlineData("cut.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "SecretUnfit", "is no certificate in PEM form")]
    public async Task A_file_that_holds_no_certificate_is_named(string name, string? text, string cause, string words)
    {
        var file = Path.Combine(folder, name);
        if (text is not null) await File.WriteAllTextAsync(file, text, Ct);
        await using var door = new Door();
        var failed = (FetchResult.Failed)await FetchAsync(door, new Uri("https://127.0.0.1:9/"), new() { Certificate = $"file:{file}" });
        (failed.Cause.ToString(), failed.Attempts).ShouldBe((cause, 0));
        failed.Reason.ShouldContain(file);
        failed.Reason.ShouldContain(words);
    }

    [Fact]
    public async Task Only_the_version_of_HTTP_that_is_asked_for_is_spoken()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed("<rss/>"));
        await using var door = new Door(new() { ["Retries"] = "0" });
        (await FetchAsync(door, origin.Url("/feed"), new() { HttpVersion = System.Net.HttpVersion.Version11 })).ShouldBeOfType<FetchResult.Fetched>();
        (await FetchAsync(door, origin.Url("/feed"), new() { HttpVersion = System.Net.HttpVersion.Version20, Timeout = TimeSpan.FromSeconds(1) }))
            .ShouldBeOfType<FetchResult.Failed>();
    }

    [Fact]
    public async Task A_time_of_its_own_takes_the_place_of_that_of_all()
    {
        await using var silent = new WireServer(static (_, ct) => Task.Delay(System.Threading.Timeout.Infinite, ct));
        await using var door = new Door(new() { ["Retries"] = "0" });
        var failed = (FetchResult.Failed)await FetchAsync(
            door, new Uri($"http://127.0.0.1:{silent.Port}/"), new() { Timeout = TimeSpan.FromMilliseconds(100) });
        failed.Cause.ShouldBe(FailureCause.AnswerTimeout);
    }

    private static Task<FetchResult> FetchAsync(Door door, Uri url, FetchManner manner) =>
        door.Fetcher.FetchAsync(new FetchRequest(url, FetchKind.Feed, null) { Manner = manner }, Ct);

    private static string Pin(X509Certificate2 certificate) =>
        "sha256//" + Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    private string Write(string text)
    {
        var file = Path.Combine(folder, Path.GetRandomFileName());
        File.WriteAllText(file, text);
        return file;
    }

    private static WireServer Https(X509Certificate2 leaf, X509Certificate2 intermediate) => new(async (wire, ct) =>
    {
        await using var secure = await WireServer.SecureAsync(wire, leaf, intermediate, SslApplicationProtocol.Http11, ct);
        await WireServer.ReadHeadAsync(secure, ct);
        await secure.WriteAsync(Answer, ct);
    });
}
