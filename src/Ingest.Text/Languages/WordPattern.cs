using System.Text.RegularExpressions;

namespace Ingest.Text.Languages;

/// <summary>
/// Regular expressions over the words of all languages. What repeats in them ends where a word begins, so their time is linear in a line's length. Those
/// that never go back would be so whatever the pattern is, and hold automata of tens of megabytes for it.
/// </summary>
internal static class WordPattern
{
    /// <summary>An expression without regard to case.</summary>
    public static Regex Of(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    /// <summary>One of the values of the keys.</summary>
    public static string Any(params ReadOnlySpan<string> keys) => AnyOf(Language.Words(keys));

    /// <summary>One of the words, the longest that fits. Blanks may stand before a colon at a word's end.</summary>
    public static string AnyOf(IEnumerable<string> words) =>
        $"({string.Join('|', words.OrderByDescending(static word => word, StringComparer.OrdinalIgnoreCase).Select(
            static word => word.EndsWith(':') ? $@"{Regex.Escape(word[..^1])}\s*:" : Regex.Escape(word)))})";
}
