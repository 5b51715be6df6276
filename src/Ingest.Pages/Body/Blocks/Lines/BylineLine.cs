using System.Buffers;
using Ingest.Text.Languages;

namespace Ingest.Pages.Body.Blocks.Lines;

/// <summary>Tells the lines above or below a text that name who wrote it and when.</summary>
/// <param name="authors">Who the page says wrote it.</param>
internal sealed class BylineLine(IReadOnlyList<string> authors)
{
    private const int Longest = 120;
    private const int ShortestName = 5;
    private const int LongestRest = 25;
    private const int LongestReporter = 25;

    private static readonly string[] Separators = [" | ", "|", " · ", " • ", " - ", " – ", " — ", " / "];
    private static readonly SearchValues<char> Parting = SearchValues.Create("|·•-–—/");
    private static readonly SearchValues<char> Counting = SearchValues.Create("0123456789.,k+");
    private static readonly SearchValues<string> Reporters = SearchValues.Create(Language.Words(LanguageKey.Reporters), StringComparison.Ordinal);

    /// <summary>Whether a block says nothing else. Between the paragraphs such a line would be the article's.</summary>
    public bool Is(TextBlock block) => IsLine(block) && (Names(block) || IsDate(block.Text) || IsNumber(block) || IsDated(block) || IsSource(block));

    /// <summary>Whether a block says nothing but who wrote it, or begins as such lines do.</summary>
    public bool Names(TextBlock block)
    {
        if (!IsLine(block)) return false;
        var (phrase, end) = Phrases.Beginning(block.Text, Phrases.Bylines);
        if (phrase.Length == 0) return IsName(block) || IsReporter(block);
        if (block.Marks == 0) return true;
        return (block.Words <= 6 && (Phrases.IsCertain(phrase) || !Sentence.Is(block.Text, end))) || (HasTime(block.Text) && !Sentence.Is(block.Text, end));
    }

    private static bool IsLine(TextBlock block) => block.Text.Length <= Longest && block.Kind is not (BlockKind.Heading or BlockKind.Row);

    /// <summary>Whether a line's words behind the first begin with capitals or digits, but for one that joins them.</summary>
    public static bool IsOfNames(string text)
    {
        var (first, small) = (true, 0);
        foreach (var range in text.AsSpan().Split(' '))
        {
            var word = text.AsSpan(range);
            if (!first && !word.IsEmpty && char.IsLower(word[0]) && (word.Length > 3 || ++small > 1)) return false;
            first = false;
        }

        return true;
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

    // How often something was read or shared.
    private static bool IsNumber(TextBlock block) =>
        block.Kind != BlockKind.ListItem && block.Text.Length <= 6 && !block.Text.AsSpan().ContainsAnyExcept(Counting);

    // 记者 王芳: where names have no capitals, the word before them tells.
    private static bool IsReporter(TextBlock block) =>
        block.Marks == 0 && block.Text.Length <= LongestReporter && block.Text.AsSpan().ContainsAny(Reporters);

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

    // "Source: an agency".
    private static bool IsSource(TextBlock block) =>
        block is { Words: <= 5, Marks: 0 } && Phrases.Beginning(block.Text, Phrases.StaffNotes).Phrase is [.., ':'];

    // "24 April 2020 | News", "5/10/2018 - Posted by: Jane Doe - Category: Health": a date, and beside it names, labels and links to sections.
    private static bool IsDated(TextBlock block)
    {
        const int MostWords = 3;
        var (dates, clocks, plain) = (0, 0, 0);
        foreach (var part in block.Text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IsDate(part)) dates++;
            else if (IsClock(part) || Phrases.Contains(part, Phrases.ReadingTimes)) clocks++;
            else if (part.Any(char.IsAsciiDigit) || (TextBlock.EndsSentence(part, part.Length - 1) && !part.EndsWith("..", StringComparison.Ordinal)))
                return false;
            else if (!Phrases.Begins(part, Phrases.Bylines))
            {
                var spaces = part.Count(static c => c == ' ');
                if (spaces >= MostWords && clocks < 2) return false;
                if (spaces > 0) plain += part.Length;
            }
        }

        return dates == 1 && block.Text.AsSpan().IndexOfAny(Parting) > 0 && (clocks > 1 || plain <= block.LinkChars);
    }

    // "10:30", "10.30 Uhr"
    private static bool IsClock(string text) =>
        text.Length <= 9 && char.IsAsciiDigit(text[0]) && text.AsSpan(1, Math.Min(2, text.Length - 1)).ContainsAny(':', '.');

    // A work and its year: Night Train (1998).
    private static bool IsWork(string text) => char.IsLetter(text[0]) && text[^1] == ')' && text.IndexOf('(', StringComparison.Ordinal) > 1;
}
