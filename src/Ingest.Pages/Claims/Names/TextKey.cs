using System.Text;

namespace Ingest.Pages.Claims.Names;

/// <summary>What is left of a text when only its letters and digits count: for telling whether two texts are the same words.</summary>
internal static class TextKey
{
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var key = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) key.Append(char.ToLowerInvariant(c));
        }

        return key.ToString();
    }

    /// <summary>The share of the shorter text's words (of three letters or more) that the other has too.</summary>
    public static double SharedWords(string left, string right)
    {
        var (first, second) = (Words(left), Words(right));
        var fewer = Math.Min(first.Count, second.Count);
        return fewer == 0 ? 0 : (double)first.Count(second.Contains) / fewer;
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            var inWord = at < text.Length && char.IsLetterOrDigit(text[at]);
            if (inWord && start < 0) start = at;
            if (inWord || start < 0) continue;
            if (at - start >= 3) words.Add(text[start..at]);
            start = -1;
        }

        return words;
    }
}
