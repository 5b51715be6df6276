using System.Globalization;
using System.Text;
using Ingest.Text.Languages;

namespace Ingest.Text;

/// <summary>
/// What is left of a text when nothing cosmetic counts, to compare texts with: letters and digits in lower case. White space, punctuation, quotes, dashes
/// and case make no difference.
/// </summary>
internal static class ComparableText
{
    private const int ShortestSharedWord = 3;

    /// <summary>The letters and digits alone, without a gap.</summary>
    public static string Letters(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        return string.Create(CountLetters(text), text, static (span, from) =>
        {
            var to = 0;
            foreach (var c in from)
            {
                if (char.IsLetterOrDigit(c)) span[to++] = char.ToLowerInvariant(c);
            }
        });
    }

    /// <summary>The words, separated by one space; in scripts that do not part them, the letters.</summary>
    public static string Words(string text) => Fold(text, digits: true);

    /// <summary>The same without digits: counters, clocks and prices make no difference either.</summary>
    public static string WordsWithoutDigits(string text) => Fold(text, digits: false);

    /// <summary>The words of a text in the form of <see cref="Words"/>, with how often each stands in it.</summary>
    public static Dictionary<string, int> CountWords(string words)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries)) counts[word] = counts.GetValueOrDefault(word) + 1;
        return counts;
    }

    /// <summary>The share of the shorter text's words (of three letters or more) that the other has too.</summary>
    public static double SharedWords(string left, string right)
    {
        var (first, second) = (LongWords(left), LongWords(right));
        var fewer = Math.Min(first.Count, second.Count);
        return fewer == 0 ? 0 : (double)first.Count(second.Contains) / fewer;
    }

    private static int CountLetters(string text)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) count++;
        }

        return count;
    }

    private static HashSet<string> LongWords(string text)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            var inWord = at < text.Length && char.IsLetterOrDigit(text[at]);
            if (inWord && start < 0) start = at;
            if (inWord || start < 0) continue;
            if (at - start >= ShortestSharedWord) words.Add(text[start..at]);
            start = -1;
        }

        return words;
    }

    private static string Fold(string text, bool digits)
    {
        var folded = new StringBuilder(text.Length);
        var gap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsLetter(rune) || (digits && Rune.IsDigit(rune)))
            {
                var alone = rune.IsBmp && Scripts.IsSpaceless((char)rune.Value);
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
