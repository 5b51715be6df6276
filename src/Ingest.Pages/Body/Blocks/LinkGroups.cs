namespace Ingest.Pages.Body.Blocks;

/// <summary>Finds groups of links: a heading such as "Related" and what follows it, until prose or a heading of its rank.</summary>
/// <remarks>Every line of a page may head one that goes to its end, so ends and sums are kept and not looked for again.</remarks>
internal sealed class LinkGroups
{
    private const int LongestHeading = 80;
    private const int LongestLine = 60;
    private const double FewLinks = 0.3;

    private readonly IReadOnlyList<TextBlock> _blocks;
    private readonly List<int> _inside;

    // Up to each block: characters, characters of links, and blocks that say something.
    private readonly (long Chars, long Links, int Saying)[] _before;

    // By the level of the heading, 0 for a line that only looks like one: where the last group looked at ends.
    private readonly Dictionary<int, int> _ends = [];

    /// <summary>Groups among the blocks of a container.</summary>
    /// <param name="blocks">The blocks of the page.</param>
    /// <param name="inside">Indices of the container's blocks, in order.</param>
    public LinkGroups(IReadOnlyList<TextBlock> blocks, List<int> inside)
    {
        (_blocks, _inside) = (blocks, inside);
        _before = new (long Chars, long Links, int Saying)[inside.Count + 1];
        for (var at = 0; at < inside.Count; at++)
        {
            var block = At(at);
            var says = block.Kind == BlockKind.Row || block.Marks > 0 ? 1 : 0;
            _before[at + 1] = (_before[at].Chars + block.Text.Length, _before[at].Links + block.LinkChars, _before[at].Saying + says);
        }
    }

    /// <summary>How many blocks were looked at to find where groups end.</summary>
    public int Steps { get; private set; }

    /// <summary>The place behind the group that a place of the container heads; null when it heads none. Places are to be asked in order.</summary>
    public int? EndOf(int at)
    {
        var heading = At(at);
        var isHeading = heading.Kind == BlockKind.Heading;
        if (heading.Text.Length > LongestHeading || (!isHeading && (heading.Text.Length >= LongestLine || heading.Marks > 0))) return null;
        var sign = Phrases.SignOfGroup(heading.Text);
        if (sign == GroupSign.None) return null;
        var end = Next(heading, at + 1);
        if (end == at + 1 && (!isHeading || (end < _inside.Count && At(end).Kind != BlockKind.Heading))) return null;
        return IsGroup(sign, at + 1, end) ? end : null;
    }

    private TextBlock At(int at) => _blocks[_inside[at]];

    // What ends one group ends all of the same rank that begin before it.
    private int Next(TextBlock heading, int from)
    {
        var rank = heading.Kind == BlockKind.Heading ? heading.Level : 0;
        if (_ends.TryGetValue(rank, out var end) && end >= from) return end;
        for (end = from; end < _inside.Count && !Ends(heading, At(end)); end++) Steps++;
        return _ends[rank] = end;
    }

    // "Latest figures" and "Share of the vote" are the article's where what follows is no links.
    private bool IsGroup(GroupSign sign, int first, int end)
    {
        if (sign == GroupSign.Whole) return true;
        var (chars, links) = (_before[end].Chars - _before[first].Chars, _before[end].Links - _before[first].Links);
        return sign == GroupSign.Word ? chars > 0 && links >= FewLinks * chars : links > 0 || _before[end].Saying == _before[first].Saying;
    }

    private static bool Ends(TextBlock heading, TextBlock block) =>
        (heading.Kind != BlockKind.Heading && block.LinkShare < FewLinks && block.Words >= 4)
        || (block.Kind == BlockKind.Heading && heading.Kind == BlockKind.Heading && block.Level <= heading.Level && block.LinkShare < 0.5)
        || (block.Mass >= 100 && block.LinkShare < FewLinks);
}
