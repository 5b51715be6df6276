using System.Globalization;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Fetching.Signing;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching.Signing;

/// <summary>Signatures as they arrive, judged by a verifier that shares nothing with what signs.</summary>
public sealed class SignedRequestTests : IAsyncDisposable
{
    private const string Agent = "https://bot.example/.well-known/http-message-signatures-directory";

    private readonly string file = Path.GetTempFileName();

    public SignedRequestTests() => File.WriteAllText(file, SigningKeys.Rfc9421);

    public ValueTask DisposeAsync()
    {
        File.Delete(file);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Feeds_pages_robots_redirects_and_retries_have_each_a_signature_of_their_own()
    {
        using var authority = new Authority();
        await using var origin = await ScriptedOrigin.StartAsync(authority);
        await using var door = new Door(Settings(("RobotsForPages", null), ("TdmFiles", "true")), trust: new CertificateTrust(authority.Root));
        origin.Serve("/feed", Reply.Redirect(302, "/moved")).Serve("/moved", Reply.Redirect(301, "/there")).Serve("/there", Reply.Feed("<rss/>"))
            .Serve("/robots.txt", Reply.Ok(
                "User-agent: *\nAllow: /"u8.ToArray(), "text/plain")).Serve("/page", Reply.Error(503), Reply.Ok("<p>Text</p>"u8.ToArray(), "text/html"));
        var before = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

        await door.FetchWholeAsync(origin.Url("/feed"));
        await door.FetchWholeAsync(origin.Url("/page"), FetchKind.Page);

        origin.Requests.Select(static request => request.Path)
            .ShouldBe(["/feed", "/moved", "/there", "/robots.txt", "/.well-known/tdmrep.json", "/page", "/page"], ignoreOrder: true);
        var verified = origin.Requests.Select(static request => SignatureReader.Verify(request, SigningKeys.Rfc9421X)).ToList();
        foreach (var signature in verified)
        {
            signature.Components.ShouldBe(["\"@authority\"", "\"signature-agent\";key=\"sig1\""]);
            signature.Label.ShouldBe("sig1");
            signature.Parameters["keyid"].ShouldBe(SigningKeys.Rfc9421Thumbprint);
            signature.Parameters["alg"].ShouldBe("ed25519");
            signature.Parameters["tag"].ShouldBe("web-bot-auth");
            signature.Created.ShouldBeInRange(before, DateTimeOffset.UtcNow);
            (signature.Expires - signature.Created).ShouldBe(TimeSpan.FromMinutes(5));
            Convert.FromBase64String(signature.Parameters["nonce"]).Length.ShouldBe(64);
        }

        verified.Select(static signature => signature.Parameters["nonce"]).ShouldBeUnique();
        origin.Requests.ShouldAllBe(static request => request.Header("Signature-Agent") == $"sig1=\"{Agent}\"" && request.Protocol == "HTTP/2");
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_signed_for_that_host()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(Settings(("Signing:SignHttp", "true")), resolve: Door.ToLoopback);
        var other = new UriBuilder(origin.Url("/there")) { Host = "Other.example" }.Uri;
        origin.Serve("/feed", Reply.Redirect(302, other.ToString())).Serve("/there", Reply.Feed("<rss/>"));

        await door.FetchWholeAsync(origin.Url("/feed"));

        var (first, second) = (origin.RequestsOf("/feed").ShouldHaveSingleItem(), origin.RequestsOf("/there").ShouldHaveSingleItem());
        second.Host.ShouldStartWith("other.example:");
        SignatureReader.Verify(first, SigningKeys.Rfc9421X);
        SignatureReader.Verify(second, SigningKeys.Rfc9421X);
        second.Header("Signature").ShouldNotBe(first.Header("Signature"));
        Should.Throw<ShouldAssertException>(() => SignatureReader.Verify(second, SigningKeys.Rfc9421X, first.Host));
    }

    [Theory]
    [InlineData("feeds.example")]
    [InlineData("FEEDS.example")]
    [InlineData("b\u00fccher.example")]
    [InlineData("feeds.example.")]
    [InlineData("127.0.0.1")]
    public async Task The_authority_is_the_one_that_the_host_is_asked_by(string host)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(Settings(("Signing:SignHttp", "true")), resolve: Door.ToLoopback);
        origin.Serve("/feed", Reply.Feed("<rss/>"));

        await door.FetchWholeAsync(new Uri($"http://{host}:{origin.BaseUrl.Port.ToString(CultureInfo.InvariantCulture)}/feed"));

        SignatureReader.Verify(origin.Requests.ShouldHaveSingleItem(), SigningKeys.Rfc9421X);
    }

