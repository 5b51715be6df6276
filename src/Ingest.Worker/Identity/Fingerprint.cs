using System.Buffers;
using System.IO.Hashing;
using System.Text;

namespace Ingest.Worker.Identity;

/// <summary>128-bit hashes (XXH128) of texts, as the uuid values that the database indexes.</summary>
internal static class Fingerprint
{
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

    // Of a text as a whole, so that what a lone surrogate becomes does not depend on where pieces end.
    private static void Append(XxHash128 hash, string? part)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(part?.Length ?? 0));
        hash.Append(bytes.AsSpan(0, Encoding.UTF8.GetBytes(part ?? "", bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>The hash of raw bytes, such as a fetched body.</summary>
    public static Guid Of(ReadOnlySpan<byte> bytes) => new(XxHash128.Hash(bytes), bigEndian: true);
}
