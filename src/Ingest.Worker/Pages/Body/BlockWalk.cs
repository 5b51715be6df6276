using System.Text;
using AngleSharp.Dom;

namespace Ingest.Worker.Pages.Body;

/// <summary>Walks the DOM once and cuts it into text blocks as a browser would lay them out, without knowing the style sheets.</summary>
internal sealed class BlockWalk
{
    private readonly Hints _hints = new();
    private readonly List<TextBlock> _blocks = [];
    private readonly List<Region> _regions = [];
    private readonly StringBuilder _text = new();
    private int _linkChars;
    private int _linkDepth;
    private int _preDepth;
    private int _breaks;
    private bool _space;
    private bool _cell;
    private IElement? _row;
    private bool _rowIsData;

    private BlockWalk()
    {
    }

    /// <summary>Reads the text of a body element whose nesting the parser has bounded.</summary>
    public static PageText Read(IElement body)
    {
        var walk = new BlockWalk();
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
            switch (nodes[i])
            {
                case IText text:
                    Append(text.Data, region);
                    break;
                case IElement element:
                    Visit(element, region);
                    break;
            }
        }
    }

    private void Visit(IElement element, Region region)
    {
        switch (Tags.RoleOf(element.LocalName))
        {
            case TagRole.Skipped:
                break;
            case TagRole.Break:
                Break(region);
                break;
            case TagRole.Link:
                _linkDepth++;
                Children(element, region);
                _linkDepth--;
                break;
            case TagRole.Inline:
                Inline(element, region);
                break;
            case TagRole.Cell when region.Tag == "tr" && IsDataRow(element.ParentElement!):
                _cell = _text.Length > 0;
                Children(element, region);
                break;
            case var role:
                Flush(region);
                var inner = Open(region, element);
                if (role == TagRole.Preformatted) _preDepth++;
                Children(element, inner);
                Flush(inner);
                if (role == TagRole.Preformatted) _preDepth--;
                Close(inner);
                break;
        }
    }

    private void Inline(IElement element, Region region)
    {
        var name = NameOf(element);
        var hint = name.Length > 0 || element.HasAttribute("style") || element.HasAttribute("hidden") ? _hints.Of(element, name) : Hint.None;
        if ((hint & Hint.Hidden) != Hint.None || (name.Length > 0 && _text.Length > 0 && IsCard(element))) return;
        var standsAlone = _text.Length == 0 && (hint & Hint.Out) != Hint.None && (Tags.RoleOf(region.Tag) is TagRole.Block || (hint & Hint.Caption) != Hint.None);
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

    // A picture with several links in the middle of a sentence is a card that opens over it.
    private static bool IsCard(IElement inline)
    {
        var (pictures, links, left) = (0, 0, 40);
        CountIn(inline, ref pictures, ref links, ref left);
        return pictures > 0 && links > 1;
    }

    private static void CountIn(IElement element, ref int pictures, ref int links, ref int left)
    {
        foreach (var child in element.Children)
        {
            if (--left < 0) return;
            if (child.LocalName == "img") pictures++;
            if (child.LocalName == "a") links++;
            CountIn(child, ref pictures, ref links, ref left);
        }
    }

    private Region Open(Region? parent, IElement element)
    {
        var name = NameOf(element);
        var region = new Region(parent, element.LocalName, name, _hints.Of(element, name), _blocks.Count);
        _regions.Add(region);
        parent?.Children.Add(region);
        return region;
    }

    private void Close(Region region) => region.End = _blocks.Count;

    private static string NameOf(IElement element)
    {
        var (name, id) = (element.ClassName, element.Id);
        return string.IsNullOrEmpty(id) ? name ?? "" : string.IsNullOrEmpty(name) ? id : $"{name} {id}";
    }

    // Short cells side by side are a table's row; long ones lay out the page.
    private bool IsDataRow(IElement row)
    {
        const int LongestCell = 150;
        if (ReferenceEquals(row, _row)) return _rowIsData;
        (_row, _rowIsData) = (row, true);
        foreach (var cell in row.Children)
        {
            var left = LongestCell;
            if (!Fits(cell, ref left)) return _rowIsData = false;
        }

        return true;
    }

    private static bool Fits(INode node, ref int left)
    {
        if (node is IText text) return (left -= text.Length) >= 0;
        var nodes = node.ChildNodes;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i] is IElement { LocalName: "table" } || !Fits(nodes[i], ref left)) return false;
        }

        return true;
    }

    private void Append(string data, Region region)
    {
        foreach (var c in data)
        {
            if (char.IsWhiteSpace(c))
            {
                if (_preDepth > 0 && c == '\n') Break(region);
                _space = true;
                continue;
            }

            if (_cell) _text.Append(" |");
            if (_cell || (_space && _text.Length > 0))
            {
                _text.Append(' ');
                if (_linkDepth > 0 && _linkChars > 0) _linkChars++;
            }

            (_space, _cell, _breaks) = (false, false, 0);
            _text.Append(c);
            if (_linkDepth > 0) _linkChars++;
        }
    }

    // One line break is a space, two in a row part paragraphs.
    private void Break(Region region)
    {
        _space = true;
        if (++_breaks == 2) Flush(region);
    }

    private void Flush(Region region)
    {
        if (_text.Length > 0)
        {
            var (kind, level) = KindOf(region);
            _blocks.Add(new TextBlock(_text.ToString(), Math.Min(_linkChars, _text.Length), kind, level, region));
        }

        _text.Clear();
        (_linkChars, _breaks, _space, _cell) = (0, 0, false, false);
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
