using System.Text;
using Ingest.Worker.Fetching.Signing;

namespace Ingest.Worker.Tests.Fetching.Signing;

/// <summary>What the standards' authors computed, byte for byte.</summary>
public sealed class SignatureVectorTests
{
    private const string Agent = "https://signature-agent.test";

    private static readonly DateTimeOffset Created = DateTimeOffset.FromUnixTimeSeconds(1735689600);

    // RFC 9421, appendix B.2.6.
    [Fact]
    public void The_request_of_RFC_9421_is_signed_as_there()
    {
        using var key = SigningKeys.Read(SigningKeys.Rfc9421);

        var signed = MessageSignature.Of(
            [
                new("\"date\"", "Tue, 20 Apr 2021 02:07:55 GMT"), new("\"@method\"", "POST"), new("\"@path\"", "/foo"), new("\"@authority\"", "example.com"),
                new("\"content-type\"", "application/json"), new("\"content-length\"", "18"),
            ],
            ";created=1618884473;keyid=\"test-key-ed25519\"",
            key);

        signed.Input
            .ShouldBe("(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"");
        signed.Signature.ShouldBe(":wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:");
    }

    [Fact]
    public void The_requests_of_the_protocol_are_signed_as_there()
    {
        using var key = SigningKeys.Read(SigningKeys.Rfc9421);

        var dictionary = WebBotSignature.Of(
            "example.com", Agent, SignatureAgentForm.Dictionary, key, Created, DateTimeOffset.FromUnixTimeSeconds(4889289600),
            "n9p433xm+NJ3ph3upfBIGmsuwHw387YV7Q/F+6BSpGCVjYCqQw6rznNA8PVVLySrAWsv0hQtFioQb6E1YsauiA==", "sig2");
        var text = WebBotSignature.Of(
            "example.com", Agent, SignatureAgentForm.Text, key, Created, DateTimeOffset.FromUnixTimeSeconds(1735693200),
            "e8N7S2MFd/qrd6T2R3tdfAuuANngKI7LFtKYI/vowzk4lAZYadIX6wW25MwG7DCT9RUKAJ0qVkU0mEeLElW1qg==", "sig2");

        dictionary.Agent.ShouldBe("sig2=\"https://signature-agent.test\"");
        dictionary.Input.ShouldBe(
            "sig2=(\"@authority\" \"signature-agent\";key=\"sig2\");created=1735689600;keyid=\"poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U\";"
                + "alg=\"ed25519\";expires=4889289600"
            + ";nonce=\"n9p433xm+NJ3ph3upfBIGmsuwHw387YV7Q/F+6BSpGCVjYCqQw6rznNA8PVVLySrAWsv0hQtFioQb6E1YsauiA==\";tag=\"web-bot-auth\"");
        dictionary.Signature.ShouldBe("sig2=:CGokAoY/FrPpyuzTe1Fb2kLTAH9Idw6qSFd1+D77r1firsMRCxeuLu5e6O+ek3zQgDMAzjiXtLVfqE00xnABCQ==:");
        text.Agent.ShouldBe("\"https://signature-agent.test\"");
        text.Signature.ShouldBe("sig2=:jdq0SqOwHdyHr9+r5jw3iYZH6aNGKijYp/EstF4RQTQdi5N5YYKrD+mCT1HA1nZDsi6nJKuHxUi/5Syp3rLWBA==:");
    }

    [Fact]
    public void The_directory_of_the_protocol_is_signed_as_there()
    {
        using var key = SigningKeys.Read(SigningKeys.Rfc9421);

        var directory = KeyDirectory.Of(new Uri(Agent + KeyDirectory.Path), [key], Created, DateTimeOffset.FromUnixTimeSeconds(4889289600));

        directory.Json
            .ShouldBe($$"""{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"{{SigningKeys.Rfc9421Thumbprint}}","x":"{{SigningKeys.Rfc9421X}}","use":"sig"}]}""");
        directory.Fields.ShouldBe(
        [
            ("Content-Type", "application/http-message-signatures-directory+json"),
            ("Cache-Control", "max-age=86400"),
            ("Content-Digest", "sha-256=:CADMT2aBdV/rqQr/NIru64ERQkCobVvllA4V0fLFDu0=:"),
            ("Signature-Input", "binding0=(\"@authority\";req "
                + "\"content-digest\");created=1735689600;expires=4889289600;keyid=\"poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U\";"
                + "tag=\"http-message-signatures-directory\""),
            ("Signature", "binding0=:l6P8R67tm3kujAxbHWio7ll01qrEZ0dKD/WWlGhNYEmTnFZM8Wt0VQ9zqGfvo7T/UMkBxsigzChM1Gpz7gOVBg==:"),
        ]);
    }

    [Fact]
    public void A_directory_of_two_keys_is_signed_by_both()
    {
        using SigningKey old = SigningKeys.Read(SigningKeys.Rfc9421), next = SigningKeys.Read(SigningKeys.Rfc8037);

        var directory = KeyDirectory.Of(new Uri("https://bot.example:8443" + KeyDirectory.Path), [old, next], Created, Created.AddDays(30));

        var fields = directory.Fields.ToDictionary(static field => field.Name, static field => field.Value, StringComparer.OrdinalIgnoreCase);
        string? Value(string name) => name == "@authority" ? "bot.example:8443" : fields[name];
        foreach (var (label, key) in new[] { ("binding0", old), ("binding1", next) })
        {
            var verified = SignatureReader.Verify(Value, fields["Signature-Input"], fields["Signature"], key.X, label);
            verified.Parameters["keyid"].ShouldBe(key.Thumbprint);
            (verified.Expires - verified.Created).ShouldBe(TimeSpan.FromDays(30));
        }
    }

    // The verifier of these tests must itself be right: it takes what others made, and nothing that was changed.
    [Fact]
    public void The_verifier_takes_the_vectors_and_no_other_message()
    {
        const string Input =
            "sig2=(\"@authority\" \"signature-agent\";key=\"sig2\");created=1735689600;keyid=\"poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U\";"
                + "alg=\"ed25519\";expires=4889289600"
            + ";nonce=\"n9p433xm+NJ3ph3upfBIGmsuwHw387YV7Q/F+6BSpGCVjYCqQw6rznNA8PVVLySrAWsv0hQtFioQb6E1YsauiA==\";tag=\"web-bot-auth\"";
        const string Signature = "sig2=:CGokAoY/FrPpyuzTe1Fb2kLTAH9Idw6qSFd1+D77r1firsMRCxeuLu5e6O+ek3zQgDMAzjiXtLVfqE00xnABCQ==:";
        static Func<string, string?> Message(string authority, string agent) =>
            name => name == "@authority" ? authority : name == "signature-agent" ? agent : null;
        var message = Message("example.com", $"sig2=\"{Agent}\"");

        SignatureReader.Verify(message, Input, Signature, SigningKeys.Rfc9421X).Parameters["tag"].ShouldBe("web-bot-auth");

        Should.Throw<ShouldAssertException>(() => SignatureReader.Verify(Message("example.org", $"sig2=\"{Agent}\""), Input, Signature, SigningKeys.Rfc9421X));
        Should.Throw<ShouldAssertException>(
            () => SignatureReader.Verify(Message("example.com", "sig2=\"https://other.test\""), Input, Signature, SigningKeys.Rfc9421X));
        Should.Throw<ShouldAssertException>(
            () => SignatureReader.Verify(message, Input.Replace("4889289600", "4889289601", StringComparison.Ordinal), Signature, SigningKeys.Rfc9421X));
        Should.Throw<ShouldAssertException>(() => SignatureReader.Verify(message, Input, Signature, SigningKeys.Rfc8037X));
        Should.Throw<ShouldAssertException>(
            () => SignatureReader.Verify(message, Input, Signature.Replace("CGok", "CGol", StringComparison.Ordinal), SigningKeys.Rfc9421X));
    }

    // RFC 8032, section 7.1, tests 1 to 3.
    [Theory]
    [InlineData(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    public void The_verifier_takes_the_vectors_of_the_curve(string key, string text, string signature) =>
        Ed25519.Verify(Convert.FromHexString(key), Convert.FromHexString(text), Convert.FromHexString(signature)).ShouldBeTrue();

    [Fact]
    public void A_message_is_ended_by_its_parameters_without_a_line_break() =>
        Encoding.ASCII.GetByteCount(MessageSignature.Base([new("\"a\"", "b")], "(\"a\")")).ShouldBe("\"a\": b\n\"@signature-params\": (\"a\")".Length);
}
