using System.Collections.Frozen;
using System.Globalization;
using Ingest.Pages.Body.Regions;
using Ingest.Text.Languages;

namespace Ingest.Pages.Body.Blocks;

/// <summary>A paragraph, heading, list item or table row of the page: text that a reader sees as one block.</summary>
internal sealed class TextBlock
{
    private static readonly FrozenSet<char> SentenceMarks = Language.Words(LanguageKey.SentenceMarks).Select(static mark => mark[0]).ToFrozenSet();
    private static readonly char FirstMark = SentenceMarks.Min();

    public TextBlock(string text, int linkChars, BlockKind kind, int level, Region region)
    {
        (Text, LinkChars, Kind, Level, Region) = (text, linkChars, kind, level, region);
        (Words, Marks, _unmarked) = Measure(text);
    }

    private readonly int _unmarked;

    /// <summary>White space folded, trimmed, never empty; a line feed where lines are meant to be seen.</summary>
    public string Text { get; }

    /// <summary>Characters that stand inside links.</summary>
    public int LinkChars { get; }

    public BlockKind Kind { get; }

    /// <summary>Whether a picture begins the element that it stands in.</summary>
    public bool IsUnderPicture { get; init; }

    /// <summary>Whether it is in italics from end to end, below a picture.</summary>
    public bool IsEmphasized { get; init; }

    public bool IsHeading => Kind == BlockKind.Heading;

    public bool IsParagraph => Kind == BlockKind.Paragraph;

    public bool IsListItem => Kind == BlockKind.ListItem;

    /// <summary>1 to 6 for a heading, else 0.</summary>
    public int Level { get; }

    public Region Region { get; }

    /// <summary>Words; a character of a script without spaces counts as half a word.</summary>
    public int Words { get; }

    /// <summary>Marks that end a sentence.</summary>
    public int Marks { get; }

    /// <summary>0 to 1.</summary>
    public double LinkShare => (double)LinkChars / Text.Length;

    /// <summary>How much the block says that there is running text here, in characters of prose.</summary>
    public double Mass => Kind switch
    {
        BlockKind.Heading => 0,
        _ when LinkShare > 0.5 => 0,
        _ when Words >= 10 && (Marks > 0 || EndsInSpaces) => Text.Length - LinkChars,
        _ when Words >= 20 => (Text.Length - LinkChars) * 0.5,
        _ when Marks > 0 => (Text.Length - LinkChars) * 0.3,
        _ => 0,
    };

    // Thai and Lao have no mark for the end of a sentence, but a space.
    private bool EndsInSpaces => _unmarked > Words;

    private static (int Words, int Marks, int Unmarked) Measure(string text)
    {
        int words = 0, halves = 0, marks = 0, dense = 0;
        var inWord = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (!char.IsLetterOrDigit(c) && EndsSentence(text, i))
            {
                marks++;
                inWord = false;
            }
            else if (Scripts.IsSpaceless(c))
            {
                halves++;
                if (Scripts.IsDense(c)) dense++;
                inWord = false;
            }
            else if (char.IsLetterOrDigit(c))
            {
                if (!inWord) words++;
                inWord = true;
            }
            else
            {
                inWord = inWord && (c is '\'' or '’' or '-' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark);
            }
        }

        return (words + (halves / 2), marks, halves - dense);
    }

    /// <summary>Whether the character at <paramref name="i"/> is a mark that ends a sentence there.</summary>
    public static bool EndsSentence(string text, int i) => text[i] switch
    {
        '.' or '!' or '?' or '…' or ';' => i + 1 == text.Length || text[i + 1] is ' ' or '\n' or '"' or '”' or '’' or '»' or '\'' or ')' or '“',
        var c => c >= FirstMark && SentenceMarks.Contains(c),
    };
}

/// <summary>What a block is by its tag.</summary>
internal enum BlockKind
{
    Text,
    Paragraph,
    Heading,
    ListItem,
    Row,
    Quote,
    Preformatted,
}