    [Theory]
    [InlineData("https://Feeds.Example/a", "feeds.example")]
    [InlineData("https://feeds.example:443/a", "feeds.example")]
    [InlineData("http://feeds.example:443/a", "feeds.example:443")]
    [InlineData("http://[2001:DB8::1]/a", "[2001:db8::1]")]
    [InlineData("https://[::1]:8443/a", "[::1]:8443")]
    [InlineData("https://b\u00fccher.example/a", "xn--bcher-kva.example")]
    public void An_authority_is_lower_case_and_has_no_port_of_the_scheme(string url, string authority) =>
        MessageSignature.Authority(new Uri(url)).ShouldBe(authority);

    [Fact]
    public async Task Requests_in_clear_are_not_signed_unless_it_is_asked_for_and_nothing_is_without_a_key()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed("<rss/>"));
        await using Door secure = new(Settings()), off = new();

        await secure.FetchWholeAsync(origin.Url("/feed"));
        await off.FetchWholeAsync(origin.Url("/feed"));

        origin.Requests.Count.ShouldBe(2);
        origin.Requests
            .ShouldAllBe(static request => !request.Headers.Keys.Any(static name => name.StartsWith("Signature", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task The_first_drafts_form_is_sent_where_it_is_asked_for_and_replaces_what_a_source_sends()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(Settings(("Signing:SignHttp", "true"), ("Signing:AgentForm", "Text"), ("Signing:Validity", "00:01:00")));
        origin.Serve("/feed", Reply.Feed("<rss/>"));
        var headers = new Dictionary<string, string>
        {
            ["signature"] = "old=:AAAA:",
            ["SIGNATURE-INPUT"] = "old=()",
            ["Signature-Agent"] = "\"https://old.example\"",
        };

        await door.Fetcher.FetchAsync(new FetchRequest(origin.Url("/feed"), FetchKind.Feed, null, headers), TestContext.Current.CancellationToken);

        var request = origin.Requests.ShouldHaveSingleItem();
        request.Header("Signature-Agent").ShouldBe($"\"{Agent}\"");
        var verified = SignatureReader.Verify(request, SigningKeys.Rfc9421X);
        verified.Components.ShouldBe(["\"@authority\"", "\"signature-agent\""]);
        (verified.Expires - verified.Created).ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Without_its_key_nothing_leaves_no_source_is_blamed_and_no_word_holds_the_key()
    {
        using var authority = new Authority();
        await using var origin = await ScriptedOrigin.StartAsync(authority);
        await using var door = new Door(Settings(), trust: new CertificateTrust(authority.Root));
        origin.Serve("/feed", Reply.Feed("<rss/>"));
        await File.WriteAllTextAsync(file, "-----BEGIN PRIVATE KEY-----\nS3cretKeyText\n-----END PRIVATE KEY-----\n", TestContext.Current.CancellationToken);

        var failed = await door.FailAsync(origin.Url("/feed"));

        (failed.Cause, failed.Kind, failed.SparesSource).ShouldBe((FailureCause.SigningKeyMissing, FailureKind.Transient, true));
        failed.Reason.ShouldStartWith("Requests cannot be signed (Ingest:Fetching:Signing:Key): ");
        origin.Requests.ShouldBeEmpty();
        door.Log.Warnings.ShouldHaveSingleItem().ShouldContain("No source is blamed");
        (failed.Reason + string.Concat(door.Log.Warnings)).ShouldNotContain("S3cret");

        await File.WriteAllTextAsync(file, SigningKeys.Rfc8037, TestContext.Current.CancellationToken);
        await door.FetchWholeAsync(origin.Url("/feed"));
        SignatureReader.Verify(origin.Requests.ShouldHaveSingleItem(), SigningKeys.Rfc8037X);
    }

    private Dictionary<string, string?> Settings(params (string Name, string? Value)[] more)
    {
        var settings = new Dictionary<string, string?> { ["Signing:Key"] = "file:" + file, ["Signing:Agent"] = Agent };
        foreach (var (name, value) in more) settings[name] = value;
        return settings;
    }
}
