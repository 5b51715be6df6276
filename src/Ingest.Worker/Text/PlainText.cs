using System.Globalization;
using System.Text;

namespace Ingest.Worker.Text;

/// <summary>Text as the dated-article format wants it: NFC, no controls, white space folded, paragraphs parted by one blank line.</summary>
internal static class PlainText
{
    /// <summary>One line: every run of white space is one space, ends trimmed; never null.</summary>
    public static string Line(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (IsClean(text)) return text;
        var folded = new StringBuilder(text.Length);
        var pendingSpace = false;
        foreach (var rune in Normalized(text).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                pendingSpace = folded.Length > 0;
            }
            else if (!IsDropped(rune))
            {
                if (pendingSpace) folded.Append(' ');
                pendingSpace = false;
                folded.Append(rune.ToString());
            }
        }

        // Dropping a character can bring a base and its combining mark together.
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Paragraphs, each as <see cref="Line"/> makes it; empty ones left out. A line break is a paragraph break.</summary>
    public static IEnumerable<string> Paragraphs(string? text) =>
        (text ?? "").Split(LineBreaks, StringSplitOptions.RemoveEmptyEntries).Select(Line).Where(static line => line.Length > 0);

    /// <summary>The body form: <see cref="Paragraphs"/> joined by one blank line.</summary>
    public static string Body(string? text) => string.Join("\n\n", Paragraphs(text));

    // Most text needs nothing done: letters of scripts whose characters compose with none of their like, plain marks, single inner blanks.
    private static bool IsClean(string text)
    {
        var previous = ' ';
        foreach (var c in text)
        {
            var isPlain = c is (>= '!' and <= '~') or (>= '\u00A1' and <= '\u02FF' and not '\u00AD') or (>= '\u0400' and <= '\u0482') or (>= '\u2010' and <= '\u2027')
                or (>= '\u2030' and <= '\u205E') or (>= '\u3041' and <= '\u3096') or (>= '\u30A1' and <= '\u30FA') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3');
            if (!isPlain && (c != ' ' || previous == ' ')) return false;
            previous = c;
        }

        return previous != ' ';
    }

    private static readonly char[] LineBreaks = ['\n', '\r'];

    private static string Normalized(string text)
    {
        var wellFormed = HasLoneSurrogate(text) ? WithoutLoneSurrogates(text) : text;
        return wellFormed.IsNormalized(NormalizationForm.FormC) ? wellFormed : wellFormed.Normalize(NormalizationForm.FormC);
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else return true;
        }

        return false;
    }

    private static string WithoutLoneSurrogates(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                kept.Append(text[i]);
            }
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                kept.Append(text[i]).Append(text[++i]);
            }
        }

        return kept.ToString();
    }

    // C0 and C1 controls, noncharacters, zero-width spaces, soft hyphens and BOMs carry no text. Joiners (U+200C, U+200D) do:
    // Persian and emoji sequences need them.
    private static bool IsDropped(Rune rune) => rune.Value switch
    {
        0x00AD or 0x200B or 0x2060 or 0xFEFF => true,
        >= 0xFDD0 and <= 0xFDEF => true,
        _ when (rune.Value & 0xFFFE) == 0xFFFE => true,
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control,
    };
}
