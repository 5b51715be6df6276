using System.Text.Unicode;

namespace Ingest.Worker.Fetching.Bodies;

/// <summary>What the first bytes of a body prove it to be, whatever its header says.</summary>
internal enum Signature
{
    /// <summary>Nothing: brotli and raw deflate have no mark, nor has what is no coding at all.</summary>
    None,
    Text,
    Gzip,
    Zlib,
    Zstd,
}

/// <summary>Reads <see cref="Signature"/>s.</summary>
internal static class Signatures
{
    /// <summary>As many first bytes as tell text from coded bytes, which look like it by chance in one of many millions of bodies.</summary>
    public const int HeadBytes = 64;

    public static Signature Of(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, 8, ..] => Signature.Gzip,
        // A frame of data, or one to be skipped (RFC 8878, section 3.1).
        [0x28, 0xb5, 0x2f, 0xfd, ..] or [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18, ..] => Signature.Zstd,
        _ when IsText(head) => Signature.Text,
        [var method, var flags, ..] when (method & 0x0f) == 8 && ((method << 8) | flags) % 31 == 0 => Signature.Zlib,
        _ => Signature.None,
    };

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || head is [0xff, 0xfe, ..] or [0xfe, 0xff, ..] or [(byte)'<', 0, _, 0, ..] or [0, (byte)'<', 0, ..])
            return true;
        var isMarkup =
            head.TrimStart(" \t\r\n"u8)
                is [(byte)'<', (byte)'!' or (byte)'?' or (byte)'/' or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z'), ..];
        foreach (var octet in head)
        {
            // ISO 2022 switches its alphabets by control characters.
            if (octet < ' ' && octet is not ((byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r') && !(isMarkup && octet is 0x0e or 0x0f or 0x1b))
                return false;
        }

        // Short texts lie as they are behind a few bytes of brotli: those are what must not pass.
        return isMarkup || Utf8.IsValid(WithoutCutTail(head));
    }

    // The head may end inside a character.
    private static ReadOnlySpan<byte> WithoutCutTail(ReadOnlySpan<byte> head)
    {
        var end = head.Length;
        while (end > 0 && head.Length - end < 3 && (head[end - 1] & 0xc0) == 0x80)
            end--;
        return end > 0 && head[end - 1] >= 0xc0 ? head[..(end - 1)] : head;
    }
}
