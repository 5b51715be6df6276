using System.Buffers;
using System.IO.Hashing;
using System.Text;
using Ingest.Text;

namespace Ingest.Identity;

/// <summary>128-bit hashes (XXH128) of texts, as the uuid values that the database indexes.</summary>
internal static class Fingerprint
{
    private const int PieceLength = 16 << 10;

    /// <summary>The hash of the parts in order; a null part differs from an empty one, and parts do not run together.</summary>
    public static Guid Of(params ReadOnlySpan<string?> parts)
    {
        var hash = new XxHash128();
        foreach (var part in parts)
        {
            // UTF-8 never holds 0xFE or 0xFF, so no text can forge a separator.
            hash.Append(part is null ? [0xFE] : [0xFF]);
            Append(hash, part);
        }

        return new Guid(hash.GetCurrentHash(), bigEndian: true);
    }

    /// <summary>The hash of what counts of several texts (<see cref="ComparableText.Words"/>).</summary>
    public static Guid OfWords(params ReadOnlySpan<string> texts)
    {
        var words = new string[texts.Length];
        for (var i = 0; i < texts.Length; i++) words[i] = ComparableText.Words(texts[i]);
        return Of(words);
    }

    // Piece by piece, because the pool of arrays would keep one of three times a long text; never between the halves of a character, so that pieces make no
    // difference.
    private static void Append(XxHash128 hash, string? part)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(PieceLength));
        for (var rest = part.AsSpan(); !rest.IsEmpty;)
        {
            var length = Math.Min(rest.Length, PieceLength);
            if (length < rest.Length && char.IsSurrogatePair(rest[length - 1], rest[length])) length--;
            hash.Append(bytes.AsSpan(0, Encoding.UTF8.GetBytes(rest[..length], bytes)));
            rest = rest[length..];
        }

        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>The hash of raw bytes, such as a fetched body.</summary>
    public static Guid Of(ReadOnlySpan<byte> bytes) => new(XxHash128.Hash(bytes), bigEndian: true);
}
