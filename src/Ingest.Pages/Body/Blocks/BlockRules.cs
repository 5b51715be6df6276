using Ingest.Pages.Body.Blocks.Lines;
using Ingest.Pages.Body.Regions;
using Ingest.Text;

namespace Ingest.Pages.Body.Blocks;

/// <summary>What single blocks of the container are that are not the article's text.</summary>
internal sealed class BlockRules
{
    private static readonly (string Reason, Func<BlockRules, int, bool> Drops)[] Rules =
    [
        ("title again", static (rules, i) => rules.IsTitle(i)),
        ("links only", static (rules, i) => rules.IsLinks(i)),
        (LinkList, static (rules, i) => rules.IsInLinkList(i)),
        ("caption or credit", static (rules, i) => CreditLine.Is(rules._blocks[i])),
        ("caption in italics", static (rules, i) => (i > rules._firstProse || rules._blocks[i].Marks == 0) && CreditLine.IsInItalics(rules._blocks[i])),
        ("byline or dateline", static (rules, i) => rules.IsByline(i)),
        ("residue", static (rules, i) => Residue.Is(rules._blocks[i])),
        ("counter", static (rules, i) => rules.IsCounter(i)),
        (Elsewhere, static (rules, i) => rules.LeadsElsewhere(i)),
        ("button", static (rules, i) => rules.IsButton(i)),
        (Request, static (rules, i) => rules._requests.Is(i)),
        (SiteNote, static (rules, i) => rules._requests.IsSiteNote(i)),
        ("reading time", static (rules, i) => rules.IsReadingTime(i)),
    ];

    private const int MostWordsOfTitle = 8;

    public const string LinkList = "link list";
    public const string Elsewhere = "leads elsewhere";
    public const string Request = "asks the reader";
    public const string SiteNote = "the site of itself";

    private readonly IReadOnlyList<TextBlock> _blocks;
    private readonly List<int> _inside;
    private readonly int _firstProse;
    private readonly int _secondProse;
    private readonly int _lastProse;
    private readonly int _headline;
    private readonly IReadOnlyList<string> _titles;
    private readonly BylineLine _byline;
    private readonly RequestLine _requests;
    private readonly Dictionary<Region, bool> _linkLists = [];

    /// <summary>Rules for the blocks of a container.</summary>
    /// <param name="blocks">The page's blocks.</param>
    /// <param name="inside">Indices of the container's blocks, in order.</param>
    /// <param name="stated">What the page says of itself.</param>
    public BlockRules(IReadOnlyList<TextBlock> blocks, List<int> inside, Stated stated)
    {
        (_blocks, _inside, _titles) = (blocks, inside, stated.Titles);
        (_byline, _requests) = (new BylineLine(stated.Authors), new RequestLine(blocks));
        _firstProse = inside.Find(i => blocks[i].Mass > 0);
        _secondProse = inside.Find(i => i > _firstProse && blocks[i].Mass > 0);
        _lastProse = inside.FindLast(i => blocks[i].Mass > 0);
        _headline = Headline.Of(blocks, stated.Titles);
    }

    /// <summary>What the first rule that drops the block calls it; null when it stays.</summary>
    public string? ReasonToDrop(int i)
    {
        foreach (var (reason, drops) in Rules)
        {
            if (drops(this, i)) return reason;
        }

        return null;
    }

    private bool IsTitle(int i) =>
        (_blocks[i].Kind == BlockKind.Heading && _blocks[i].Level == 1 && i <= _headline)
            || (_blocks[i].Text.Length < 300 && EchoesTitle(ComparableText.Letters(_blocks[i].Text), i));

    // The document's title may carry the site's name too, so near the top a part of it is an echo.
    private bool EchoesTitle(string text, int i)
    {
        const int Shortest = 15;
        const int Top = 4;
        if (_titles.Contains(text)) return !HeadsChapter(i);
        if (_blocks[i].Kind == BlockKind.Heading && i > _firstProse) return false;
        return text.Length >= Shortest && _blocks[i].Marks == 0 && _inside.IndexOf(i, 0, Math.Min(Top, _inside.Count)) >= 0
            && _titles.Any(title => title.Contains(text, StringComparison.Ordinal));
    }

