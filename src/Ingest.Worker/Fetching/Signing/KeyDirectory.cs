using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ingest.Worker.Fetching.Signing;

/// <summary>
/// The public keys as they are published, and the fields that the web server sends with them. One is a signature by each key: whoever published the directory
/// has the keys, and meant it for this host (draft-ietf-webbotauth-httpsig-protocol, appendix "Validating the Domain Binding").
/// </summary>
/// <param name="Json">The body, byte for byte: its digest is signed.</param>
/// <param name="Fields">Names and values.</param>
internal sealed record KeyDirectory(string Json, IReadOnlyList<(string Name, string Value)> Fields)
{
    public const string Path = "/.well-known/http-message-signatures-directory";

    public const string MediaType = "application/http-message-signatures-directory+json";

    // For so long verifiers may keep it, and believe a key that was removed.
    private const string Caching = "max-age=86400";

    /// <summary>Makes one.</summary>
    /// <param name="agent">Where it will be published.</param>
    /// <param name="keys">The keys, each once.</param>
    /// <param name="created">Now.</param>
    /// <param name="expires">Until when its signatures are good.</param>
    public static KeyDirectory Of(Uri agent, IReadOnlyList<SigningKey> keys, DateTimeOffset created, DateTimeOffset expires)
    {
        var json = $$"""{"keys":[{{string.Join(',', keys.Select(Jwk))}}]}""";
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(json)))}:";
        CoveredComponent[] components = [new("\"@authority\";req", MessageSignature.Authority(agent)), new("\"content-digest\"", digest)];
        var signatures = keys.Select(key => MessageSignature.Of(components, Parameters(key, created, expires), key)).ToList();
        return new KeyDirectory(json,
        [
            ("Content-Type", MediaType),
            ("Cache-Control", Caching),
            ("Content-Digest", digest),
            (WebBotSignature.InputField, string.Join(", ", signatures.Select(static (signature, index) => Member(index, signature.Input)))),
            (WebBotSignature.SignatureField, string.Join(", ", signatures.Select(static (signature, index) => Member(index, signature.Signature)))),
        ]);
    }

    private static string Parameters(SigningKey key, DateTimeOffset created, DateTimeOffset expires) => string.Create(
        CultureInfo.InvariantCulture,
        $";created={created.ToUnixTimeSeconds()};expires={expires.ToUnixTimeSeconds()};keyid=\"{key.Thumbprint}\";tag=\"http-message-signatures-directory\"");

    private static string Member(int index, string value) => string.Create(CultureInfo.InvariantCulture, $"binding{index}={value}");

    private static string Jwk(SigningKey key) => $$"""{"kty":"OKP","crv":"Ed25519","kid":"{{key.Thumbprint}}","x":"{{key.X}}","use":"sig"}""";
}
