using System.Globalization;
using System.Text;

namespace Ingest.Text.Html;

/// <summary>A numeric character reference, decimal or hexadecimal.</summary>
internal static class NumericReference
{
    // More digits than any character's number has, leading zeros included.
    private const int MaxDigits = 8;

    /// <summary>The length of the reference that the text begins with, its semicolon included where there is one; 0 when there is none.</summary>
    public static int Read(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        if (!text.StartsWith("&#")) return 0;
        var hex = text.Length > 2 && (text[2] | 0x20) == 'x';
        var start = hex ? 3 : 2;
        var end = start;
        while (end < text.Length && end - start < MaxDigits && (hex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end]))) end++;
        if (end == start
            || !int.TryParse(text[start..end], hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out value))
            return 0;
        return end < text.Length && text[end] == ';' ? end + 1 : end;
    }

    /// <summary>The text with each two references that are the halves of one character replaced by it; parsers of HTML make U+FFFD of each.</summary>
    public static string JoinHalves(string html)
    {
        StringBuilder? joined = null;
        var from = 0;
        for (var at = html.IndexOf("&#", StringComparison.Ordinal); at >= 0; at = html.IndexOf("&#", at, StringComparison.Ordinal))
        {
            var length = Read(html.AsSpan(at), out var first);
            if (IsFirstHalf(first) && Read(html.AsSpan(at + length), out var second) is > 0 and var more && IsSecondHalf(second))
            {
                (joined ??= new StringBuilder(html.Length)).Append(html, from, at - from).Append((char)first).Append((char)second);
                from = at + length + more;
                at = from;
            }
            else
            {
                at += Math.Max(2, length);
            }
        }

        return joined is null ? html : joined.Append(html, from, html.Length - from).ToString();
    }

    /// <summary>True for the first half of a character beyond the basic plane (UTF-16).</summary>
    public static bool IsFirstHalf(int value) => value is >= 0xD800 and <= 0xDBFF;

    /// <summary>True for the second half.</summary>
    public static bool IsSecondHalf(int value) => value is >= 0xDC00 and <= 0xDFFF;
}
