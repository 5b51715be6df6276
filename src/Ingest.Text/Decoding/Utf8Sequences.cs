using System.Buffers;
using System.Text;

namespace Ingest.Text.Decoding;

/// <summary>Tells broken UTF-8 from other encodings.</summary>
internal static class Utf8Sequences
{
    private const int EnoughBytes = 256 * 1024;

    /// <summary>How many multi-byte sequences are valid UTF-8, and how many places are not.</summary>
    public static (int Valid, int Broken) Count(ReadOnlySpan<byte> bytes)
    {
        var (valid, broken) = (0, 0);
        var rest = bytes[..Math.Min(bytes.Length, EnoughBytes)];
        while (!rest.IsEmpty)
        {
            var high = rest.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (high < 0) break;
            rest = rest[high..];
            if (Rune.DecodeFromUtf8(rest, out _, out var length) == OperationStatus.Done) valid++;
            else broken++;
            rest = rest[Math.Max(1, length)..];
        }

        return (valid, broken);
    }
}
