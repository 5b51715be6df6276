namespace Ingest.Worker.Pages.Body;

/// <summary>
/// Takes out of the container what is not the article's text. Each rule names the blocks that it drops; a rule that looks at single
/// blocks is a line in <see cref="Rules"/>, one that looks at runs of them is a method called by <see cref="Apply"/>.
/// </summary>
internal sealed class BlockFilter
{
    private static readonly (string Reason, Func<BlockFilter, int, bool> Drops)[] Rules =
    [
        ("title again", static (filter, i) => filter.IsTitle(i)),
        ("links only", static (filter, i) => filter.IsLinks(i)),
        ("link list", static (filter, i) => filter.IsInLinkList(i)),
        ("caption or credit", static (filter, i) => filter.IsCredit(i)),
        ("byline or dateline", static (filter, i) => filter.IsByline(i)),
        ("counter", static (filter, i) => filter.IsCounter(i)),
        ("leads elsewhere", static (filter, i) => filter.LeadsElsewhere(i)),
        ("asks the reader", static (filter, i) => filter.IsRequest(i)),
    ];

    private readonly IReadOnlyList<TextBlock> _blocks;
    private readonly string?[] _reasons;
    private readonly List<int> _inside;
    private readonly int _firstProse;
    private readonly int _lastProse;
    private readonly IReadOnlyList<string> _titles;
    private readonly Dictionary<Region, bool> _linkLists = [];

    private BlockFilter(Layout layout, IEnumerable<int> inside, IReadOnlyList<string> titles)
    {
        _blocks = layout.Page.Blocks;
        _reasons = new string?[_blocks.Count];
        _inside = [.. inside];
        _firstProse = _inside.Find(i => _blocks[i].Mass > 0);
        _lastProse = _inside.FindLast(i => _blocks[i].Mass > 0);
        _titles = titles;
    }

    /// <summary>The blocks that stay, in order.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="inside">Indices of the container's blocks, in order.</param>
    /// <param name="titles">What the page calls its title, as <see cref="Squeezed"/>.</param>
    /// <param name="authors">Who the page says wrote it.</param>
    /// <param name="explanation">Gets a line for each block dropped.</param>
    public static List<int> Apply(Layout layout, IEnumerable<int> inside, IReadOnlyList<string> titles, IReadOnlyList<string> authors, List<string>? explanation)
    {
        var filter = new BlockFilter(layout, inside, titles);
        filter.DropSingles();
        filter.DropGroups();
        filter.DropRepeats();
        filter.DropClosing(authors);
        filter.DropEmptyHeadings();
        if (explanation is not null) filter.Explain(layout, explanation);
        return filter._inside.FindAll(filter.IsKept);
    }

