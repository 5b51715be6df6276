using System.Collections.Frozen;
using Ingest.Text.Html;

namespace Ingest.Feeds.Markup;

/// <summary>Tells HTML from plain text that speaks of it.</summary>
internal static class MarkupEvidence
{
    /// <summary>Elements that texts are written in.</summary>
    private static readonly FrozenSet<string> OfTexts = new[]
    {
        "a", "abbr", "b", "big", "blockquote", "center", "cite", "code", "del", "div", "dl", "em", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6",
        "i", "iframe", "img", "ins", "li", "mark", "ol", "p", "pre", "q", "s", "script", "section", "small", "span", "strike", "strong", "style",
        "sub", "sup", "table", "td", "th",
        "tr", "tt", "u", "ul", "video", "audio", "article",
    }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Does the text have an element that is closed, one with an attribute that does something, or lines that are broken again and again?</summary>
    public static bool Has(string text)
    {
        var open = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var breaks = 0;
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('<', at))
        {
            if (string.CompareOrdinal(text, at, "<!--", 0, 4) == 0) return true;
            var isClosing = text[at + 1] == '/';
            var from = at + (isClosing ? 2 : 1);
            var end = from;
            while (end < text.Length && end - from < 12 && char.IsAsciiLetterOrDigit(text[end])) end++;
            at++;
            if (text.AsSpan(from, end - from) is var name && name.Equals("br", StringComparison.OrdinalIgnoreCase))
            {
                if (IsGlued(text, at - 1) && ++breaks > 1) return true;
                continue;
            }

            if (!OfTexts.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name)) continue;
            if (isClosing)
            {
                // An element that was opened right before its end is named, not used.
                if (open.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) && text[at - 2 < 0 ? 0 : at - 2] != '>') return true;
                continue;
            }

            (var attributes, at) = TagAttributes.At(text, end, text.Length);
            if (Tells(attributes)) return true;
            open.Add(name.ToString());
        }

        return false;
    }

    private static bool IsGlued(string text, int tag) => tag > 0 && text[tag - 1] is not (' ' or '\u00A0' or '(' or '"' or '\'' or '“' or '„' or '«');

    private static bool Tells(TagAttributes attributes) =>
        attributes.AreNamed() && (attributes.Value("href") ?? attributes.Value("src") ?? attributes.Value("style") ?? attributes.Value("class")
            ?? attributes.Value("dir") ?? attributes.Value("id") ?? attributes.Value("align")) is not null;
}
