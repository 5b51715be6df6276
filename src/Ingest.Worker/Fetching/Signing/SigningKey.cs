using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using NSec.Cryptography;

namespace Ingest.Worker.Fetching.Signing;

/// <summary>
/// A private key and what others know it by. libsodium keeps it in pages of its own, locked, guarded and no part of a core dump; on its way there it passes
/// through memory that is wiped, and never through a string.
/// </summary>
internal sealed class SigningKey : IDisposable
{
    private readonly Key key;

    private SigningKey(Key key)
    {
        this.key = key;
        X = Base64Url.EncodeToString(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        Thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"Ed25519","kty":"OKP","x":"{{X}}"}""")));
    }

    /// <summary>The public key in base64url, as a JWK has it.</summary>
    public string X { get; }

    /// <summary>The key's name: the SHA-256 of its JWK in base64url (RFC 7638; RFC 8037, appendix A.3).</summary>
    public string Thumbprint { get; }

    /// <summary>The key that a setting's reference leads to.</summary>
    /// <returns>The key, or why there is none, in words that hold nothing of it; exactly one is not null.</returns>
    public static async Task<(SigningKey? Key, string? Fault)> LoadAsync(string reference, CancellationToken ct)
    {
        // Pinned, so that the collector leaves no copies behind.
        var buffer = GC.AllocateArray<byte>(SettingReference.MaxBytes + 1, pinned: true);
        try
        {
            var (length, fault) = await SettingReference.ReadAsync(reference, buffer, ct);
            return fault is null ? Read(buffer.AsSpan(0, length)) : (null, fault);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    /// <summary>The key that a text holds, PEM or JWK.</summary>
    public static (SigningKey? Key, string? Fault) Read(ReadOnlySpan<byte> text)
    {
        Span<byte> seed = stackalloc byte[SigningKeyText.SeedBytes];
        try
        {
            return SigningKeyText.ReadSeed(text, seed) is { } fault ? (null, fault) : (Of(seed), null);
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or PlatformNotSupportedException)
        {
            return (null, $"the library that signs, libsodium, does not load on this machine: {error.GetBaseException().Message}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>A key of its bytes.</summary>
    public static SigningKey Of(ReadOnlySpan<byte> seed) => new(Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey));

    /// <summary>Signs (RFC 9421, section 3.3.6).</summary>
    /// <returns>The signature in base64.</returns>
    public string Sign(ReadOnlySpan<byte> text)
    {
        Span<byte> signature = stackalloc byte[SignatureAlgorithm.Ed25519.SignatureSize];
        SignatureAlgorithm.Ed25519.Sign(key, text, signature);
        return Convert.ToBase64String(signature);
    }

    public void Dispose() => key.Dispose();
}
