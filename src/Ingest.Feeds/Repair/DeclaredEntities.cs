using System.Globalization;
using System.Text;
using AngleSharp.Html;
using Ingest.Text.Html;

namespace Ingest.Feeds.Repair;

/// <summary>Decodes character references: XML's, HTML's, and those of the document's own DTD, which are never expanded within each other.</summary>
internal sealed class DeclaredEntities
{
    private const int MaxDeclared = 500;
    private const int MaxValue = 1024;

    // Repetition is how small documents grow; past this much own text, references stay as they are.
    private const int MaxExpansion = 1024 * 1024;
    private const int LongestName = 40;

    private readonly Dictionary<string, string> _declared = new(StringComparer.Ordinal);
    private int _expanded;

    /// <summary>Takes the general entities of a DTD's internal subset.</summary>
    public void Read(ReadOnlySpan<char> doctype)
    {
        while (_declared.Count < MaxDeclared)
        {
            var at = doctype.IndexOf("<!ENTITY");
            if (at < 0) return;
            doctype = doctype[(at + 8)..];
            var declaration = doctype.TrimStart();
            var nameEnd = declaration.IndexOfAny(" \t\r\n");
            if (nameEnd is <= 0 or > LongestName || declaration[0] == '%') continue;
            var value = declaration[nameEnd..].TrimStart();
            if (value.IsEmpty || value[0] is not ('"' or '\'')) continue;
            var close = value[1..].IndexOf(value[0]);
            if (close is < 0 or > MaxValue) continue;
            _declared.TryAdd(declaration[..nameEnd].ToString(), value.Slice(1, close).ToString());
        }
    }

    /// <summary>The text with its references decoded and its control characters gone.</summary>
    public string Decode(ReadOnlySpan<char> text, LenientBuilder builder)
    {
        var ampersand = text.IndexOf('&');
        if (ampersand < 0) return Controls.Strip(text.ToString(), builder);
        var decoded = new StringBuilder(text.Length);
        while (ampersand >= 0)
        {
            decoded.Append(text[..ampersand]);
            text = text[ampersand..];
            var length = Reference(text, decoded, builder);
            if (length == 0)
            {
                builder.Note("bare & read as text");
                decoded.Append('&');
                length = 1;
            }

            text = text[length..];
            ampersand = text.IndexOf('&');
        }

        return Controls.Strip(decoded.Append(text).ToString(), builder);
    }

    private int Reference(ReadOnlySpan<char> text, StringBuilder decoded, LenientBuilder builder)
    {
        if (text.Length > 2 && text[1] == '#') return Numeric(text, decoded, builder);
        var end = text[..Math.Min(text.Length, LongestName)].IndexOf(';');
        if (end < 2) return 0;
        var name = text[1..end];
        switch (name)
        {
            case "amp": decoded.Append('&'); return end + 1;
            case "lt": decoded.Append('<'); return end + 1;
            case "gt": decoded.Append('>'); return end + 1;
            case "quot": decoded.Append('"'); return end + 1;
            case "apos": decoded.Append('\''); return end + 1;
        }

        if (Named(name) is not { } value) return 0;
        builder.Note("undeclared entities read as HTML's");
        decoded.Append(value);
        return end + 1;
    }

    private string? Named(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')) return null;
        }

        if (_declared.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var own))
        {
            if (_expanded > MaxExpansion) return null;
            _expanded += own.Length;
            return System.Net.WebUtility.HtmlDecode(own);
        }

        return HtmlEntityProvider.Resolver.GetSymbol(name.ToString() + ";");
    }

    private static int Numeric(ReadOnlySpan<char> text, StringBuilder decoded, LenientBuilder builder)
    {
        var isHex = text[2] is 'x' or 'X';
        var digits = text[(isHex ? 3 : 2)..Math.Min(text.Length, 12)];
        var length = isHex ? digits.IndexOfAnyExcept(HexDigits) : digits.IndexOfAnyExceptInRange('0', '9');
        if (length < 0) length = digits.Length;
        if (length == 0) return 0;
        var code = int.TryParse(digits[..length], isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : -1;
        var end = (isHex ? 3 : 2) + length;
        if (end < text.Length && text[end] == ';') end++;
        if (NumericReference.IsFirstHalf(code) && NumericReference.Read(text[end..], out var second) is > 0 and var more
            && NumericReference.IsSecondHalf(second))
        {
            builder.Note("characters written as two references joined");
            decoded.Append((char)code).Append((char)second);
            return end + more;
        }

        if (Rune.IsValid(code) && code != 0) decoded.Append(new Rune(code).ToString());
        else if (code != 0) builder.Note("references to no character left out");
        return end;
    }

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
