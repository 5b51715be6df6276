using System.Buffers;
namespace Ingest.Pages.Body.Blocks.Lines;

/// <summary>Tells captions and credits of pictures that stand among the paragraphs.</summary>
internal static class CreditLine
{
    private const int Longest = 250;
    private const int Near = 12;
    private static readonly SearchValues<char> Numbering = SearchValues.Create(" 0123456789");
    private const int MostWords = 25;

    // What is written small below the text.
    private const int LowHeading = 4;

    /// <summary>Whether a block says nothing but what a picture shows or who made it.</summary>
    public static bool Is(TextBlock block)
    {
        if (block.Text.Length >= Longest || block.Marks > 2) return false;
        if (block.IsHeading) return block.Level >= LowHeading && (EndsInCredit(block.Text) || IsCopyright(block.Text, "©") || BeginsCredit(block.Text));
        if (IsUnderPicture(block) || EndsInCredit(block.Text)) return true;
        if (BeginsCredit(block.Text)) return true;
        var (phrase, end) = Phrases.Beginning(block.Text, Phrases.Credits);
        return phrase.Length > 1 ? !Sentence.Is(block.Text, end) : IsCopyright(block.Text, "©") || IsCopyright(block.Text, "(c)");
    }

    /// <summary>Whether a block in italics below a picture is its caption, which may be a sentence. The first of a text may be its standfirst.</summary>
    public static bool IsInItalics(TextBlock block) =>
        block is { IsEmphasized: true, Marks: <= 1, Words: <= MostWords } && block.LinkShare < 0.5 && block.Text[^1] is not (':' or '?' or '!');

    private static bool BeginsCredit(string text)
    {
        var (phrase, end) = Phrases.Beginning(text, Phrases.Credits);
        return phrase.Length > 0 && (HasColon(phrase) || HasColon(text.AsSpan(end, Math.Min(Near, text.Length - end))));
    }

    // A picture and a line that is no sentence share an element, and nothing else stands in it.
    private static bool IsUnderPicture(TextBlock block)
    {
        const int FewestWords = 3;
        return block is { IsUnderPicture: true, Kind: BlockKind.Text or BlockKind.Paragraph, Marks: 0, Words: >= FewestWords and <= MostWords, LinkChars: 0 }
            && block.Region.End == block.Region.First + 1 && block.Text[^1] != ':' && !IsField(block.Text);
    }

    // "Title: The Orchard", beside the picture of a book.
    private static bool IsField(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !text.AsSpan(0, colon).ContainsAny(Numbering);

    // "The orchard after the storm — Photo: Jane Doe/Agency", "The orchard (Photo: Agency)".
    private static bool EndsInCredit(string text)
    {
        const int LongestOwner = 60;
        for (var at = text.AsSpan().LastIndexOfAny("—–-(|"); at > 0 && text.Length - at <= LongestOwner;)
        {
            var (phrase, end) = Phrases.Beginning(text[at..], Phrases.Credits);
            if (phrase.Length > 1 && (HasColon(phrase) || (at + end < text.Length && HasColon(text.AsSpan(at + end, 1)))))
                return text[at] != '(' || text[^1] == ')' || text.EndsWith(").", StringComparison.Ordinal);
            at = text.AsSpan(0, at).LastIndexOfAny("—–-(|");
        }

        return false;
    }

    private static bool HasColon(ReadOnlySpan<char> text) => text.ContainsAny(':', '：');

    // "(c) Jane Doe", but not 501(c)(3), "under (c) of the treaty" or the third of a list.
    private static bool IsCopyright(string text, string sign)
    {
        var at = text.IndexOf(sign, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || (at > 0 && char.IsLetterOrDigit(text[at - 1])) || text.Contains("(b)", StringComparison.OrdinalIgnoreCase)) return false;
        var owner = text.AsSpan(at + sign.Length).TrimStart();
        return owner.IsEmpty || at == 0 || (owner[0] != '(' && !Sentence.Is(text));
    }
}
