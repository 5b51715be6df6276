using Ingest.Pages.Body.Blocks.Lines;
using Ingest.Pages.Body.Regions;

namespace Ingest.Pages.Body.Blocks;

/// <summary>
/// Takes out of the container what is not the article's text. A rule that looks at single blocks is a line in
/// <see cref="BlockRules"/>, one that looks at runs of them is a method called by <see cref="Apply"/>.
/// </summary>
internal sealed class BlockFilter
{
    private readonly IReadOnlyList<TextBlock> _blocks;
    private readonly string?[] _reasons;
    private readonly List<int> _inside;

    private BlockFilter(ExcludedRegions excluded, IEnumerable<int> inside)
    {
        _blocks = excluded.Page.Blocks;
        _reasons = new string?[_blocks.Count];
        _inside = [.. inside];
    }

    /// <summary>The blocks that stay, in order.</summary>
    /// <param name="excluded">The page.</param>
    /// <param name="inside">Indices of the container's blocks, in order.</param>
    /// <param name="stated">What the page says of itself.</param>
    /// <param name="explanation">Gets a line for each block dropped.</param>
    public static List<int> Apply(
        ExcludedRegions excluded, IEnumerable<int> inside, Stated stated, List<string>? explanation)
    {
        var filter = new BlockFilter(excluded, inside);
        filter.DropSingles(new BlockRules(filter._blocks, filter._inside, stated));
        filter.DropBoxes(excluded.Page);
        filter.DropGroups();
        filter.DropRepeats();
        filter.DropHouse(new AboutHouse(excluded.Page, stated.IsSite));
        filter.DropClosing(new ClosingLine(stated));
        filter.DropBoxHeads(excluded);
        filter.DropEmptyHeadings();
        if (explanation is not null) filter.Explain(excluded, explanation);
        return filter._inside.FindAll(filter.IsKept);
    }

