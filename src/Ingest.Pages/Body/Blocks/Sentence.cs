namespace Ingest.Pages.Body.Blocks;

/// <summary>
/// Tells sentences from lines of names, dates and requests that may begin with the same words: "By then it was too late." from
/// "By Jane Doe."
/// </summary>
internal static class Sentence
{
    private const int FewestWords = 4;

    /// <summary>
    /// Whether a text ends as a sentence does and has more words, of three letters and more, than names. Where letters have no case,
    /// its length must do.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where the words begin that count.</param>
    public static bool Is(string text, int from = 0)
    {
        if (!Ends(text)) return false;
        int lower = 0, upper = 0, other = 0;
        for (var i = from; i < text.Length; i++)
        {
            if (!char.IsLetter(text[i])) continue;
            var first = i;
            while (i + 1 < text.Length && (char.IsLetter(text[i + 1]) || text[i + 1] is '\'' or '’' or '-')) i++;
            if (char.IsUpper(text[first])) upper++;
            else if (!char.IsLower(text[first])) other += i + 1 - first;
            else if (i - first >= 2) lower++;
        }

        return other > 2 * (lower + upper) ? other >= 2 * FewestWords : lower >= 2 && lower > upper;
    }

    /// <summary>Whether a text ends in a mark, quotes and brackets behind it aside.</summary>
    public static bool Ends(string text)
    {
        var end = text.AsSpan().TrimEnd("\"”“»«’')]」』 ").Length;
        return end > 0 && TextBlock.EndsSentence(text[..end], end - 1);
    }
}
