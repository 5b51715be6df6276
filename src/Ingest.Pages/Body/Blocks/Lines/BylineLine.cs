namespace Ingest.Pages.Body.Blocks.Lines;

/// <summary>Tells the lines above or below a text that name who wrote it and when.</summary>
/// <param name="authors">Who the page says wrote it.</param>
internal sealed class BylineLine(IReadOnlyList<string> authors)
{
    private const int Longest = 120;
    private const int ShortestName = 5;
    private const int LongestRest = 25;

    /// <summary>Whether a block says nothing else. Between the paragraphs such a line would be the article's.</summary>
    public bool Is(TextBlock block)
    {
        if (block.Text.Length > Longest || block.Kind is BlockKind.Heading or BlockKind.Row) return false;
        var (phrase, end) = Phrases.Beginning(block.Text, Phrases.Bylines);
        if (phrase.Length > 0)
        {
            if (block.Marks == 0) return true;
            return (block.Words <= 6 && (Phrases.IsCertain(phrase) || !Sentence.Is(block.Text, end))) || (HasTime(block.Text) && !Sentence.Is(block.Text, end));
        }

        return IsDate(block.Text) || IsName(block);
    }

    // "Jane Doe", "Jane Doe, Porto", "Jane Doe2 minutes ago".
    private bool IsName(TextBlock block)
    {
        if (block.Marks > 0 || block.Kind == BlockKind.ListItem) return false;
        foreach (var author in authors)
        {
            if (author.Length >= ShortestName && block.Text.Length <= author.Length + LongestRest
                && block.Text.StartsWith(author, StringComparison.OrdinalIgnoreCase) && !block.Text.Contains(':', StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    // A year and an hour: nobody begins a sentence so.
    private static bool HasTime(string text)
    {
        const int FewestDigits = 6;
        return text.Count(char.IsAsciiDigit) >= FewestDigits && text.Contains(':', StringComparison.Ordinal);
    }

    // Mostly digits and the words of a date, such as 12. März 2020, 10:30 Uhr.
    private static bool IsDate(string text)
    {
        if (text.Length is < 6 or > 50 || IsWork(text)) return false;
        var digits = text.Count(char.IsAsciiDigit);
        var letters = text.Count(char.IsLetter);
        return digits >= 4 && letters <= digits * 2
            && (text.Contains("20", StringComparison.Ordinal) || text.Contains("19", StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal));
    }

    // A work and its year: Night Train (1998).
    private static bool IsWork(string text) => char.IsLetter(text[0]) && text[^1] == ')' && text.IndexOf('(', StringComparison.Ordinal) > 1;
}
