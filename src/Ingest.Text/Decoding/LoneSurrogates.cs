using System.Text.RegularExpressions;

namespace Ingest.Text.Decoding;

/// <summary>Halves of surrogate pairs in JSON escapes, as teasers cut inside an emoji have them; the framework's JSON reader throws on such a string.</summary>
internal static partial class LoneSurrogates
{
    // Every escape is matched whole, so that an escaped backslash before "ud83d" is none. Linear: no repetition.
    [GeneratedRegex(
        @"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Escape();

    /// <summary>The text with each lone half replaced by U+FFFD.</summary>
    public static string Replace(string json) => json.Contains("\\ud", StringComparison.OrdinalIgnoreCase)
        ? Escape().Replace(json, static match => match.Groups["lone"].Success ? "\\uFFFD" : match.Value)
        : json;
}
