using System.Globalization;
using System.Text;

namespace Ingest.Text;

/// <summary>Runs of combining marks, which normalisation sorts at a cost of the square of their length.</summary>
/// <remarks>
/// No script puts more than a few marks on a letter. Longer runs are split as the Stream-Safe Text Format has it
/// (https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format).
/// </remarks>
internal static class MarkRuns
{
    private const int Longest = 30;
    private static readonly Rune Joiner = new(0x034F);

    public static bool AreLong(ReadOnlySpan<char> text)
    {
        var run = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            run = IsMark(rune) ? run + 1 : 0;
            if (run > Longest) return true;
        }

        return false;
    }

    /// <summary>
    /// The text, which has no lone surrogates, with a combining grapheme joiner after every 30 marks in a row; the text itself where no run is as long.
    /// </summary>
    public static string Split(string text)
    {
        if (!AreLong(text)) return text;
        var spaced = new StringBuilder(text.Length + (text.Length / Longest));
        var run = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            run = IsMark(rune) ? run + 1 : 0;
            if (run > Longest)
            {
                spaced.Append(Joiner.ToString());
                run = 1;
            }

            spaced.Append(rune.ToString());
        }

        return spaced.ToString();
    }

    private static bool IsMark(Rune rune) =>
        rune.Value > 0x02FF && rune != Joiner
            && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
