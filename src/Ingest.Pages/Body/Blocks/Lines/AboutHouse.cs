using Ingest.Text;

namespace Ingest.Pages.Body.Blocks.Lines;

/// <summary>
/// Finds where a text ends and the house begins to speak of itself, as press releases end: "About Example Ltd" above "Example Ltd makes …", or a ruler, and
/// below it a paragraph that begins with the name of the site.
/// </summary>
/// <param name="page">The page.</param>
/// <param name="isSite">Whether a text is the name of the site.</param>
internal sealed class AboutHouse(PageText page, Predicate<string> isSite)
{
    private const int MostBlocks = 16;
    private const double MostOfText = 0.4;
    private const int LongestHead = 80;
    private const int NearBeginning = 80;
    private const int ShortestName = 3;

    /// <summary>How many blocks of the text are the article's; all of them where no house speaks of itself.</summary>
    /// <param name="text">Indices of the blocks that stay, in order.</param>
    public int LengthOfArticle(List<int> text)
    {
        var rulers = page.Regions.Where(static region => region.Tag == "hr").Select(static region => region.First).ToHashSet();
        var all = text.Sum(i => page.Blocks[i].Text.Length);
        var (length, after) = (text.Count, 0);
        for (var at = text.Count - 1; at > 0 && text.Count - at <= MostBlocks; at--)
        {
            var block = page.Blocks[text[at]];
            if ((after += block.Text.Length) > MostOfText * all) break;
            var next = at + 1 < text.Count ? page.Blocks[text[at + 1]].Text : "";
            if (Heads(block, next) || (rulers.Contains(text[at]) && BeginsWithSite(block.Text))) length = at;
            else if (block.IsHeading && Phrases.SignOfGroup(block.Text) == GroupSign.None) break;
        }

        return length;
    }

    // "About Example Ltd" and, in the next block or the same, "Example Ltd makes …"
    private static bool Heads(TextBlock block, string next)
    {
        var (phrase, end) = Phrases.Beginning(block.Text, Phrases.AboutHouses);
        if (phrase.Length == 0) return false;
        var rest = block.Text.AsSpan(end).TrimStart();
        if (rest.IsEmpty || char.IsLower(rest[0]) || !char.IsLetterOrDigit(rest[0])) return false;
        var name = rest[..(rest.IndexOfAny(' ', ',', ':') is > 0 and var length ? length : rest.Length)].TrimEnd(".:®™");
        if (name.Length < ShortestName) return false;
        var isHead = block.Text.Length <= LongestHead && block.Kind is BlockKind.Heading or BlockKind.Text or BlockKind.Paragraph && block.LinkShare < 0.9;
        return isHead ? IsSaid(next, name) : block.Kind != BlockKind.ListItem && IsSaid(rest[name.Length..], name);
    }

    private static bool IsSaid(ReadOnlySpan<char> text, ReadOnlySpan<char> name) =>
        text[..Math.Min(text.Length, NearBeginning)].Contains(name, StringComparison.OrdinalIgnoreCase);

    private bool BeginsWithSite(string text)
    {
        const int MostWords = 3;
        var end = 0;
        for (var words = 0; words < MostWords && end < text.Length; words++)
        {
            end = text.IndexOf(' ', end + 1);
            if (end < 0) return false;
            if (char.IsUpper(text[0]) && ComparableText.Letters(text[..end]).Length > ShortestName && isSite(text[..end])) return true;
        }

        return false;
    }
}
