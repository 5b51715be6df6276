using System.Globalization;
using System.Text;

namespace Ingest.Worker.Text;

/// <summary>Counts words: runs of letters and digits; in scripts without spaces between words, their letters.</summary>
internal static class WordCount
{
    /// <summary>The number of words; apostrophes, hyphens and combining marks inside a word do not part it.</summary>
    public static int Of(string text)
    {
        var words = 0;
        var inWord = false;
        for (var i = 0; i < text.Length; i++)
        {
            // Most text is ASCII, and need not be taken apart into runes.
            if (char.IsAscii(text[i]))
            {
                var isLetter = char.IsAsciiLetterOrDigit(text[i]);
                if (isLetter && !inWord) words++;
                inWord = isLetter || (inWord && text[i] is '\'' or '-' or '_');
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            i += length - 1;
            if (Rune.IsLetterOrDigit(rune))
            {
                var isWord = IsIdeographic(rune.Value);
                if (isWord || !inWord) words++;
                inWord = !isWord;
            }
            else if (!Joins(rune))
            {
                inWord = false;
            }
        }

        return words;
    }

    private static bool Joins(Rune rune) =>
        rune.Value is '’' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Han, kana, Thai, Lao, Khmer, Myanmar.
    private static bool IsIdeographic(int value) =>
        value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)
            or (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);
}
