using System.Globalization;

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

    /// <summary>Makes each two references that are the halves of one character that character; parsers of HTML make U+FFFD of each.</summary>
    /// <returns>The length of the text from then on.</returns>
    public static int JoinHalves(Span<char> html)
    {
        var (from, to) = (0, 0);
        for (var at = html.IndexOf("&#"); at >= 0;)
        {
            var length = Read(html[at..], out var first);
            var next = at + Math.Max(2, length);
            if (IsFirstHalf(first) && Read(html[(at + length)..], out var second) is > 0 and var more && IsSecondHalf(second))
            {
                html[from..at].CopyTo(html[to..]);
                to += at - from;
                (html[to], html[to + 1]) = ((char)first, (char)second);
                (from, to, next) = (at + length + more, to + 2, at + length + more);
            }

            at = html[next..].IndexOf("&#") is >= 0 and var found ? next + found : -1;
        }

        if (from > 0) html[from..].CopyTo(html[to..]);
        return html.Length - from + to;
    }

    /// <summary>True for the first half of a character beyond the basic plane (UTF-16).</summary>
    public static bool IsFirstHalf(int value) => value is >= 0xD800 and <= 0xDBFF;

    /// <summary>True for the second half.</summary>
    public static bool IsSecondHalf(int value) => value is >= 0xDC00 and <= 0xDFFF;
}
