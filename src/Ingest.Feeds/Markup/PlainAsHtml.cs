namespace Ingest.Feeds.Markup;

/// <summary>Plain text as HTML.</summary>
internal static class PlainAsHtml
{
    public static string Escape(string text) => text.AsSpan().IndexOfAny('&', '<', '>') < 0 ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>
    /// A text that its format has for plain, as HTML. Publishers who do not know that write HTML there; they are known by
    /// elements that are closed and by attributes.
    /// </summary>
    public static string OfStatedPlain(string text) => !text.Contains('<', StringComparison.Ordinal) || MarkupEvidence.Has(text) ? text
        : text.Replace("<", "&lt;", StringComparison.Ordinal);

    /// <summary>True when a reader of HTML would take part of the plain text for a tag or a character reference.</summary>
    public static bool LooksLikeMarkup(string text)
    {
        for (var from = 0; from < text.Length;)
        {
            var found = text.AsSpan(from).IndexOfAny('<', '&');
            if (found < 0) return false;
            from += found + 1;
            if (text[from - 1] == '<' ? IsTagStart(text.AsSpan(from)) : IsReference(text.AsSpan(from))) return true;
        }

        return false;
    }

    private static bool IsTagStart(ReadOnlySpan<char> rest) => rest.Length > 0 && (char.IsAsciiLetter(rest[0]) || rest[0] is '/' or '!' or '?');

    private static bool IsReference(ReadOnlySpan<char> rest)
    {
        var end = rest[..Math.Min(rest.Length, 12)].IndexOf(';');
        if (end < 1) return false;
        foreach (var c in rest[..end])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '#') return false;
        }

        return true;
    }
}
