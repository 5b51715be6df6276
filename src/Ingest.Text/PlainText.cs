using System.Text;

namespace Ingest.Text;

/// <summary>Text as the dated-article format wants it: NFC, no controls, white space folded, paragraphs separated by one blank line.</summary>
public static class PlainText
{
    private static readonly char[] LineBreaks = ['\n', '\r'];

    /// <summary>One line: every run of white space is one space, ends trimmed; never null. Text that is in this form already is returned itself.</summary>
    public static string Line(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var folded = IsFolded(text) ? text : Fold(text);

        // Last, because dropping a character can bring a base and its combining mark together, and because Normalize throws on lone
        // surrogates and on U+FFFE. No canonical composition or decomposition makes white space or a dropped character.
        return IsComposed(folded) ? folded : MarkRuns.Split(folded).Normalize(NormalizationForm.FormC);
    }

    /// <summary>Paragraphs, each as <see cref="Line"/> makes it; empty ones left out. A line break is a paragraph break.</summary>
    public static IEnumerable<string> Paragraphs(string? text) =>
        (text ?? "").Split(LineBreaks, StringSplitOptions.RemoveEmptyEntries).Select(Line).Where(static line => line.Length > 0);

    /// <summary>The body form: <see cref="Paragraphs"/> joined by one blank line. Text that is in this form already is returned itself.</summary>
    public static string Body(string? text) => text is not null && IsBody(text) ? text : string.Join("\n\n", Paragraphs(text));

    private static bool IsBody(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var end = rest.IndexOfAny(LineBreaks);
            var paragraph = end < 0 ? rest : rest[..end];
            if (paragraph.IsEmpty || !IsFolded(paragraph)) return false;
            if (end < 0) break;
            if (!rest[end..].StartsWith("\n\n") || rest.Length == end + 2) return false;
            rest = rest[(end + 2)..];
        }

        return IsComposed(text);
    }

    // Nothing below the combining marks ever changes.
    private static bool IsComposed(string text)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange('\0', '\u02FF');
        if (first < 0) return true;
        foreach (var c in text.AsSpan(first))
        {
            if (c > '\u02FF' && !IsPlainLetter(c)) return !MarkRuns.AreLong(text) && text.IsNormalized(NormalizationForm.FormC);
        }

        return true;
    }

    // Letters and marks of most text that neither white space, nor normalisation, nor what is dropped has to do with: Latin, Cyrillic, dashes and quotes, kana,
    // Han and Hangul.
    private static bool IsPlainLetter(char c) =>
        c is (>= '\u00C0' and <= '\u024F') or (>= '\u0400' and <= '\u0481') or (>= '\u2010' and <= '\u2026') or (>= '\u3041' and <= '\u3096')
            or (>= '\u30A1' and <= '\u30FA')
            or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\u3001' and <= '\u3029');

    private static bool IsFolded(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyExceptInRange(' ', '~')) return text[0] != ' ' && text[^1] != ' ' && !text.Contains("  ", StringComparison.Ordinal);
        var afterSpace = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == ' ')
            {
                if (afterSpace) return false;
                afterSpace = true;
                continue;
            }

            afterSpace = false;
            if (c is > ' ' and < '\u007F' || IsPlainLetter(c)) continue;
            if (Rune.DecodeFromUtf16(text[i..], out var rune, out _) != System.Buffers.OperationStatus.Done || IsDropped(rune) || char.IsWhiteSpace(c))
                return false;
            i += rune.Utf16SequenceLength - 1;
        }

        return !afterSpace;
    }

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var pendingSpace = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                pendingSpace = folded.Length > 0;
                continue;
            }

            // No rune begins at a lone surrogate.
            if (!Rune.TryGetRuneAt(text, i, out var rune)) continue;
            if (!IsDropped(rune))
            {
                if (pendingSpace) folded.Append(' ');
                pendingSpace = false;
                folded.Append(text, i, rune.Utf16SequenceLength);
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return folded.ToString();
    }

    // C0 and C1 controls, noncharacters, zero-width spaces, soft hyphens and BOMs carry no text. Joiners (U+200C, U+200D) do:
    // Persian and emoji sequences need them.
    private static bool IsDropped(Rune rune) =>
        rune.Value is < 0x20 or (>= 0x7F and < 0xA0) or 0x00AD or 0x200B or 0x2060 or 0xFEFF or (>= 0xFDD0 and <= 0xFDEF)
        || (rune.Value & 0xFFFE) == 0xFFFE;
}
