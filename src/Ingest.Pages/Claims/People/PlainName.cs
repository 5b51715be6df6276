namespace Ingest.Pages.Claims.People;

/// <summary>Knows texts that may be a full name although nothing announces it.</summary>
internal static class PlainName
{
    private const int Shortest = 5;
    private const int Longest = 40;
    private const int MostWords = 3;

    /// <summary>A cheap look, for every text of a page: two or three words, each with a capital first.</summary>
    public static bool MayBe(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length is < Shortest or > Longest || !char.IsUpper(text[0])) return false;
        var words = 1;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i - 1] == ' ')
            {
                if (!char.IsUpper(text[i]) || ++words > MostWords) return false;
            }
            else if (!char.IsLetter(text[i]) && text[i] is not (' ' or '.' or '-' or '\'' or '’'))
            {
                return false;
            }
        }

        return words > 1;
    }

    /// <summary>
    /// Whether a name is sure to be a person's where nothing announces it: "PAID CONTENT" and "Book of the Week" stand there too.
    /// </summary>
    public static bool Is(string name) =>
        IsEastAsian(name) || (Byline.IsPerson(name) && !Byline.IsInstitution(name) && name.Split(' ') is { Length: <= MostWords } words
            && Array.TrueForAll(words, static word => char.IsUpper(word[0]) && (word.Any(char.IsLower) || word.EndsWith('.'))));

    private static bool IsEastAsian(string name) => EastAsianNames.IsIn(name) && EastAsianNames.IsFull(name);
}
