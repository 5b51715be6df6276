using Ingest.Text;

namespace Ingest.Pages.Body.Blocks;

/// <summary>Finds the heading that is the article's title among the h1 of a page, which some templates write sections' headings as too.</summary>
internal static class Headline
{
    /// <summary>The first h1 that says what the title says, else the first one; -1 when there is none. Those behind it head sections.</summary>
    public static int Of(IReadOnlyList<TextBlock> blocks, IReadOnlyList<string> titles)
    {
        var first = -1;
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i] is not { Kind: BlockKind.Heading, Level: 1, Text.Length: < 300 }) continue;
            if (first < 0) first = i;
            var text = ComparableText.Letters(blocks[i].Text);
            if (text.Length > 3
                && titles.Any(title => title.Contains(text, StringComparison.Ordinal) || (title.Length > 3 && text.Contains(title, StringComparison.Ordinal))))
                return i;
        }

        return first;
    }
}
