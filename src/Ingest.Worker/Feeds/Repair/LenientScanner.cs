using System.Xml;

namespace Ingest.Worker.Feeds.Repair;

/// <summary>Cuts a text into tags and runs of text, taking what is no tag for text.</summary>
internal sealed class LenientScanner(string text, LenientBuilder builder)
{
    private readonly DeclaredEntities _entities = new();

    // Once an end mark was looked for in vain it is not looked for again: that keeps the scan linear.
    private bool _noCdataEnd;
    private bool _noCommentEnd;

    public void Run()
    {
        var at = DocumentStart.Find(text);
        if (at > 0 && !text.AsSpan(0, at).IsWhiteSpace()) ReadProlog(at);
        while (at < text.Length)
        {
            var tag = text.IndexOf('<', at);
            if (tag < 0)
            {
                AddText(at, text.Length);
                break;
            }

            if (tag > at) AddText(at, tag);
            at = ReadMarkup(tag);
        }
    }

    private void ReadProlog(int end)
    {
        var doctype = text.AsSpan(0, end).IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        if (doctype >= 0) _entities.Read(text.AsSpan(doctype, end - doctype));
        if (DocumentStart.HasJunk(text.AsSpan(0, end))) builder.Note("junk before the document left out");
    }

    private void AddText(int from, int to)
    {
        if (builder.IsOutside)
        {
            if (!text.AsSpan(from, to - from).IsWhiteSpace() && builder.HasRoot) builder.Note("junk after the document left out");
            return;
        }

        builder.Text(_entities.Decode(text.AsSpan(from, to - from), builder));
    }

    private int ReadMarkup(int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        if (next == '/') return ReadEndTag(at);
        if (next == '!') return ReadDeclaration(at);
        if (next == '?') return After("?>", at, at + 2) is > 0 and var end ? end : After(">", at, at + 2) is > 0 and var close ? close : text.Length;
        if (XmlConvert.IsStartNCNameChar(next)) return ReadStartTag(at);
        builder.Note("bare < read as text");
        builder.Text("<");
        return at + 1;
    }

    private int After(string mark, int from, int search)
    {
        var end = text.IndexOf(mark, search, StringComparison.Ordinal);
        return end < 0 || end < from ? -1 : end + mark.Length;
    }

    private int ReadDeclaration(int at)
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("<![CDATA[", StringComparison.OrdinalIgnoreCase)) return ReadCdata(at + 9);
        if (rest.StartsWith("<!--", StringComparison.Ordinal))
        {
            var end = _noCommentEnd ? -1 : After("-->", at, at + 4);
            if (end > 0) return end;
            _noCommentEnd = true;
            builder.Note("comment without an end");
            return at + 4;
        }

        return After(">", at, at + 2) is > 0 and var close ? close : text.Length;
    }

    private int ReadCdata(int from)
    {
        var end = _noCdataEnd ? -1 : text.IndexOf("]]>", from, StringComparison.Ordinal);
        var another = end < 0 ? -1 : text.AsSpan(from, end - from).IndexOf("<![CDATA[", StringComparison.Ordinal);
        if (end >= 0 && another < 0)
        {
            builder.Text(Controls.Strip(text[from..end], builder));
            return end + 3;
        }

        // The end is missing: the section reaches to its element's end tag, or as far as the text does.
        if (end < 0) _noCdataEnd = true;
        builder.Note("CDATA without an end");
        var stop = builder.OpenName is { } name ? text.IndexOf("</" + name, from, StringComparison.Ordinal) : -1;
        if (stop < 0) stop = another >= 0 ? from + another : text.Length;
        builder.Text(Controls.Strip(text[from..stop], builder));
        return stop;
    }

    private int ReadEndTag(int at)
    {
        var (name, end) = Name(at + 2);
        if (name.Length == 0)
        {
            builder.Text("</");
            return at + 2;
        }

        builder.End(name);
        var close = text.AsSpan(end).IndexOfAny('>', '<');
        return close < 0 ? text.Length : text[end + close] == '>' ? end + close + 1 : end + close;
    }

    private int ReadStartTag(int at)
    {
        var (name, end) = Name(at + 1);
        var attributes = new List<KeyValuePair<string, string>>();
        var tag = new LenientAttributes(text, end, _entities, builder).Read(attributes);
        if (tag.End < 0)
        {
            builder.Note("text ends inside of a tag");
            return text.Length;
        }

        builder.Start(name, attributes, tag.IsEmpty);
        return tag.End;
    }

    private (string Name, int End) Name(int from)
    {
        var end = from;
        while (end < text.Length && (XmlConvert.IsNCNameChar(text[end]) || text[end] == ':')) end++;
        return (text[from..end], end);
    }
}
