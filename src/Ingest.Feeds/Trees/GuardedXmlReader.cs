using System.Globalization;
using System.Text;
using System.Xml;
using Ingest.Feeds.Tags;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Trees;

/// <summary>An XML reader that refuses depth, attributes and namespace declarations past the limits, and hands on only what a feed's tree needs.</summary>
/// <remarks>
/// Text comes out in one piece, whatever it was written in (CDATA sections, references, around comments and instructions), because a tree joins the pieces of
/// an element one by one, which costs the square of their number. Blanks between a feed's outer elements, comments and processing instructions are left out.
/// </remarks>
internal sealed class GuardedXmlReader(XmlReader inner, ReadingLimit limit) : XmlReader
{
    // In no format does whitespace above this depth separate words: feed, entry and field levels.
    private const int OuterLevels = 3;

    private readonly StringBuilder _pieces = new();
    private int _nodes;
    private int _declarations;
    private int _entries;

    // While it is there, the inner reader stands behind the text.
    private string? _text;
    private int _textDepth;

    /// <summary>Whether a text was unwrapped from a CDATA section whose marks were escaped.</summary>
    public bool HasUnwrapped { get; private set; }

    public override int AttributeCount => _text is null ? inner.AttributeCount : 0;

    public override string BaseURI => "";

    public override int Depth => _text is null ? inner.Depth : _textDepth;

    public override bool EOF => _text is null && inner.EOF;

    public override bool IsEmptyElement => _text is null && inner.IsEmptyElement;

    public override string LocalName => _text is null ? inner.LocalName : "";

    public override string NamespaceURI => _text is null ? inner.NamespaceURI : "";

    public override XmlNameTable NameTable => inner.NameTable;

    public override XmlNodeType NodeType => _text is null ? inner.NodeType : XmlNodeType.Text;

    public override string Prefix => _text is null ? inner.Prefix : "";

    public override ReadState ReadState => inner.ReadState;

    public override string Value => _text ?? inner.Value;

    public override bool Read()
    {
        if (_text is null) Advance();
        _text = null;
        if (inner.EOF) return false;
        if (inner.NodeType == XmlNodeType.Element) Check();
        else if (IsText()) JoinText();
        return true;
    }

    public override string GetAttribute(int i) => inner.GetAttribute(i);

    public override string? GetAttribute(string name) => inner.GetAttribute(name);

    public override string? GetAttribute(string name, string? namespaceURI) => inner.GetAttribute(name, namespaceURI);

    public override string? LookupNamespace(string prefix) => inner.LookupNamespace(prefix);

    public override bool MoveToAttribute(string name) => inner.MoveToAttribute(name);

    public override bool MoveToAttribute(string name, string? ns) => inner.MoveToAttribute(name, ns);

    public override bool MoveToElement() => inner.MoveToElement();

    public override bool MoveToFirstAttribute() => inner.MoveToFirstAttribute();

    public override bool MoveToNextAttribute() => inner.MoveToNextAttribute();

    public override bool ReadAttributeValue() => inner.ReadAttributeValue();

    public override void ResolveEntity() => inner.ResolveEntity();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Advance()
    {
        do
        {
            limit.Check();
            inner.Read();
            while (inner.NodeType == XmlNodeType.Element && IsSurplus()) inner.Skip();
        }
        while (inner.NodeType == XmlNodeType.Whitespace && inner.Depth <= OuterLevels);
    }

    private bool IsText() => inner.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace;

    private void JoinText()
    {
        _textDepth = inner.Depth;
        var first = inner.Value;
        Advance();
        if (IsText())
        {
            for (_pieces.Append(first); IsText(); Advance()) _pieces.Append(inner.Value);
            first = _pieces.ToString();
            _pieces.Clear();
        }

        _text = first;
        if (_textDepth > FeedLimits.MaxFieldDepth) return;
        _text = EscapedCdata.Unwrap(first);
        HasUnwrapped |= !ReferenceEquals(_text, first);
    }

    // Cut here, so that no reader ever holds more.
    private bool IsSurplus() => inner.Depth is 1 or 2 && inner.LocalName switch
    {
        "item" or "entry" => ++_entries > FeedLimits.MaxEntries,

        // A sitemap's translations: by far the most elements of large ones, and of no use here.
        "link" => inner.NamespaceURI == FeedNamespaces.Xhtml,
        _ => false,
    };

    private void Check()
    {
        if (inner.Depth >= FeedLimits.MaxDepth) throw new FeedLimitException($"elements nest deeper than {FeedLimits.MaxDepth}", inner);
        _nodes += 1 + inner.AttributeCount;
        if (_nodes > FeedLimits.MaxNodes) throw new FeedLimitException($"more than {FeedLimits.MaxNodes} elements and attributes", inner) { IsFinal = true };
        if (inner.AttributeCount <= 4 && inner.Depth > 1) return;
        if (inner.AttributeCount > FeedLimits.MaxAttributes)
            throw new FeedLimitException($"an element has more than {FeedLimits.MaxAttributes} attributes", inner);
        CountDeclarations();
    }

    private void CountDeclarations()
    {
        for (var found = inner.MoveToFirstAttribute(); found; found = inner.MoveToNextAttribute())
        {
            if (inner.Prefix == "xmlns" || inner.Name == "xmlns") _declarations++;
        }

        inner.MoveToElement();
        if (_declarations > FeedLimits.MaxNamespaceDeclarations)
            throw new FeedLimitException($"more than {FeedLimits.MaxNamespaceDeclarations} namespace declarations", inner);
    }
}

/// <summary>A document past a limit; never leaves the room.</summary>
internal sealed class FeedLimitException(string message, XmlReader? at) : Exception(at is IXmlLineInfo { LineNumber: > 0 } place
    ? string.Create(CultureInfo.InvariantCulture, $"{message} (line {place.LineNumber}, position {place.LinePosition})") : message)
{
    /// <summary>True when no repair could help.</summary>
    public bool IsFinal { get; init; }
}
