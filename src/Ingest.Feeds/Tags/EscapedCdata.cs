using System.Text;

namespace Ingest.Feeds.Tags;

/// <summary>CDATA sections whose marks were escaped, or put into another section, and so became part of the text.</summary>
internal static class EscapedCdata
{
    private const string Opening = "<![CDATA[";
    private const string Closing = "]]>";
    private const string EscapedOpening = "&lt;![CDATA[";
    private const string EscapedClosing = "]]&gt;";

    // Marks within marks within marks are no slip of a template any more.
    private const int MaxLayers = 4;

    /// <summary>What the sections hold, where the text begins with one; else the text itself.</summary>
    public static string Unwrap(string text)
    {
        for (var layer = 0; layer < MaxLayers; layer++)
        {
            var trimmed = text.AsSpan().Trim();
            if (trimmed.Length == 0 || trimmed[0] is not ('<' or '&')) return text;
            var inner = trimmed.StartsWith(Opening, StringComparison.OrdinalIgnoreCase) ? Without(trimmed, Opening, Closing)
                : trimmed.StartsWith(EscapedOpening, StringComparison.OrdinalIgnoreCase) ? Without(trimmed, EscapedOpening, EscapedClosing)
                : null;
            if (inner is null) return text;
            text = inner;
        }

        return text;
    }

    // Null where the first section is blank and text follows: that one is about CDATA.
    private static string? Without(ReadOnlySpan<char> text, string opening, string closing)
    {
        var inner = new StringBuilder(text.Length);
        for (var isFirst = true; text.IndexOf(opening, StringComparison.OrdinalIgnoreCase) is >= 0 and var start; isFirst = false)
        {
            inner.Append(text[..start]);
            text = text[(start + opening.Length)..];
            var end = text.IndexOf(closing);
            if (end < 0) break;
            if (isFirst && text[..end].IsWhiteSpace() && end + closing.Length < text.Length) return null;
            inner.Append(text[..end]);
            text = text[(end + closing.Length)..];
        }

        return inner.Append(text).ToString();
    }
}