    private void Explain(Layout layout, List<string> explanation)
    {
        var inside = _inside.ToHashSet();
        for (var i = 0; i < _blocks.Count; i++)
        {
            var hint = layout.OutHint(_blocks[i].Region);
            var fate = inside.Contains(i) ? _reasons[i] ?? "kept" : hint != Hint.None ? hint.ToString() : "outside";
            explanation.Add($"body block {_blocks[i].Region.Parent}>{_blocks[i].Region} ({fate}): {Shorten(_blocks[i].Text)}");
        }
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private bool IsKept(int i) => _reasons[i] is null;

    private void DropSingles()
    {
        foreach (var i in _inside)
        {
            foreach (var (reason, drops) in Rules)
            {
                if (!drops(this, i)) continue;
                _reasons[i] = reason;
                break;
            }
        }
    }

    private bool IsTitle(int i) =>
        (_blocks[i].Kind == BlockKind.Heading && _blocks[i].Level == 1) || (_blocks[i].Text.Length < 300 && EchoesTitle(Squeezed.Of(_blocks[i].Text), i));

    // The document's title may carry the site's name too, so near the top a part of it is an echo.
    private bool EchoesTitle(string text, int i)
    {
        const int Shortest = 15;
        const int Top = 4;
        if (_titles.Contains(text)) return true;
        return text.Length >= Shortest && _blocks[i].Marks == 0 && _inside.IndexOf(i, 0, Math.Min(Top, _inside.Count)) >= 0 && _titles.Any(title => title.Contains(text, StringComparison.Ordinal));
    }

    // A link whose text is its own address is there to be read.
    private bool IsLinks(int i) => _blocks[i].Kind != BlockKind.ListItem && _blocks[i].LinkShare > 0.75 && _blocks[i].Marks < 2 && !_blocks[i].Text.StartsWith("http", StringComparison.Ordinal);

    private bool IsInLinkList(int i)
    {
        if (_blocks[i].Kind != BlockKind.ListItem) return false;
        var list = _blocks[i].Region.Nearest(static region => region.Tag is "ul" or "ol" or "dl" or "menu");
        if (list is null) return _blocks[i].LinkShare > 0.8;
        if (_linkLists.TryGetValue(list, out var known)) return known;
        int chars = 0, links = 0;
        for (var at = list.First; at < list.End; at++) (chars, links) = (chars + _blocks[at].Text.Length, links + _blocks[at].LinkChars);
        return _linkLists[list] = links > 0.6 * chars;
    }

    private bool IsCredit(int i)
    {
        var block = _blocks[i];
        if (block.Text.Length >= 250 || block.Kind == BlockKind.Heading || block.Marks > 2) return false;
        return Phrases.Begins(block.Text, Phrases.Credits) || block.Text.Contains('©', StringComparison.Ordinal) || block.Text.Contains("(c)", StringComparison.OrdinalIgnoreCase);
    }

    private bool IsByline(int i)
    {
        var block = _blocks[i];
        if (block.Text.Length > 120 || block.Kind is BlockKind.Heading or BlockKind.Row || (i > _firstProse && i < _lastProse)) return false;
        if (Phrases.Begins(block.Text, Phrases.Bylines)) return block.Marks == 0 || block.Words <= 6;
        return IsDate(block.Text);
    }

    // Mostly digits and the words of a date, such as 12. März 2020, 10:30 Uhr.
    private static bool IsDate(string text)
    {
        if (text.Length is < 6 or > 50) return false;
        var digits = text.Count(char.IsAsciiDigit);
        var letters = text.Count(char.IsLetter);
        return digits >= 4 && letters <= digits * 2 && (text.Contains("20", StringComparison.Ordinal) || text.Contains("19", StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal));
    }

    // Image 2 of 5, 1/12.
    private bool IsCounter(int i)
    {
        var text = _blocks[i].Text;
        if (text.Length > 25 || _blocks[i].Kind is not (BlockKind.Text or BlockKind.Paragraph) || !char.IsAsciiDigit(text[^1])) return false;
        var numbers = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at]) && (at == 0 || !char.IsAsciiDigit(text[at - 1]))) numbers++;
        }

        return numbers == 2 && text.Count(char.IsLetter) <= 8;
    }

    private bool LeadsElsewhere(int i)
    {
        var block = _blocks[i];
        return block.Text.Length < 250 && block.Kind != BlockKind.Heading && Phrases.Begins(block.Text, Phrases.ReadMore)
            && (block.LinkShare > 0.3 || block.Words <= 4 || block.Text.EndsWith(':'));
    }

    private bool IsRequest(int i)
    {
        var block = _blocks[i];
        return block.Text.Length < 120 && block.Kind != BlockKind.Heading && Phrases.Begins(block.Text, Phrases.Requests) && (block.Words <= 5 || block.LinkShare > 0.2);
    }

    // A heading such as "Related" takes what follows with it, until prose or a heading of its rank.
    private void DropGroups()
    {
        for (var at = 0; at < _inside.Count; at++)
        {
            var heading = _blocks[_inside[at]];
            var looksLikeHeading = heading.Kind == BlockKind.Heading || (heading.Text.Length < 60 && heading.Marks == 0);
            if (!IsKept(_inside[at]) || !looksLikeHeading || heading.Text.Length > 80 || !(Phrases.Begins(heading.Text, Phrases.GroupHeadings) || IsMoreOf(heading.Text))) continue;
            var next = at + 1;
            while (next < _inside.Count && !EndsGroup(heading, _blocks[_inside[next]])) next++;
            if (next == at + 1 && heading.Kind != BlockKind.Heading) continue;
            if (next == at + 1 && next < _inside.Count && _blocks[_inside[next]].Kind != BlockKind.Heading) continue;
            for (var drop = at; drop < next; drop++) _reasons[_inside[drop]] ??= "group of links";
            at = next - 1;
        }
    }

    // More great stories, more city news.
    private static bool IsMoreOf(string text) =>
        text.StartsWith("more ", StringComparison.OrdinalIgnoreCase) && MoreOf.Any(noun => text.EndsWith(noun, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] MoreOf = ["stories", "articles", "news", "posts", "videos", "reads", "headlines"];

    private static bool EndsGroup(TextBlock heading, TextBlock block) =>
        (heading.Kind != BlockKind.Heading && block.LinkShare < 0.3 && block.Words >= 4)
        || (block.Kind == BlockKind.Heading && heading.Kind == BlockKind.Heading && block.Level <= heading.Level && block.LinkShare < 0.5)
        || (block.Mass >= 100 && block.LinkShare < 0.3);

    // A pull quote repeats a sentence of the article; a mobile copy repeats all of it.
    private void DropRepeats()
    {
        const int Shortest = 40;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var i in _inside.Where(IsKept))
        {
            if (_blocks[i].Text.Length < Shortest) continue;
            if (!seen.Add(_blocks[i].Text)) _reasons[i] = "repeated";
        }
    }

    // The last lines may tell who wrote it and where to follow them.
    private void DropClosing(IReadOnlyList<string> authors)
    {
        for (var at = _inside.Count - 1; at > 0; at--)
        {
            var block = _blocks[_inside[at]];
            if (!IsKept(_inside[at])) continue;
            var reason = IsBio(block, authors) ? "who the author is" : AsksToFollow(block) ? "asks to follow" : null;
            if (reason is null) break;
            _reasons[_inside[at]] = reason;
        }
    }

    private static bool IsBio(TextBlock block, IReadOnlyList<string> authors) =>
        block.Text.Length < 600 && authors.Any(author => author.Length > 4 && block.Text.AsSpan(0, Math.Min(block.Text.Length, author.Length + 12)).Contains(author, StringComparison.OrdinalIgnoreCase));

    private static bool AsksToFollow(TextBlock block) =>
        block.Text.Length < 300 && (block.LinkChars > 0 || block.Text.Contains('@', StringComparison.Ordinal)) && block.Text[0] is not ('"' or '“' or '„' or '«')
        && Phrases.Calls.Any(call => block.Text.Contains(call, StringComparison.OrdinalIgnoreCase));

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