    // Far below the beginning a chapter may be called as the whole is; a second copy of the article begins as the first does.
    private bool HeadsChapter(int i) =>
        i > _secondProse && _secondProse > 0 && i + 1 < _blocks.Count && _blocks[i] is { IsHeading: true, Level: > 1, LinkShare: < 0.5 }
            && _blocks[i + 1].Mass > 0 && ReferenceEquals(_blocks[i + 1].Region.Parent, _blocks[i].Region.Parent)
            && _blocks[i + 1].Text != _blocks[_firstProse].Text;

    // A link whose text is its own address is there to be read.
    private bool IsLinks(int i) =>
        _blocks[i].Kind != BlockKind.ListItem && _blocks[i].LinkShare > 0.75 && (_blocks[i].Marks < 2 || IsOfCard(i))
            && !_blocks[i].Text.StartsWith("http", StringComparison.Ordinal) && !IsLinkedSentence(i)
            && !IsItemName(i);

    // Everything in a card is one link: its title, and the sentences below it.
    private bool IsOfCard(int i) => _blocks[i].LinkShare > 0.95 && _blocks[i].Region.Parent is { } card && card.Parent is not null
        && i > card.First && _blocks[card.First] is { LinkShare: > 0.95 } first && (first.Marks == 0 || first.Words <= MostWordsOfTitle)
        && IsAllLink(card);

    private bool IsAllLink(Region card)
    {
        const int MostBlocks = 6;
        if (card.End - card.First > MostBlocks) return false;
        for (var i = card.First; i < card.End; i++)
        {
            if (_blocks[i].LinkShare < 0.95) return false;
        }

        return true;
    }

    // The name of an item, such as a book's in a list of books, may be a link; what is said of it follows in the same element as the article's text.
    private bool IsItemName(int i)
    {
        var block = _blocks[i];
        return block.Kind == BlockKind.Heading && block.Region.Parent is { } parent && ReferenceEquals(parent, _blocks[_firstProse].Region.Parent)
            && i > _firstProse && IsProseBeside(i + 1, block);
    }

    // A sentence among the article's paragraphs, or in a quote, is read on even where all of it is a link.
    private bool IsLinkedSentence(int i)
    {
        const int Shortest = 6;
        var block = _blocks[i];
        if (block.Kind == BlockKind.Heading || block.Words < Shortest || !Sentence.Ends(block.Text) || block.Text[^1] is '!' or '?' || block.Text[0] == '(')
            return false;
        if (Phrases.Begins(block.Text, Phrases.Requests) || Phrases.BeginsSentence(block.Text, Phrases.Calls)) return false;
        return block.Region.Parent?.Tag == "blockquote" || IsProseBeside(i - 1, block) || IsProseBeside(i + 1, block);
    }

    private bool IsProseBeside(int i, TextBlock block) =>
        i >= 0 && i < _blocks.Count && _blocks[i].Mass > 0 && ReferenceEquals(_blocks[i].Region.Parent, block.Region.Parent);

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

    // A standfirst may stand above it.
    private bool IsByline(int i) =>
        i <= _firstProse || i >= _lastProse ? _byline.Is(_blocks[i]) : i < _secondProse && BylineLine.IsOfNames(_blocks[i].Text) && _byline.Names(_blocks[i]);

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

    // "Show image", "Print recipe".
    private bool IsButton(int i) => _blocks[i] is { IsHeading: false, Words: <= 6, Marks: 0 } && Phrases.Begins(_blocks[i].Text, Phrases.Buttons);

    // 3 min read. Reading time: 3 minutes.
    private bool IsReadingTime(int i) =>
        _blocks[i] is { Text.Length: < 50, Words: <= 7 } && _blocks[i].Text.Any(char.IsDigit) && Phrases.Contains(_blocks[i].Text, Phrases.ReadingTimes);
}
