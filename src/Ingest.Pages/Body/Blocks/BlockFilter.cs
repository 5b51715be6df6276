using Ingest.Pages.Body.Regions;
using Ingest.Text;

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
    /// <param name="titles">What the page calls its title, as <see cref="ComparableText.Letters"/>.</param>
    /// <param name="authors">Who the page says wrote it.</param>
    /// <param name="explanation">Gets a line for each block dropped.</param>
    public static List<int> Apply(
        ExcludedRegions excluded, IEnumerable<int> inside, IReadOnlyList<string> titles, IReadOnlyList<string> authors, List<string>? explanation)
    {
        var filter = new BlockFilter(excluded, inside);
        filter.DropSingles(new BlockRules(filter._blocks, filter._inside, titles));
        filter.DropBoxes(excluded.Page);
        filter.DropGroups();
        filter.DropRepeats();
        filter.DropClosing(authors);
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
        foreach (var box in boxes.WithForm().Concat(asking).ToList())
        {
            for (var i = box.First; i < box.End; i++) _reasons[i] ??= "box that asks the reader";
        }
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
    // another heading is meant, as are the ingredients of two recipes.
    private void DropRepeats()
    {
        const int Shortest = 40;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var heading = -1;
        foreach (var i in _inside.Where(IsKept))
        {
            var block = _blocks[i];
            if (block.Kind == BlockKind.Heading) heading = i;
            if (block.Text.Length < Shortest || seen.TryAdd(block.Text, i)) continue;
            var first = seen[block.Text];
            if (heading < first || !AreSiblings(_blocks[first].Region, block.Region)) _reasons[i] = "repeated";
        }
    }

    private static bool AreSiblings(Region one, Region other) =>
        one.Parent is not null && ReferenceEquals(one.Parent, other.Parent) && !ReferenceEquals(one, other) && one.Tag == other.Tag && one.Name == other.Name;

    // The last lines may tell who wrote it and where to follow them.
    private void DropClosing(IReadOnlyList<string> authors)
    {
        for (var at = _inside.Count - 1; at > 0; at--)
        {
            var block = _blocks[_inside[at]];
            if (!IsKept(_inside[at])) continue;
            var reason = IsBio(block, authors) ? "who the author is"
                : AsksToFollow(block) ? "asks to follow"
                : IsStaffNote(block.Text) ? "who else reported"
                : null;
            if (reason is null) break;
            _reasons[_inside[at]] = reason;
        }
    }

    private static bool IsBio(TextBlock block, IReadOnlyList<string> authors) =>
        block.Text.Length < 900
            && authors.Any(
                author =>
                    author.Length > 4
                        && block.Text.AsSpan(0, Math.Min(block.Text.Length, author.Length + 12)).Contains(author, StringComparison.OrdinalIgnoreCase));

    private static bool AsksToFollow(TextBlock block) =>
        block.Text.Length < 300 && (block.LinkChars > 0 || block.Text.Contains('@', StringComparison.Ordinal))
            && block.Text[0] is not ('"' or '“' or '„' or '«')
        && Phrases.Contains(block.Text, Phrases.Calls)
        && (block.Text.Contains('@', StringComparison.Ordinal) || Phrases.AddressesReader(block.Text)
            || Phrases.BeginsSentence(block.Text, Phrases.Calls));

    // (Reporting by …; editing by …), … contributed to this report.
    private static bool IsStaffNote(string text) => text.Length < 300 && Phrases.IsStaffNote(text);

    private void DropEmptyHeadings()
    {
        for (var at = _inside.Count - 1; at >= 0; at--)
        {
            var i = _inside[at];
            if (!IsKept(i)) continue;
            if (_blocks[i].Kind != BlockKind.Heading || (_blocks[i].Marks > 0 && _blocks[i].Words >= 8)) return;
            _reasons[i] = "heading without text";
        }
    }
}
