using Ingest.Text.Html;

namespace Ingest.Feeds.Trees;

/// <summary>Frees an address from what publishing software leaves around and in it.</summary>
internal static class AddressText
{
    // A template that escapes, in a feed that escapes, in a store that had escaped already.
    private const int MostEscapes = 4;

    private static readonly string[] Ampersands = ["&amp;", "&#38;", "&#038;", "&#x26;"];

    /// <summary>The address alone: without marks and spaces around it, breaks in it, escaped ampersands, or the anchor that it is the target of.</summary>
    public static string Clean(string address)
    {
        var text = Trimmed(address);
        if (text.StartsWith('<') && text.Length <= FeedLimits.MaxLine) text = Trimmed(OfAnchor(text) ?? text);
        return Unescaped(WithoutBreaks(text));
    }

    // Copied and pasted addresses begin and end in marks that nobody sees.
    private static string Trimmed(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsNothing(text[start])) start++;
        while (end > start && IsNothing(text[end - 1])) end--;
        return start == 0 && end == text.Length ? text : text[start..end];
    }

    private static bool IsNothing(char c) =>
        char.IsWhiteSpace(c) || c is < ' ' or '\u00AD' or (>= '\u200B' and <= '\u200F')
            or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2064') or '\uFEFF';

    private static string? OfAnchor(string text)
    {
        var tag = text.IndexOf("<a", StringComparison.OrdinalIgnoreCase);
        return tag < 0 || tag + 2 >= text.Length || !char.IsWhiteSpace(text[tag + 2]) ? null
            : TagAttributes.At(text, tag + 2, text.Length).Attributes.Value("href");
    }

    // Line breaks and tabs inside an address come from wrapped XML (WHATWG URL strips them too).
    private static string WithoutBreaks(string text) =>
        text.AsSpan().ContainsAny('\r', '\n', '\t') ? string.Concat(text.Where(static c => c is not ('\r' or '\n' or '\t'))) : text;

    private static string Unescaped(string text)
    {
        for (var round = 0; round < MostEscapes && text.Length <= FeedLimits.MaxLine && HasEscape(text); round++)
        {
            foreach (var ampersand in Ampersands) text = text.Replace(ampersand, "&", StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    private static bool HasEscape(string text) =>
        text.Contains('&', StringComparison.Ordinal) && Array.Exists(Ampersands, mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
