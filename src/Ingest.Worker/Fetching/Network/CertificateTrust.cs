using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingest.Worker.Fetching.Network;

/// <summary>
/// How servers' certificates are judged: by what the server sends and what this machine trusts, and by nothing that would have to be downloaded. A certificate
/// may name any address for its issuer's (RFC 5280, section 4.2.2.1), and who fetches from there does so past the rules for addresses, past the proxy, and at a
/// stranger's pace.
/// </summary>
/// <param name="roots">What is trusted in place of the machine's own authorities; empty for those.</param>
internal sealed class CertificateTrust(params X509Certificate2[] roots)
{
    private const int LongestName = 100;
    private const string PinMark = "sha256//";

    /// <summary>SHA-256 of the one key that is trusted, whoever signed its certificate; null where signatures count.</summary>
    private byte[]? Pin { get; init; }

    /// <summary>Whether a text has the form of a pinned key: <c>sha256//</c> and the hash of its SubjectPublicKeyInfo in base64, as curl has it.</summary>
    public static bool IsPin(string text) => PinOf(text) is not null;

    /// <summary>The trust in a pinned key, or in the authorities of a PEM text alone.</summary>
    /// <exception cref="CryptographicException">The text is neither.</exception>
    public static CertificateTrust Of(string certificate)
    {
        if (PinOf(certificate) is { } pin) return new CertificateTrust { Pin = pin };
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(certificate);
        return authorities.Count > 0 ? new CertificateTrust([.. authorities]) : throw new CryptographicException("it holds no certificate");
    }

    private static byte[]? PinOf(string text)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        return text.StartsWith(PinMark, StringComparison.Ordinal) && Convert.TryFromBase64String(text[PinMark.Length..], hash, out var length)
            && length == hash.Length
            ? hash
            : null;
    }

    /// <summary>Options of a TLS connection; a certificate that is refused is an <see cref="AuthenticationException"/> with the reason in words.</summary>
    public SslClientAuthenticationOptions ToOptions(string? host = null) => new()
    {
        TargetHost = host,
        CertificateChainPolicy = Policy(),
        RemoteCertificateValidationCallback = Pin is null
            ? static (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None ? true : throw new AuthenticationException(Describe(certificate, chain, errors))
            : (_, certificate, _, _) => IsPinned(certificate) ? true : throw new AuthenticationException(
                certificate is null ? "the server shows no certificate" : $"the key of {Name(certificate.Subject)} is not the pinned one"),
    };

    // Whoever has the key is the server that was meant, whatever the certificate around it says.
    private bool IsPinned(X509Certificate? certificate)
    {
        if (certificate is null) return false;
        using var shown = new X509Certificate2(certificate);
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(shown.PublicKey.ExportSubjectPublicKeyInfo()), Pin);
    }

    private X509ChainPolicy Policy()
    {
        // Without revocation there is nothing to ask of OCSP servers, nor lists to load. The time is that of each connection, not of this policy.
        var policy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck, VerificationTimeIgnored = true };
        if (roots.Length == 0) return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    private static string Describe(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || chain is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "the server shows no certificate";
        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            return $"the certificate of {Name(certificate.Subject)} is for another name";
        if (chain.ChainStatus.Any(static s => s.Status == X509ChainStatusFlags.PartialChain) && chain.ChainElements.LastOrDefault()?.Certificate is { } last)
            return $"the server does not send the intermediate certificate {Name(last.Issuer)}, by which that of {Name(last.Subject)} is signed, "
                + "and this machine does not trust it on its own";
        return $"the certificate of {Name(certificate.Subject)} does not hold: {string.Join(", ", chain.ChainStatus.Select(static s => s.Status).Distinct())}";
    }

    private static string Name(string distinguished) => $"'{(distinguished.Length > LongestName ? distinguished[..LongestName] : distinguished)}'";
}
