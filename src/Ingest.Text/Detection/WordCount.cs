using System.Globalization;
using System.Text;
using Ingest.Text.Languages;

namespace Ingest.Text.Detection;

/// <summary>Counts words: runs of letters and digits; in scripts without spaces between words, their letters.</summary>
internal static class WordCount
{
    // 3 for what begins a word, 2 for what a word goes on with but does not begin with.
    private static readonly byte[] AsciiClasses =
    [
        .. Enumerable.Range(0, 128).Select(static c => (byte)(char.IsAsciiLetterOrDigit((char)c) ? 3 : c is '\'' or '-' or '_' ? 2 : 0)),
    ];

    /// <summary>The number of words; apostrophes, hyphens and combining marks inside a word do not part it.</summary>
    public static int Of(string text)
    {
        var words = 0;
        var inWord = 0;
        var classes = AsciiClasses.AsSpan();
        for (var i = 0; i < text.Length; i++)
        {
            // Most text is ASCII, and need not be taken apart into runes; nor does it branch where words end, which no processor foresees.
            if (text[i] < classes.Length)
            {
                var kind = classes[text[i]];
                words += kind & 1 & ~inWord;
                inWord = (kind | (kind >> 1 & inWord)) & 1;
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            i += length - 1;
            if (Rune.IsLetterOrDigit(rune))
            {
                var isWord = Scripts.IsSpaceless(rune);
                if (isWord || inWord == 0) words++;
                inWord = isWord ? 0 : 1;
            }
            else if (!Joins(rune))
            {
                inWord = 0;
            }
        }

        return words;
    }

    private static bool Joins(Rune rune) =>
        rune.Value is '’' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
