using System.Text;
using System.Text.Unicode;
using Ingest.Text.Html;
using UtfUnknown;

namespace Ingest.Text.Decoding;

/// <summary>Finds the encoding that bytes were really written in, and decodes them.</summary>
/// <remarks>
/// Order for XML: byte order mark, HTTP charset, XML declaration (RFC 7303), for HTML the meta element in the place of the
/// declaration (WHATWG Encoding, HTML prescan). What is declared is believed unless the bytes contradict it; statistical
/// detection comes last.
/// </remarks>
public static class TextDecoder
{
    // A pair of bytes of a legacy multi-byte encoding may happen to be valid UTF-8; this many in a row do not.
    private const int ConvincingUtf8Bytes = 12;

    private const int ConvincingAccents = 24;

    private const int DetectionBytes = 64 * 1024;

    /// <summary>The text of an XML document.</summary>
    /// <param name="bytes">The document, decompressed.</param>
    /// <param name="charset">charset of the HTTP Content-Type; null when none.</param>
    public static string DecodeXml(ReadOnlySpan<byte> bytes, string? charset) => ForXml(bytes, charset).Decode(bytes);

    /// <summary>The text of an HTML page.</summary>
    /// <inheritdoc cref="DecodeXml"/>
    public static string DecodeHtml(ReadOnlySpan<byte> bytes, string? charset)
    {
        using var text = RentHtml(bytes, charset);
        return text.ToString();
    }

    /// <summary>The same, to be given back.</summary>
    /// <inheritdoc cref="DecodeXml"/>
    public static RentedText RentHtml(ReadOnlySpan<byte> bytes, string? charset)
    {
        var text = ForHtml(bytes, charset).Rent(bytes);
        text.Cut(NumericReference.JoinHalves(text.Span));
        return text;
    }

    internal static EncodingChoice ForXml(ReadOnlySpan<byte> bytes, string? charset) =>
        ByteOrderMark.Read(bytes) ?? Choose(bytes, charset, DeclaredEncoding.OfXml(bytes));

    internal static EncodingChoice ForHtml(ReadOnlySpan<byte> bytes, string? charset) =>
        ByteOrderMark.Read(bytes) ?? Choose(bytes, charset, DeclaredEncoding.OfHtml(bytes));

    private static EncodingChoice Choose(ReadOnlySpan<byte> bytes, string? charset, string? declared)
    {
        if (ByteOrderMark.ReadByZeros(bytes) is { } wide) return wide;
        var transport = EncodingLabels.Find(charset);
        var inDocument = EncodingLabels.Find(declared);
        var stated = Stated(transport, inDocument);
        if (EncodingLabels.IsEscapeBased(stated)) return new EncodingChoice(stated!, 0, null);

        if (Utf8.IsValid(bytes))
        {
            var highBytes = CountHighBytes(bytes, ConvincingUtf8Bytes);
            if (highBytes == 0) return EscapeSequences.Read(bytes) ?? new EncodingChoice(Encoding.UTF8, 0, null);
            return stated is null || IsUtf8(stated) ? new EncodingChoice(Encoding.UTF8, 0, IsWide(declared) ? $"declared {declared![..6]} is UTF-8" : null)
                : stated.IsSingleByte || highBytes >= ConvincingUtf8Bytes
                    || !stated.DecodesCleanly(bytes) ? new EncodingChoice(Encoding.UTF8, 0, $"declared {stated.WebName} is UTF-8")
                : new EncodingChoice(stated, 0, null);
        }

        return stated is null || IsUtf8(stated) ? NotUtf8(bytes, stated is not null, inDocument) : new EncodingChoice(stated, 0, null);
    }

    // Servers say latin-1 by default for every file they have; a document that names another encoding knows better.
    private static Encoding? Stated(Encoding? transport, Encoding? inDocument) =>
        transport is null || (transport.CodePage == EncodingLabels.Windows1252 && inDocument is not null && !IsUtf8(inDocument)) ? inDocument : transport;

    private static EncodingChoice NotUtf8(ReadOnlySpan<byte> bytes, bool utf8Stated, Encoding? inDocument)
    {
        if (inDocument is not null && !IsUtf8(inDocument)) return new EncodingChoice(inDocument, 0, "declared UTF-8 is " + inDocument.WebName);
        var (valid, broken) = Utf8Sequences.Count(bytes);
        if (valid > broken) return new EncodingChoice(EncodingLabels.Utf8OrWindows1252, 0, "bytes that are not UTF-8 read as windows-1252");
        var detected = Detect(bytes);
        return new EncodingChoice(detected, 0, (utf8Stated ? "declared UTF-8 is " : "undeclared encoding is ") + detected.WebName);
    }

    private static Encoding Detect(ReadOnlySpan<byte> bytes)
    {
        var firstHigh = Math.Max(0, bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF) - 256);
        var sample = bytes[firstHigh..Math.Min(bytes.Length, firstHigh + DetectionBytes)].ToArray();
        var found = CharsetDetector.DetectFromBytes(sample).Detected;
        var encoding = found is { Confidence: > 0.5f } ? EncodingLabels.Find(found.EncodingName) : null;
        var western = EncodingLabels.Find("windows-1252")!;
        if (encoding is null || IsUtf8(encoding)) return western;

        // A few accents say little about which Latin alphabet they are of; the most used is the best guess.
        return EncodingLabels.IsLatin(encoding) && CountHighBytes(sample, ConvincingAccents) < ConvincingAccents ? western : encoding;
    }

    private static int CountHighBytes(ReadOnlySpan<byte> bytes, int enough)
    {
        var first = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        if (first < 0) return 0;
        var count = 0;
        foreach (var value in bytes[first..])
        {
            if (value >= 0x80 && ++count >= enough) break;
        }

        return count;
    }

    // Written by what wrote a string of the program's own, which another then saved.
    private static bool IsWide(string? label) =>
        label is not null && (label.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) || label.StartsWith("utf-32", StringComparison.OrdinalIgnoreCase));

    private static bool IsUtf8(Encoding encoding) => encoding.CodePage is 65001;
}
