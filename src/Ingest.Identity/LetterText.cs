using System.Globalization;
using System.Text;
using Ingest.Identity.Duplicates;

namespace Ingest.Identity;

/// <summary>
/// What is left of a text when nothing cosmetic counts: its letters and digits in lower case, words, and the letters of scripts that do not part themseparated
/// by one space.
/// </summary>
internal static class LetterText
{
    /// <summary>White space, punctuation, quotes, dashes and case make no difference.</summary>
    public static string Of(string text) => Fold(text, digits: true);

    /// <summary>The same without digits: counters, clocks and prices make no difference either.</summary>
    public static string WithoutDigits(string text) => Fold(text, digits: false);

    /// <summary>The hash of the letters and digits of several texts.</summary>
    public static Guid HashOf(params ReadOnlySpan<string> texts)
    {
        var folded = new string[texts.Length];
        for (var i = 0; i < texts.Length; i++) folded[i] = Of(texts[i]);
        return Fingerprint.Of(folded);
    }

    /// <summary>The words of a folded text with how often each stands in it.</summary>
    public static Dictionary<string, int> CountWords(string folded)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in folded.Split(' ', StringSplitOptions.RemoveEmptyEntries)) counts[word] = counts.GetValueOrDefault(word) + 1;
        return counts;
    }

    private static string Fold(string text, bool digits)
    {
        var folded = new StringBuilder(text.Length);
        var gap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsLetter(rune) || (digits && Rune.IsDigit(rune)))
            {
                var alone = rune.IsBmp && TokenReader.IsUnparted((char)rune.Value);
                if ((gap || alone) && folded.Length > 0) folded.Append(' ');
                gap = alone;
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else
            {
                // "don't" and "don’t" are the word "dont": apostrophes come and go.
                gap |= rune.Value is not ('\'' or '’' or 0xAD);
            }
        }

        return folded.ToString();
    }

    private static bool IsLetter(Rune rune) =>
        Rune.IsLetter(rune)
            || (
                !rune.IsAscii
                    && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.OtherNumber
                        or UnicodeCategory.LetterNumber);
}
