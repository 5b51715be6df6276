using Ingest.Pages.Body.Blocks;
using Ingest.Pages.Body.Regions;
using Ingest.Text;

namespace Ingest.Pages.Body;

/// <summary>Finds the standfirst that stands between the headline and the container.</summary>
internal static class LeadRecovery
{
    private const int Most = 3;

    /// <summary>Indices of up to three paragraphs before the container, in order.</summary>
    /// <param name="excluded">The page.</param>
    /// <param name="container">Where the body begins.</param>
    /// <param name="titles">What the page calls its title, as <see cref="ComparableText.Letters"/>.</param>
    /// <param name="description">How the page describes itself, as <see cref="ComparableText.Letters"/>; empty when it does not.</param>
    public static IEnumerable<int> Before(ExcludedRegions excluded, Container container, IReadOnlyList<string> titles, string description)
    {
        var blocks = excluded.Page.Blocks;
        var headline = Headline(excluded, container.First, titles);
        if (headline < 0) return InHeader(excluded, container, titles, description);
        var inside = container.Parts.SelectMany(static part => Enumerable.Range(part.First, part.End - part.First))
            .Where(i => !excluded.IsOut(i)).Select(i => blocks[i].Text).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(headline + 1, container.First - headline - 1)
            .Where(i => !inside.Contains(blocks[i].Text))
            .Where(i => IsLead(excluded, blocks[i], description) || IsSecondHeading(excluded, headline, i, titles))
            .TakeLast(Most);
    }

    // What is named so in the article's own header, which is out otherwise.
    private static IEnumerable<int> InHeader(ExcludedRegions excluded, Container container, IReadOnlyList<string> titles, string description)
    {
        const int Near = 12;
        var blocks = excluded.Page.Blocks;
        var from = container.First;
        var most = Math.Min(container.End, from + Near);
        while (from < most && blocks[from] is not { Kind: BlockKind.Heading, Level: 1 }) from++;
        if (from == most || excluded.OutHint(blocks[from].Region) != Hint.Doubtful) return [];
        return Enumerable.Range(from + 1, Math.Min(Near, container.End - from - 1))
            .TakeWhile(excluded.IsOut)
            .Where(i => excluded.OutHint(blocks[i].Region) == Hint.Doubtful && !IsEcho(blocks[i], blocks[from], titles))
            .Where(i => IsNamedLead(blocks[i], description) && IsLead(excluded, blocks[i], description))
            .Take(1);
    }

    // A sentence in a heading below the headline's.
    private static bool IsSecondHeading(ExcludedRegions excluded, int headline, int i, IReadOnlyList<string> titles)
    {
        const int FewestWords = 8;
        var blocks = excluded.Page.Blocks;
        return i == headline + 1 && blocks[i] is { Kind: BlockKind.Heading, Level: 2, LinkChars: 0, Words: >= FewestWords } block
            && !excluded.IsOut(i) && !IsEcho(block, blocks[headline], titles);
    }

    // The title again, in other words or behind a kicker.
    private static bool IsEcho(TextBlock block, TextBlock headline, IReadOnlyList<string> titles)
    {
        const double Most = 0.6;
        const int ShortestWord = 4;
        if (block.Kind != BlockKind.Heading) return false;
        var words = ComparableText.Words(block.Text).Split(' ').Where(static word => word.Length >= ShortestWord).ToList();
        var known = ComparableText.Letters(headline.Text);
        bool IsSaid(string word) => known.Contains(word, StringComparison.Ordinal) || titles.Any(title => title.Contains(word, StringComparison.Ordinal));
        return words.Count(IsSaid) >= Most * words.Count;
    }

    // The nearest h1 before the container, else a heading that says what the page's title says.
    private static int Headline(ExcludedRegions excluded, int end, IReadOnlyList<string> titles)
    {
        var blocks = excluded.Page.Blocks;
        var echo = -1;
        for (var i = end - 1; i >= 0; i--)
        {
            if (blocks[i] is { Kind: BlockKind.Heading, Level: 1 } && (excluded.OutHint(blocks[i].Region) & ~Hint.Doubtful) == Hint.None) return i;
            if (echo < 0 && blocks[i].Kind == BlockKind.Heading && ComparableText.Letters(blocks[i].Text) is { Length: > 10 } text
                && titles.Any(title => title.Contains(text, StringComparison.Ordinal)))
                echo = i;
        }

        return echo;
    }

    private static bool IsLead(ExcludedRegions excluded, TextBlock block, string description)
    {
        if (block.LinkShare > 0.3 || IsBesidePicture(block.Region)) return false;
        if ((excluded.OutHint(block.Region) & ~Hint.Doubtful) != Hint.None) return false;
        return IsNamedLead(block, description) ? block.Words >= 5 : block.Words >= 12 && block.Marks > 0;
    }

    // By a name, or by what the page says of itself.
    private static bool IsNamedLead(TextBlock block, string description)
    {
        const int Shortest = 40;
        if (block.Region.Nearest(static region => (region.Hint & Hint.Lead) != Hint.None) is not null) return true;
        return description.Length > Shortest && ComparableText.Letters(block.Text) is { Length: > Shortest } text
            && (text.StartsWith(description, StringComparison.Ordinal) || description.StartsWith(text, StringComparison.Ordinal));
    }

    // Text beside a picture is its caption, whatever it is called.
    private static bool IsBesidePicture(Region region)
    {
        for (var (at, steps) = (region, 0); at is not null && steps < 2; (at, steps) = (at.Parent, steps + 1))
        {
            if (at.Tag == "figure" || Pictures.Any(picture => at.Name.Contains(picture, StringComparison.OrdinalIgnoreCase))) return true;
        }

        return false;
    }

    private static readonly string[] Pictures = ["image", "photo", "picture", "figure", "img", "video", "player", "foto", "bild"];
}
