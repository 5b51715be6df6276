namespace Ingest.Worker.Pages.Body;

/// <summary>Finds the standfirst that stands between the headline and the container.</summary>
internal static class LeadRecovery
{
    private const int Most = 3;

    /// <summary>Indices of up to three paragraphs before the container, in order.</summary>
    public static IEnumerable<int> Before(Layout layout, Container container)
    {
        var blocks = layout.Page.Blocks;
        var headline = -1;
        for (var i = container.First - 1; i >= 0 && headline < 0; i--)
        {
            if (blocks[i] is { Kind: BlockKind.Heading, Level: 1 }) headline = i;
        }

        if (headline < 0) return [];
        return Enumerable.Range(headline + 1, container.First - headline - 1).Where(i => IsLead(layout, blocks[i])).TakeLast(Most);
    }

    private static bool IsLead(Layout layout, TextBlock block)
    {
        if (block.LinkShare > 0.3 || block.Kind == BlockKind.ListItem) return false;
        var named = block.Region.Nearest(static region => (region.Hint & Hint.Lead) != Hint.None) is not null;
        var outHint = layout.OutHint(block.Region) & ~Hint.Doubtful;
        if (outHint != Hint.None) return false;
        return named ? block.Words >= 5 : block.Words >= 12 && block.Marks > 0 && block.Kind != BlockKind.Heading;
    }
}