    private void Explain(ExcludedRegions excluded, List<string> explanation)
    {
        var inside = _inside.ToHashSet();
        for (var i = 0; i < _blocks.Count; i++)
        {
            var hint = excluded.OutHint(_blocks[i].Region);
            var fate = inside.Contains(i) ? _reasons[i] ?? "kept" : hint != Hint.None ? hint.ToString() : "outside";
            explanation.Add($"body block {_blocks[i].Region.Parent}>{_blocks[i].Region} ({fate}): {Shorten(_blocks[i].Text)}");
        }
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private bool IsKept(int i) => _reasons[i] is null;

    private void DropSingles(BlockRules rules)
    {
        foreach (var i in _inside) _reasons[i] = rules.ReasonToDrop(i);
    }

    private void DropBoxes(PageText page)
    {
        var boxes = new SmallBoxes(page, _inside);
        var asking = boxes.ThatAsk(
            i => _reasons[i] is BlockRules.Request or BlockRules.SiteNote, i => _reasons[i] is BlockRules.Elsewhere, i => _reasons[i] is not null);
        foreach (var box in boxes.WithForm().Concat(boxes.WithButton()).Concat(asking).ToList())
        {
            for (var i = box.First; i < box.End; i++) _reasons[i] ??= "box that asks the reader";
        }

        foreach (var teaser in CutTeasers.Of(page, _inside))
        {
            for (var i = teaser.First; i < teaser.End; i++) _reasons[i] ??= "teaser of another";
        }
    }

    private void DropHouse(AboutHouse house)
    {
        var kept = _inside.FindAll(IsKept);
        foreach (var i in kept.Skip(house.LengthOfArticle(kept))) _reasons[i] = "about the house";
    }

    // A heading such as "Related" takes what follows with it, until prose or a heading of its rank.
    private void DropGroups()
    {
        var groups = new LinkGroups(_blocks, _inside);
        for (var at = 0; at < _inside.Count; at++)
        {
            if (!IsKept(_inside[at]) || groups.EndOf(at) is not { } end) continue;
            for (var drop = at; drop < end; drop++) _reasons[_inside[drop]] ??= "group of links";
            at = end - 1;
        }
    }

    // A pull quote repeats a sentence of the article; a mobile copy repeats all of it. What is said again in the same element under
    // another heading is meant, as are the ingredients of two recipes, and so is an item of a list that has others.
    private void DropRepeats()
    {
        const int Shortest = 40;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var lists = new Dictionary<Region, bool>();
        var heading = -1;
        foreach (var i in _inside.Where(IsKept))
        {
            var block = _blocks[i];
            if (block.Kind == BlockKind.Heading) heading = i;
            if (block.Text.Length < Shortest || seen.TryAdd(block.Text, i)) continue;
            var first = seen[block.Text];
            if (block.Kind == BlockKind.Heading && _blocks[first].Kind == BlockKind.ListItem)
            {
                // The line of a table of contents is the one too many.
                (_reasons[first], seen[block.Text]) = ("repeated", i);
                continue;
            }

            if (heading < first || !(AreSiblings(_blocks[first].Region, block.Region) || HasOthers(block))) _reasons[i] = "repeated";
        }

        bool HasOthers(TextBlock block)
        {
            const int MostItems = 40;
            if (block is not { Kind: BlockKind.ListItem, LinkChars: 0, Region.Parent: { } list } || list.End - list.First > MostItems) return false;
            if (lists.TryGetValue(list, out var has)) return has;
            var items = Enumerable.Range(list.First, list.End - list.First);
            return lists[list] = items.Any(i => !seen.TryGetValue(_blocks[i].Text, out var at) || at >= list.First);
        }
    }

    private static bool AreSiblings(Region one, Region other) =>
        one.Parent is not null && ReferenceEquals(one.Parent, other.Parent) && !ReferenceEquals(one, other) && one.Tag == other.Tag && one.Name == other.Name;

    // The last lines may tell who wrote it and where to follow them.
    private void DropClosing(ClosingLine closing)
    {
        var at = _inside.FindLastIndex(IsKept);
        while (at > 0 && _inside.FindLastIndex(at - 1, IsKept) is >= 0 and var before)
        {
            if (closing.ReasonToDrop(_blocks[_inside[at]], _blocks[_inside[before]]) is not { } reason) break;
            _reasons[_inside[at]] = reason;
            at = before;
        }
    }

    private void DropBoxHeads(ExcludedRegions excluded)
    {
        var inside = _inside.ToHashSet();
        foreach (var i in BoxHeads.Of(excluded, i => inside.Contains(i) && IsKept(i)).ToList()) _reasons[i] ??= "head of a box of links";
    }

    // What heads nothing, or nothing but a list of links: at the end, and above another heading.
    private void DropEmptyHeadings()
    {
        var (below, links, atEnd) = (0, 0, true);
        for (var at = _inside.Count - 1; at >= 0; at--)
        {
            var (i, block) = (_inside[at], _blocks[_inside[at]]);
            if (!IsKept(i))
            {
                links = _reasons[i] == BlockRules.LinkList ? links + 1 : links;
                continue;
            }

            var isHeading = block.Kind == BlockKind.Heading && (block.Marks == 0 || block.Words < 8);
            var isEmpty = isHeading ? atEnd || (links > 1 && below > 0 && block.Level >= below) : atEnd && links > 1 && IsLikeHeading(at);
            if (isEmpty) _reasons[i] = "heading without text";
            else (below, atEnd) = (isHeading ? block.Level : 0, false);
            links = 0;
        }
    }

    // A line above a list of links.
    private bool IsLikeHeading(int at)
    {
        const int MostWords = 5;
        return _blocks[_inside[at]] is { Kind: BlockKind.Text or BlockKind.Paragraph, Marks: 0, Words: <= MostWords }
            && _reasons[_inside[at + 1]] == BlockRules.LinkList;
    }
}
