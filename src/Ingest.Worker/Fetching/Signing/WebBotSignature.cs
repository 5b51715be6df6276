using System.Globalization;
using System.Security.Cryptography;

namespace Ingest.Worker.Fetching.Signing;

/// <summary>
/// The three fields of a signed request (draft-ietf-webbotauth-httpsig-protocol, section "Sending a Request"): who asks whom, and how long that is good.
/// </summary>
/// <param name="Agent">Signature-Agent.</param>
/// <param name="Input">Signature-Input.</param>
/// <param name="Signature">Signature.</param>
internal sealed record WebBotSignature(string Agent, string Input, string Signature)
{
    public const string AgentField = "Signature-Agent", InputField = "Signature-Input", SignatureField = "Signature";

    /// <summary>The label of our signature.</summary>
    public const string Label = "sig1";

    // What the library of the protocol's authors makes, and asks of others.
    private const int NonceBytes = 64;

    /// <summary>Signs a request.</summary>
    /// <param name="authority">Whom it is for.</param>
    /// <param name="agent">Where our key directory is.</param>
    /// <param name="form">How that is written.</param>
    /// <param name="key">The key.</param>
    /// <param name="created">Now.</param>
    /// <param name="expires">Until when it is good.</param>
    /// <param name="nonce">What tells it from others of the same second.</param>
    /// <param name="label">Its label.</param>
    public static WebBotSignature Of(
        string authority, string agent, SignatureAgentForm form, SigningKey key, DateTimeOffset created, DateTimeOffset expires, string nonce,
        string label = Label)
    {
        // Of a dictionary only the member of our own label is covered, which is what stands behind its equals sign (RFC 9421, section 2.1.2).
        var member = $"\"{agent}\"";
        var isText = form == SignatureAgentForm.Text;
        CoveredComponent[] components =
        [
            new("\"@authority\"", authority),
            new(isText ? "\"signature-agent\"" : $"\"signature-agent\";key=\"{label}\"", member),
        ];
        var parameters = string.Create(
            CultureInfo.InvariantCulture,
            $";created={created.ToUnixTimeSeconds()};keyid=\"{key.Thumbprint}\";alg=\"ed25519\";"
                + $"expires={expires.ToUnixTimeSeconds()};nonce=\"{nonce}\";tag=\"web-bot-auth\"");
        var signed = MessageSignature.Of(components, parameters, key);
        return new WebBotSignature(isText ? member : $"{label}={member}", $"{label}={signed.Input}", $"{label}={signed.Signature}");
    }

    /// <summary>A nonce that nobody had before.</summary>
    public static string NewNonce()
    {
        Span<byte> bytes = stackalloc byte[NonceBytes];
        RandomNumberGenerator.Fill(bytes);
        return Convert.ToBase64String(bytes);
    }
}
