namespace Ingest.Pages.Body.Blocks.Runs;

/// <summary>Tells line breaks that are meant to be seen, in lists, verses and code, from those that only end a line of running text.</summary>
internal static class LineBreaks
{
    private const int FewestLines = 3;
    private const int LongestItem = 80;
    private const int ShortestWrapped = 50;

    /// <summary>The text with a line feed where a line ends that is one, and with a space for any other line feed.</summary>
    /// <param name="text">Lines parted by line feeds.</param>
    /// <param name="preformatted">Whether it is shown as it is written.</param>
    public static string Meant(string text, bool preformatted)
    {
        if (!text.Contains('\n', StringComparison.Ordinal)) return text;
        return (preformatted ? !IsWrapped(text) : IsList(text)) ? text : text.Replace('\n', ' ');
    }

    // Mail and old text files end each line where the next word does not fit.
    private static bool IsWrapped(string text)
    {
        int letters = 0, shortest = int.MaxValue, longest = 0;
        foreach (var c in text)
        {
            if (char.IsLetter(c) || c is ' ' or '\n') letters++;
        }

        for (var at = 0; text.IndexOf('\n', at) is >= 0 and var end; at = end + 1)
            (shortest, longest) = (Math.Min(shortest, end - at), Math.Max(longest, end - at));
        return longest >= ShortestWrapped && shortest >= longest * 0.6 && letters >= text.Length * 0.85;
    }

    // Several short lines, few of which are sentences.
    private static bool IsList(string text)
    {
        int lines = 0, sentences = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            if (line.Length > LongestItem) return false;
            lines++;
            if (line[^1] is '.' or '!' or '?' or '。') sentences++;
        }

        return lines >= FewestLines && sentences * 2 <= lines;
    }
}
