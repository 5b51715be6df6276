using System.Text;

namespace Ingest.Text.Decoding;

/// <summary>Byte order marks, and the zero bytes that betray UTF-16 and UTF-32 without one (XML 1.0, appendix F).</summary>
internal static class ByteOrderMark
{
    public static EncodingChoice? Read(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => System.Text.Unicode.Utf8.IsValid(bytes)
            ? new EncodingChoice(Encoding.UTF8, 3, null)
            : new EncodingChoice(EncodingLabels.Utf8OrWindows1252, 3, "bytes that are not UTF-8 read as windows-1252"),
        [0xFF, 0xFE, 0, 0, ..] => new EncodingChoice(Utf32(bigEndian: false), 4, null),
        [0, 0, 0xFE, 0xFF, ..] => new EncodingChoice(Utf32(bigEndian: true), 4, null),
        [0xFF, 0xFE, ..] => new EncodingChoice(Encoding.Unicode, 2, null),
        [0xFE, 0xFF, ..] => new EncodingChoice(Encoding.BigEndianUnicode, 2, null),
        _ => null,
    };

    public static EncodingChoice? ReadByZeros(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0, 0, 0, > 0, 0, 0, 0, > 0, ..] => new EncodingChoice(Utf32(bigEndian: true), 0, null),
        [> 0, 0, 0, 0, > 0, 0, 0, 0, ..] => new EncodingChoice(Utf32(bigEndian: false), 0, null),
        [0, > 0, 0, > 0, ..] => new EncodingChoice(Encoding.BigEndianUnicode, 0, null),
        [> 0, 0, > 0, 0, ..] => new EncodingChoice(Encoding.Unicode, 0, null),
        _ => null,
    };

    private static UTF32Encoding Utf32(bool bigEndian) => new(bigEndian, byteOrderMark: false);
}
