using System.Xml;
using Ingest.Feeds.Tags;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Repair;

/// <summary>Cuts a text into tags and runs of text, taking what is no tag for text.</summary>
internal sealed class LenientScanner(string text, LenientBuilder builder, ReadingLimit limit)
{
    private readonly DeclaredEntities _entities = new();
    private readonly TagMarks _marks = new(text);
    private readonly List<KeyValuePair<string, string>> _attributes = [];

    public void Run()
    {
        var at = DocumentStart.Find(text);
        if (at > 0 && !text.AsSpan(0, at).IsWhiteSpace()) ReadProlog(at);
        while (at < text.Length && !builder.IsFull)
        {
            limit.Check();
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
        if (next == '?') return _marks.InstructionEnd.Behind(at) is > 0 and var end ? end : BehindTag(at);
        if (XmlConvert.IsStartNCNameChar(next)) return ReadStartTag(at);
        builder.Note("bare < read as text");
        builder.Text("<");
        return at + 1;
    }

    private int BehindTag(int at) => _marks.TagEnd.Behind(at) is > 0 and var end ? end : text.Length;

    private int ReadDeclaration(int at)
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("<![CDATA[", StringComparison.OrdinalIgnoreCase)) return ReadCdata(at + 9);
        if (rest.StartsWith("<!--", StringComparison.Ordinal))
        {
            if (_marks.CommentEnd.Behind(at + 4) is > 0 and var end) return end;
            builder.Note("comment without an end");
            return at + 4;
        }

        return BehindTag(at);
    }

    private int ReadCdata(int from)
    {
        var end = _marks.CdataEnd.From(from);
        var another = end < 0 ? -1 : text.AsSpan(from, end - from).IndexOf("<![CDATA[", StringComparison.Ordinal);
        if (end >= 0 && another < 0)
        {
            builder.Text(Controls.Strip(text[from..end], builder));
            return end + 3;
        }

        // The end is missing: the section reaches to its element's end tag, to the next section, or as far as the text does.
        builder.Note("CDATA without an end");
        var stop = another >= 0 ? from + another : text.Length;
        if (builder.OpenName is { } name && text.AsSpan(from, stop - from).IndexOf("</" + name, StringComparison.Ordinal) is >= 0 and var close)
            stop = from + close;
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
        _attributes.Clear();
        var tag = new LenientAttributes(text, _marks, isXml: true, builder.Note).Read(end, _attributes);
        if (tag.End < 0)
        {
            builder.Note("text ends inside a tag");
            return text.Length;
        }

        for (var i = 0; i < _attributes.Count; i++) _attributes[i] = new(_attributes[i].Key, _entities.Decode(_attributes[i].Value, builder));
        builder.Start(name, _attributes, tag.IsEmpty);
        return tag.End;
    }

    private (string Name, int End) Name(int from)
    {
        var end = from;
        while (end < text.Length && (XmlConvert.IsNCNameChar(text[end]) || text[end] == ':')) end++;
        return (text[from..end], end);
    }
}
