using System.Net;
using System.Text;

namespace Ingest.Text.Dates;

/// <summary>Takes dates out of the markup and the escapes that a publisher's software left around them.</summary>
internal static class MarkedText
{
    private static readonly string[] AttributesOfDates = ["datetime", "content"];

    /// <summary>Is there anything to take them out of?</summary>
    public static bool Is(ReadOnlySpan<char> text) => text.ContainsAny('<', '&', '%');

    /// <summary>The texts that may be the date, the machine's before the reader's.</summary>
    public static IEnumerable<string> Offers(string text)
    {
        if (text.Contains('%', StringComparison.Ordinal)) text = WebUtility.UrlDecode(text.Replace("+", "%2B", StringComparison.Ordinal));
        var plain = WithoutReferences(text)
            .Replace("<![CDATA[", "", StringComparison.Ordinal).Replace("]]>", "", StringComparison.Ordinal);
        if (!plain.Contains('<', StringComparison.Ordinal)) return [plain];
        var (words, tags) = Split(plain);
        return tags.SelectMany(static tag => AttributesOfDates.Select(name => Value(tag, name))).OfType<string>().Append(words);
    }

    // Twice, since what is escaped once too often is not rare.
    private static string WithoutReferences(string text) =>
        text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(WebUtility.HtmlDecode(text)) : text;

    private static (string Words, List<string> Tags) Split(string text)
    {
        var words = new StringBuilder();
        var tags = new List<string>();
        var rest = text.AsSpan();
        while (rest.IndexOf('<') is >= 0 and var open)
        {
            words.Append(rest[..open]).Append(' ');
            rest = rest[open..];
            var end = rest.IndexOf('>') is >= 0 and var close ? close + 1 : rest.Length;
            tags.Add(rest[..end].ToString());
            rest = rest[end..];
        }

        return (words.Append(rest).ToString(), tags);
    }

    private static string? Value(string tag, string attribute)
    {
        var at = tag.IndexOf(attribute, StringComparison.OrdinalIgnoreCase);
        if (at < 1 || !(char.IsWhiteSpace(tag[at - 1]) || tag[at - 1] is '"' or '\'')) return null;
        var rest = tag.AsSpan(at + attribute.Length).TrimStart();
        if (rest.IsEmpty || rest[0] != '=') return null;
        rest = rest[1..].TrimStart();
        if (rest.IsEmpty) return null;
        var isQuoted = rest[0] is '"' or '\'';
        var value = isQuoted ? rest[1..] : rest;
        var end = isQuoted ? value.IndexOf(rest[0]) : value.IndexOfAny(" \t\r\n>");
        return end < 0 ? null : value[..end].ToString();
    }
}
