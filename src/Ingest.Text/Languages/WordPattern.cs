using System.Text.RegularExpressions;

namespace Ingest.Text.Languages;

/// <summary>Regular expressions over the words of all languages. They never go back, so their time is linear whatever the words are.</summary>
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
