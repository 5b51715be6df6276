using System.Net.Security;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Origin;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>Certificates are judged by what servers send: nothing that one names is asked for.</summary>
public sealed class CertificateTests
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>"u8.ToArray();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_missing_intermediate_is_named_and_not_looked_for(bool trustsTheRoot)
    {
        await using var named = await ScriptedOrigin.StartAsync();
        using var authority = new Authority();
        named.Serve("/issuer.crt", Reply.Ok(authority.Intermediate.RawData, "application/pkix-cert"));
        using var leaf = authority.Issue(named.BaseUrl);
        await using var server = Https(leaf, null);
        await using var door = new Door(trust: trustsTheRoot ? new CertificateTrust(authority.Root) : null);

        var failed = await door.FailAsync(new Uri($"https://127.0.0.1:{server.Port}/feed"));

        (failed.Cause, failed.Kind, failed.Attempts).ShouldBe((FailureCause.TlsFailed, FailureKind.Permanent, 1));
        failed.Reason.ShouldContain("the server does not send the intermediate certificate 'CN=Test Intermediate'");
        named.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_whole_chain_is_trusted_and_its_revocation_is_not_looked_for()
    {
        await using var named = await ScriptedOrigin.StartAsync();
        using var authority = new Authority();
        using var leaf = authority.Issue(named.BaseUrl);
        await using var server = Https(leaf, authority.Intermediate);
        await using var door = new Door(trust: new CertificateTrust(authority.Root));

        await door.FetchWholeAsync(new Uri($"https://127.0.0.1:{server.Port}/feed"));
        await door.FetchWholeAsync(new Uri($"https://localhost:{server.Port}/feed"));

        named.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_for_another_name_or_from_a_stranger_is_refused_in_words()
    {
        using Authority authority = new(), stranger = new();
        using var leaf = authority.Issue();
        await using var server = Https(leaf, authority.Intermediate);
        await using Door door = new(resolve: Door.ToLoopback, trust: new CertificateTrust(authority.Root)),
        other = new(trust: new CertificateTrust(stranger.Root));

        (await door.FailAsync(new Uri($"https://elsewhere.example:{server.Port}/feed"))).Reason.ShouldContain("is for another name");
        (await other.FailAsync(new Uri($"https://127.0.0.1:{server.Port}/feed"))).Cause.ShouldBe(FailureCause.TlsFailed);
    }

    [Fact]
    public async Task The_certificate_of_a_proxy_is_judged_alike()
    {
        await using var named = await ScriptedOrigin.StartAsync();
        using var authority = new Authority();
        named.Serve("/issuer.crt", Reply.Ok(authority.Intermediate.RawData, "application/pkix-cert"));
        using var leaf = authority.Issue(named.BaseUrl);
        await using WireServer broken = Https(leaf, null), proxy = Https(leaf, authority.Intermediate);
        var trust = new CertificateTrust(authority.Root);
        await using Door shut = new(new() { ["Proxy"] = $"https://127.0.0.1:{broken.Port}" }, trust: trust),
        open = new(new() { ["Proxy"] = $"https://127.0.0.1:{proxy.Port}" }, trust: trust);

        var failed = await shut.FailAsync(new Uri("http://127.0.0.1:9/feed"));
        (failed.Cause, failed.Kind).ShouldBe((FailureCause.ProxyFailed, FailureKind.Transient));
        failed.Reason.ShouldContain("the server does not send the intermediate certificate");
        await open.FetchWholeAsync(new Uri("http://127.0.0.1:9/feed"));

        named.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Require")]
    [InlineData("Prefer")]
    [InlineData("VerifyFull")]
    public async Task The_certificate_of_a_database_leads_nowhere_either(string mode)
    {
        await using var named = await ScriptedOrigin.StartAsync();
        using var authority = new Authority();
        named.Serve("/issuer.crt", Reply.Ok(authority.Intermediate.RawData, "application/pkix-cert"));
        using var leaf = authority.Issue(named.BaseUrl);
        await using var server = new WireServer(async (wire, ct) =>
        {
            await wire.ReadExactlyAsync(new byte[8], ct);
            await wire.WriteAsync("S"u8.ToArray(), ct);
            await using var secure = await WireServer.SecureAsync(wire, leaf, null, new SslApplicationProtocol("postgresql"), ct);
        });
        await using var database = new Database(
            $"Host=127.0.0.1;Port={server.Port};Username=a;Password=b;Database=c;SSL Mode={mode};Timeout=5", new StorageOptions { Retries = 0 },
            TimeProvider.System, NullLogger<Database>.Instance);

        await Should.ThrowAsync<Exception>(async () => await database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken));

        server.Connections.ShouldBeGreaterThan(0);
        named.Requests.ShouldBeEmpty();
    }

    private static WireServer Https(
        System.Security.Cryptography.X509Certificates.X509Certificate2 leaf, System.Security.Cryptography.X509Certificates.X509Certificate2? intermediate) =>
        new(async (wire, ct) =>
        {
            await using var secure = await WireServer.SecureAsync(wire, leaf, intermediate, SslApplicationProtocol.Http11, ct);
            await WireServer.ReadHeadAsync(secure, ct);
            await secure.WriteAsync(Answer, ct);
        });
}
