using AngleSharp.Dom;
using Ingest.Pages.Body.Blocks.Runs;
using Ingest.Pages.Body.Regions;
using Ingest.Pages.Body.Regions.Names;
using Ingest.Text.Limits;

namespace Ingest.Pages.Body.Blocks;

/// <summary>Walks the DOM once and cuts it into text blocks as a browser would lay them out, without knowing the style sheets.</summary>
internal sealed class BlockWalk(ReadingLimit limit)
{
    // All blocks of an element ask what it is called.
    private const int LongestName = 2_000;

    private readonly Hints _hints = new();
    private readonly List<TextBlock> _blocks = [];
    private readonly List<Region> _regions = [];
    private readonly TextRun _run = new();
    private readonly DataRow _row = new();
    private int _linkDepth;
    private int _preDepth;
    private bool _picture;
    private bool _isEmphasized;
    private bool _inCell;

    /// <summary>Reads the text of a body element whose nesting the parser has bounded.</summary>
    public static PageText Read(IElement body, ReadingLimit limit)
    {
        var walk = new BlockWalk(limit);
        var root = walk.Open(null, body);
        walk.Children(body, root);
        walk.Close(root);
        return new PageText(root, walk._blocks, walk._regions);
    }

    private void Children(INode parent, Region region)
    {
        var nodes = parent.ChildNodes;
        for (var i = 0; i < nodes.Length; i++)
        {
            limit.Check();
            switch (nodes[i])
            {
                // By its class, as an interface of many classes is looked up with each call.
                case Element element:
                    Visit(element, i, region);
                    break;
                case IText text:
                    Append(text.Data, region);
                    break;
            }
        }
    }

    private void Visit(Element element, int at, Region region)
    {
        switch (Tags.RoleOf(element.LocalName))
        {
            case TagRole.Skipped:
                break;
            case TagRole.Break:
                Break(region);
                break;
            case TagRole.Link:
                Link(element, region);
                break;
            case TagRole.Inline:
                Inline(element, at, region);
                break;
            case TagRole.Cell when region.Tag == "tr" && _row.Is(element.ParentElement!):
                _run.BeginCell();
                _inCell = true;
                Children(element, region);
                _inCell = false;
                break;
            case TagRole.Paragraph when _inCell && region.Tag == "tr":
                _run.Append(" ", false);
                Inline(element, at, region);
                _run.Append(" ", false);
                break;
            case var role:
                var initial = role is TagRole.Paragraph ? DropCap.TakeFrom(_run, element) : "";
                Flush(region);
                var isCaption = _picture && Emphasis.IsAllOf(element);
                var inner = Open(region, element);
                _run.Append(initial, false);
                (_picture, _isEmphasized) = (isCaption, isCaption);
                if (role == TagRole.Preformatted) _preDepth++;
                Children(element, inner);
                Flush(inner);
                if (role == TagRole.Preformatted) _preDepth--;
                Close(inner);
                break;
        }
    }

    private void Link(IElement element, Region region)
    {
        const int LongestNote = 80;
        var from = _run.Length;
        _linkDepth++;
        Children(element, region);
        _linkDepth--;
        var note = Phrases.LengthOfLinkNote(_run.End(from, stackalloc char[LongestNote]));
        if (note < _run.Length - from) _run.TakeBack(note);
    }

    private void Inline(IElement element, int at, Region region)
    {
        if (element.LocalName == "img" && _run.Length == 0) _picture = true;
        if (element.LocalName == "img" && SpokenCopy.LetterOf(element, at) is { } letter) _run.Append(letter, _linkDepth > 0);
        var names = ElementNames.Of(element, LongestName);
        var name = names.All;
        var hint = name.Length > 0 || names.Style is not null || names.IsHidden ? _hints.Of(element, names) : Hint.None;
        if (((hint & Hint.Hidden) != Hint.None && !SpokenCopy.IsNeeded(element, at)) || (name.Length > 0 && _run.Length > 0 && Card.Is(element))) return;
        var standsAlone = _run.Length == 0 && (hint & Hint.Hidden) == Hint.None && (hint & Hint.Out) != Hint.None
            && (Tags.RoleOf(region.Tag) is TagRole.Block || (hint & Hint.Caption) != Hint.None);
        if (!standsAlone)
        {
            Children(element, region);
            return;
        }

        Flush(region);
        var inner = Open(region, element);
        Children(element, inner);
        Flush(inner);
        Close(inner);
    }

    private Region Open(Region? parent, IElement element)
    {
        var names = ElementNames.Of(element, LongestName);
        var region = new Region(parent, element.LocalName, names.All, _hints.Of(element, names), _blocks.Count) { Index = _regions.Count };
        _regions.Add(region);
        (_picture, _isEmphasized) = (false, false);
        parent?.Children.Add(region);
        return region;
    }

    // A picture that has an element of its own still stands above what follows it.
    private void Close(Region region) => (region.End, _picture) = (_blocks.Count, _picture && region.First == _blocks.Count);

    // Two line breaks in a row part paragraphs; what one does is decided by the lines around it.
    private void Break(Region region)
    {
        if (_run.Break() == 2) Flush(region);
    }

    private void Append(string data, Region region)
    {
        if (_preDepth == 0)
        {
            _run.Append(data, _linkDepth > 0);
            return;
        }

        var lines = data.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0) Break(region);
            _run.Append(lines[i], _linkDepth > 0);
        }
    }

    private void Flush(Region region)
    {
        if (_run.Length > 0)
        {
            var (kind, level) = KindOf(region);
            var text = kind is BlockKind.Heading or BlockKind.Row ? _run.Text.Replace('\n', ' ') : LineBreaks.Meant(_run.Text, _preDepth > 0);
            _blocks.Add(new TextBlock(text, _run.LinkChars, kind, level, region) { IsUnderPicture = _picture, IsEmphasized = _picture && _isEmphasized });
            _picture = false;
        }

        _run.Clear();
    }

    private static (BlockKind Kind, int Level) KindOf(Region region)
    {
        for (var at = region; at is not null; at = at.Parent)
        {
            switch (Tags.RoleOf(at.Tag))
            {
                case TagRole.Heading: return (BlockKind.Heading, at.Tag[1] - '0');
                case TagRole.Paragraph: return (BlockKind.Paragraph, 0);
                case TagRole.ListItem: return (BlockKind.ListItem, 0);
                case TagRole.Row: return (BlockKind.Row, 0);
                case TagRole.Quote: return (BlockKind.Quote, 0);
                case TagRole.Preformatted: return (BlockKind.Preformatted, 0);
            }

            if (at.Tag is "article" or "main" or "section" or "table") break;
        }

        return (BlockKind.Text, 0);
    }
}
