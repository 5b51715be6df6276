using System.Globalization;
using Ingest.Text.Languages;

namespace Ingest.Text.Detection;

/// <summary>Tells which of seventy languages a text is written in: by its script, then by its most frequent small words and its peculiar letters.</summary>
/// <remarks>
/// A word that several languages share counts for each of them by its share, a letter that only few use counts a quarter of a word. Small words make up a third
/// and more of running text in every language, so two hundred characters suffice as a rule; of texts that have too few of them nothing is said.
/// </remarks>
public static class LanguageDetector
{
    private const int SampleLength = 4_000;
    private const double FewestHits = 3;
    private const double SmallestShare = 0.08;
    private const double SmallestLead = 1.1;

    /// <summary>The BCP 47 language of the text; null when it is too short or of no language known here.</summary>
    public static string? Detect(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, SampleLength)];
        if (Scripts.Most(text) is not { } script) return null;
        return LanguageWords.OnlyLanguage(script) ?? (LanguageWords.Of(script) is { } words ? ByWords(text, words) : null);
    }

    private static string? ByWords(ReadOnlySpan<char> text, LanguageWords words)
    {
        var scores = new double[words.Languages.Length];
        var total = 0;
        Span<char> word = stackalloc char[24];
        var length = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            var c = at < text.Length ? char.ToLowerInvariant(text[at]) : ' ';
            if (IsLetter(c))
            {
                if (length < word.Length) word[length] = c;
                length++;
                words.AddLetter(c, scores);
            }
            else if (length > 0)
            {
                total++;
                if (length < word.Length) words.AddWord(word[..length], scores);
                length = 0;
            }
        }

        return Best(scores, words, total);
    }

    private static string? Best(double[] scores, LanguageWords words, int total)
    {
        var best = Array.IndexOf(scores, scores.Max());
        var second = scores.Where((_, at) => at != best).Max();
        return scores[best] >= FewestHits && scores[best] >= total * SmallestShare && scores[best] >= second * SmallestLead ? words.Languages[best] : null;
    }

    private static bool IsLetter(char c) =>
        char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
