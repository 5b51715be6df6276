
namespace Ingest.Pages.Body.Blocks;

/// <summary>Finds what a live blog says of each entry, such as "21 mins ago" or "10:45 Ann Example": short lines with digits in elements of one name.</summary>
internal static class EntryTimes
{
    private const int Longest = 45;
    private const int MostWords = 7;
    private const int FewestEntries = 3;

    /// <summary>The blocks that are not such lines.</summary>
    public static IEnumerable<int> Without(IReadOnlyList<TextBlock> blocks, List<int> inside)
    {
        var times = inside.Where(i => blocks[i].Region.Name.Length > 0).GroupBy(i => (blocks[i].Region.Tag, blocks[i].Region.Name))
            .Where(group => group.Count() >= FewestEntries && group.All(i => IsTime(blocks[i]))).SelectMany(static group => group).ToHashSet();
        return inside.Where(i => !times.Contains(i));
    }

    private static bool IsTime(TextBlock block) =>
        block.Kind is BlockKind.Text or BlockKind.Paragraph && block.Text.Length <= Longest && block.Words <= MostWords && block.Marks == 0
            && block.Text.AsSpan().ContainsAnyInRange('0', '9');
}
