using System.Text;
using AngleSharp.Html;

namespace Ingest.Text.Html;

/// <summary>Decodes HTML character references, in linear time and without a parser.</summary>
/// <remarks>
/// As the HTML standard (§13.2.5.72 and on) reads them, except that names without their semicolon are decoded only where the standard allows it for old pages.
/// </remarks>
internal static class HtmlEntities
{
    // The longest name of the standard is CounterClockwiseContourIntegral.
    private const int LongestName = 32;

    /// <summary>The text with its references decoded once; unknown ones stay as they are.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('&', StringComparison.Ordinal)) return text;
        var decoded = new StringBuilder(text.Length);
        Append(decoded, text);
        return decoded.ToString();
    }

    /// <summary>Appends the text with its references decoded once.</summary>
    public static void Append(StringBuilder into, ReadOnlySpan<char> text)
    {
        while (text.IndexOf('&') is >= 0 and var start)
        {
            into.Append(text[..start]);
            text = text[start..];
            var length = text.Length > 1 && text[1] == '#' ? AppendNumber(into, text) : AppendName(into, text);
            if (length == 0) into.Append('&');
            text = text[Math.Max(1, length)..];
        }

        into.Append(text);
    }

    private static int AppendNumber(StringBuilder into, ReadOnlySpan<char> text)
    {
        var length = NumericReference.Read(text, out var value);
        if (length == 0) return 0;

        // Writers that take UTF-16 for characters make two references of one.
        if (NumericReference.IsFirstHalf(value) && NumericReference.Read(text[length..], out var second) is > 0 and var more
            && NumericReference.IsSecondHalf(second))
        {
            into.Append((char)value).Append((char)second);
            return length + more;
        }

        into.Append(Symbol(value));
        return length;
    }

    private static string Symbol(int value)
    {
        if (HtmlEntityProvider.IsInCharacterTable(value)) return HtmlEntityProvider.GetSymbolFromTable(value) ?? "\uFFFD";
        return Rune.IsValid(value) ? new Rune(value).ToString() : "\uFFFD";
    }

    private static int AppendName(StringBuilder into, ReadOnlySpan<char> text)
    {
        var end = 1;
        while (end < text.Length && end <= LongestName && char.IsAsciiLetterOrDigit(text[end])) end++;
        if (end == 1) return 0;
        var closed = end < text.Length && text[end] == ';';
        var symbol = HtmlEntityProvider.Resolver.GetSymbol(string.Concat(text[1..end], closed ? ";" : ""));
        if (symbol is null) return 0;
        // In "?a=1&copy=2" the reference is part of a query.
        if (!closed && end < text.Length && text[end] == '=') return 0;
        into.Append(symbol);
        return closed ? end + 1 : end;
    }
}
