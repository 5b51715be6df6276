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
        if (headline < 0) return [];
        return Enumerable.Range(headline + 1, container.First - headline - 1).Where(i => IsLead(excluded, blocks[i], description)).TakeLast(Most);
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
        var named = block.Region.Nearest(static region => (region.Hint & Hint.Lead) != Hint.None) is not null;
        var outHint = excluded.OutHint(block.Region) & ~Hint.Doubtful;
        if (outHint != Hint.None) return false;
        if (!named && description.Length > 40)
            named = ComparableText.Letters(block.Text) is { Length: > 40 } text
                && (text.StartsWith(description, StringComparison.Ordinal) || description.StartsWith(text, StringComparison.Ordinal));
        return named ? block.Words >= 5 : block.Words >= 12 && block.Marks > 0;
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
