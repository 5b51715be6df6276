using System.Buffers;
using System.Text;

namespace Ingest.Text.Decoding;

/// <summary>Reads the encoding that a document names in its first bytes.</summary>
internal static class DeclaredEncoding
{
    private static readonly SearchValues<char> LabelEnds = SearchValues.Create(" \t\r\n\"'>;?/");

    private const int XmlWindow = 1024;

    // WHATWG asks for 1024 bytes; real pages put scripts and preloads before the meta element.
    private const int HtmlWindow = 8 * 1024;

    /// <summary>encoding of the XML declaration, junk before it skipped; null when none.</summary>
    public static string? OfXml(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0x4C, 0x6F, 0xA7, 0x94, ..]) return OfEbcdic(bytes);
        var window = bytes[..Math.Min(bytes.Length, XmlWindow)];
        var start = window.IndexOf("<?xml"u8);
        if (start < 0) return null;
        var declaration = window[start..];
        var end = declaration.IndexOf((byte)'>');
        return Attribute(Encoding.Latin1.GetString(end < 0 ? declaration : declaration[..end]), "encoding");
    }

    /// <summary>charset of the first meta element that names one, in either form, outside comments; null when none.</summary>
    public static string? OfHtml(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, HtmlWindow)]);
        var at = 0;
        while ((at = head.IndexOf('<', at)) >= 0)
        {
            var rest = head.AsSpan(at);
            if (rest.StartsWith("<!--", StringComparison.Ordinal))
            {
                var end = head.IndexOf("-->", at + 4, StringComparison.Ordinal);
                if (end < 0) return null;
                at = end + 3;
                continue;
            }

            if (rest.StartsWith("<meta", StringComparison.OrdinalIgnoreCase))
            {
                var end = rest.IndexOf('>');
                if (Attribute((end < 0 ? rest : rest[..end]).ToString(), "charset") is { } charset) return charset;
            }

            at++;
        }

        return OfXml(bytes);
    }

    private static string? OfEbcdic(ReadOnlySpan<byte> bytes)
    {
        var ibm037 = CodePagesEncodingProvider.Instance.GetEncoding("IBM037")!;
        return Attribute(ibm037.GetString(bytes[..Math.Min(bytes.Length, 200)]), "encoding") ?? "IBM037";
    }

    // Also finds the charset inside content="text/html; charset=x".
    private static string? Attribute(string tag, string name)
    {
        var at = tag.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        while (at >= 0)
        {
            var value = tag.AsSpan(at + name.Length).TrimStart();
            if (value.StartsWith("="))
            {
                value = value[1..].TrimStart().TrimStart("\"'");
                var end = value.IndexOfAny(LabelEnds);
                var label = (end < 0 ? value : value[..end]).ToString();
                return label.Length > 0 ? label : null;
            }

            at = tag.IndexOf(name, at + name.Length, StringComparison.OrdinalIgnoreCase);
        }

        return null;
    }
}
