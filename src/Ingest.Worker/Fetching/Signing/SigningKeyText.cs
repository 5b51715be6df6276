using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Ingest.Worker.Fetching.Signing;

/// <summary>An Ed25519 key's text: PKCS#8 in PEM (RFC 8410, as OpenSSL writes it) or a JWK (RFC 8037). Nothing of it becomes a string.</summary>
internal static class SigningKeyText
{
    /// <summary>Bytes of a private key.</summary>
    public const int SeedBytes = 32;

    private const string Remedy = "make one with 'signing new-key', or with 'openssl genpkey -algorithm ed25519'";

    // { 1.3.101.112 }, OCTET STRING { OCTET STRING (32 bytes follow) }: RFC 8410, section 7. Before it come the outer length and the version, after it may come
    // the public key.
    private static ReadOnlySpan<byte> Ed25519Key => [0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    private const int BeforeKey = 5;

    /// <summary>Reads the private key.</summary>
    /// <param name="text">What was found, in UTF-8.</param>
    /// <param name="seed">Gets the key, <see cref="SeedBytes"/> long.</param>
    /// <returns>Null, or what is wrong, in words that hold nothing of it.</returns>
    public static string? ReadSeed(ReadOnlySpan<byte> text, Span<byte> seed)
    {
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        return text.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? ReadJwk(text, seed) : ReadPem(text, seed);
    }

    /// <summary>Writes a private key as PKCS#8 in PEM.</summary>
    public static byte[] WritePem(ReadOnlySpan<byte> seed)
    {
        var der = GC.AllocateArray<byte>(BeforeKey + Ed25519Key.Length + SeedBytes, pinned: true);
        ReadOnlySpan<byte> before = [0x30, (byte)(der.Length - 2), 0x02, 0x01, 0x00];
        before.CopyTo(der);
        Ed25519Key.CopyTo(der.AsSpan(BeforeKey));
        seed.CopyTo(der.AsSpan(BeforeKey + Ed25519Key.Length));
        var pem = GC.AllocateArray<byte>(PemEncoding.GetEncodedSize("PRIVATE KEY".Length, der.Length) + 1, pinned: true);
        PemEncoding.TryWriteUtf8("PRIVATE KEY"u8, der, pem, out var written);
        pem[written] = (byte)'\n';
        CryptographicOperations.ZeroMemory(der);
        return pem;
    }

    private static string? ReadPem(ReadOnlySpan<byte> text, Span<byte> seed)
    {
        if (!PemEncoding.TryFindUtf8(text, out var fields)) return $"it is neither a PEM file nor a JWK: {Remedy}";
        var label = text[fields.Label];
        if (label.SequenceEqual("ENCRYPTED PRIVATE KEY"u8)) return $"it is encrypted, and nobody is there to give the password: {Remedy}";
        if (!label.SequenceEqual("PRIVATE KEY"u8)) return $"it is a PEM file, but not a private key in PKCS#8: {Remedy}";
        Span<byte> der = stackalloc byte[128];
        try
        {
            var isRead = fields.DecodedDataLength <= der.Length && Base64.DecodeFromUtf8(text[fields.Base64Data], der, out _, out _) == OperationStatus.Done;
            return isRead && TakeSeed(der[..fields.DecodedDataLength], seed) ? null : $"it is not an Ed25519 key: {Remedy}";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    private static bool TakeSeed(ReadOnlySpan<byte> key, Span<byte> seed)
    {
        var isOurs = key is [0x30, _, 0x02, 0x01, 0x00 or 0x01, ..] && key[1] == key.Length - 2 && key[BeforeKey..].StartsWith(Ed25519Key);
        return isOurs && key.Length >= BeforeKey + Ed25519Key.Length + SeedBytes && key.Slice(BeforeKey + Ed25519Key.Length, SeedBytes).TryCopyTo(seed);
    }

    private static string? ReadJwk(ReadOnlySpan<byte> text, Span<byte> seed)
    {
        var (isOkp, isEd25519, hasKey) = (false, false, false);
        try
        {
            var reader = new Utf8JsonReader(text);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isKty, isCrv, isD) = (reader.ValueTextEquals("kty"u8), reader.ValueTextEquals("crv"u8), reader.ValueTextEquals("d"u8));
                reader.Read();
                if (reader.TokenType != JsonTokenType.String) reader.Skip();
                else if (isKty) isOkp = reader.ValueTextEquals("OKP"u8);
                else if (isCrv) isEd25519 = reader.ValueTextEquals("Ed25519"u8);
                else if (isD) hasKey = TryDecode(reader.ValueSpan, seed);
            }

            // What is behind it would be a fault of its syntax.
            while (reader.Read()) reader.Skip();
        }
        catch (JsonException)
        {
            return $"it is not JSON, though it begins like a JWK: {Remedy}";
        }

        if (!isOkp || !isEd25519) return $"it is a JWK, but not an Ed25519 key (kty OKP, crv Ed25519): {Remedy}";
        return hasKey ? null : $"it is a JWK without a private key (d: 32 bytes in base64url): {Remedy}";
    }

    private static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> seed) =>
        Base64Url.IsValid(text, out var length) && length == SeedBytes && Base64Url.DecodeFromUtf8(text, seed, out _, out _) == OperationStatus.Done;
}
