namespace Ingest.Pages.Body.Blocks.Lines;

/// <summary>Tells the last lines of a text that are not the article's: who wrote it, where to follow them, where it was first told.</summary>
/// <param name="stated">What the page says of itself.</param>
internal sealed class ClosingLine(Stated stated)
{
    private const int LongestLine = 300;
    private const int LongestBio = 900;

    /// <summary>What the last block of a text is called when it goes; null when it stays.</summary>
    /// <param name="block">The block.</param>
    /// <param name="before">The one before it.</param>
    public string? ReasonToDrop(TextBlock block, TextBlock before) =>
        IsBio(block) ? "who the author is"
        : AsksToFollow(block) ? "asks to follow"
        : IsStaffNote(block.Text) ? "who else reported"
        : IsAddress(block) || block.Text == stated.Url ? "address"
        : IsCopyright(block.Text) ? "copyright"
        : IsSign(block, before) ? "sign of the author"
        : Announces(block) ? "heading without text"
        : null;

    private bool IsBio(TextBlock block) =>
        block.Text.Length < LongestBio
            && stated.Authors.Any(
                author =>
                    author.Length > 4
                        && block.Text.AsSpan(0, Math.Min(block.Text.Length, author.Length + 12)).Contains(author, StringComparison.OrdinalIgnoreCase));

    private static bool AsksToFollow(TextBlock block)
    {
        const int DigitsOfPhone = 7;
        var text = block.Text;
        var hasAddress = text.Contains('@', StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal)
            || text.Count(char.IsAsciiDigit) >= DigitsOfPhone;
        return text.Length < LongestLine && (block.LinkChars > 0 || hasAddress) && text[0] is not ('"' or '“' or '„' or '«')
            && Phrases.Contains(text, Phrases.Calls) && (hasAddress || Phrases.AddressesReader(text) || Phrases.BeginsSentence(text, Phrases.Calls));
    }

    // (Reporting by …; editing by …), … contributed to this report. A source that is told at length is one of science.
    private static bool IsStaffNote(string text)
    {
        const int LongestWithColon = 100;
        if (text.Length >= LongestLine || !Phrases.IsStaffNote(text)) return false;
        return text.Length <= LongestWithColon || Phrases.Beginning(text, Phrases.StaffNotes).Phrase is not [.., ':'];
    }

    // An address and what it is: "More on that: https://…", "jane@example.org". One of a page alone is there to be read, as are those of a list.
    private static bool IsAddress(TextBlock block)
    {
        const int MostLetters = 20;
        if (block.Kind is not (BlockKind.Text or BlockKind.Paragraph) || block.Text.Length > LongestLine || block.Text[0] == '[') return false;
        int letters = 0, pages = 0, people = 0;
        foreach (var range in block.Text.AsSpan().Split(' '))
        {
            var word = block.Text.AsSpan(range);
            if (word.StartsWith("http://", StringComparison.Ordinal) || word.StartsWith("https://", StringComparison.Ordinal)) pages++;
            else if (IsPerson(word)) people++;
            else letters += word.Length;
        }

        return letters <= MostLetters && (people > 0 || (pages > 0 && letters > 0));
    }

    private static bool IsPerson(ReadOnlySpan<char> word) =>
        (word.Length > 3 && word[0] == '@') || (word.IndexOf('@') > 0 && word.LastIndexOf('.') > word.IndexOf('@'))
            || word.StartsWith("twitter.com/", StringComparison.OrdinalIgnoreCase);

    // Longer than a credit: "© 2030 Example. All rights reserved. No part of this …"
    private static bool IsCopyright(string text)
    {
        const int Longest = 450;
        var start = text.AsSpan().TrimStart("([* ");
        return text.Length < Longest && (start.StartsWith("©", StringComparison.Ordinal) || start.StartsWith("copyright", StringComparison.OrdinalIgnoreCase))
            && text.AsSpan().ContainsAnyInRange('0', '9');
    }

    // "More on that:", and nothing follows.
    private static bool Announces(TextBlock block) =>
        block is { Words: <= 7, Kind: BlockKind.Text or BlockKind.Paragraph }
            && (block.Text[^1] == ':' || (block.Marks == 0 && Phrases.SignOfGroup(block.Text) is GroupSign.Whole or GroupSign.Phrase));

    // "(dmk)", "SDA/sep", "0": below a paragraph stand initials, agencies, or a counter.
    private static bool IsSign(TextBlock block, TextBlock before)
    {
        const int LongestSign = 15;
        if (block.Kind is not (BlockKind.Text or BlockKind.Paragraph) || block.Text.Length > LongestSign || before.Mass <= 0 || block.Words == 0) return false;
        var text = block.Text.AsSpan().Trim("+ ");
        if (!text.ContainsAnyExceptInRange('0', '9')) return true;
        var isEnclosed = text[0] == '(' && text[^1] == ')';
        var sign = text.Trim("()");
        var isCapitals = sign.Length is >= 2 and <= 5;
        foreach (var c in sign)
        {
            if (!char.IsLetter(c) && c is not ('/' or ',' or '-')) return false;
            isCapitals &= char.IsUpper(c);
        }

        return isCapitals || ((isEnclosed || sign.Contains('/')) && !sign.IsEmpty);
    }
}
