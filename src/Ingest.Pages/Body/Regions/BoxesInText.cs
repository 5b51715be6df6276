using Ingest.Pages.Body.Regions.Names;

namespace Ingest.Pages.Body.Regions;

/// <summary>Tells boxes that are part of the running text from those that only stand in it.</summary>
internal sealed class BoxesInText(PageText page)
{
    private static readonly HashSet<string> Promotion = [.. ClassNames.Words("names-promotion")];

    /// <summary>A box between two paragraphs that has prose and leads nowhere is the article's, unless its name says more than that it is a box.</summary>
    public bool Has(Region region) =>
        region.Parent is { } parent && region.End > region.First && IsParagraphOf(parent, region.First - 1) && IsParagraphOf(parent, region.End)
            && Tells(region) && page.LinkedChars(region) * 10 <= page.Chars(region) && !IsPullQuote(region)
            && !Hints.Tokens(region.Name).Exists(Promotion.Contains);

    // In sentences, or in the long items of a list.
    private bool Tells(Region region)
    {
        const int FewestWords = 8;
        return page.Mass(region) > 0 || page.Inside(region).Count(static block => block is { IsListItem: true, Words: >= FewestWords }) > 1;
    }

    // A sentence of the text near by, said again in large letters.
    private bool IsPullQuote(Region region)
    {
        const int Near = 40;
        const int Longest = 500;
        if (region.End - region.First > 2) return false;
        var said = page.Blocks[region.End - 1].Text.AsSpan().Trim("“”\"„«»'‘’. ");
        if (said.Length > Longest) return false;
        for (var i = Math.Max(0, region.First - Near); i < Math.Min(page.Blocks.Count, region.End + Near); i++)
        {
            if ((i < region.First || i >= region.End) && page.Blocks[i].Text.AsSpan().Contains(said, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private bool IsParagraphOf(Region parent, int i) =>
        i >= 0 && i < page.Blocks.Count && page.Blocks[i] is { IsParagraph: true, Mass: > 40 } block && ReferenceEquals(block.Region.Parent, parent)
            && (block.Region.Hint & Hint.Out) == Hint.None;

    /// <summary>"PORTO, May 20 - The town pays.": the place and the day begin the text.</summary>
    public bool IsDatelined(Region region)
    {
        const int WordsOfDateline = 6;
        if (region.End != region.First + 1 || page.Blocks[region.First] is not { Marks: > 0, Words: > WordsOfDateline } block) return false;
        var dash = block.Text.AsSpan().IndexOfAny('-', '–', '—');
        return dash > 0 && block.Text[dash - 1] == ' ' && dash < block.Text.Length / 2;
    }
}
