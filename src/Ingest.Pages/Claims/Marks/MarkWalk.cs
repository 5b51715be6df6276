using System.Runtime.InteropServices;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ingest.Pages.Claims.Marks.Dated;
using Ingest.Pages.Claims.People;
using Ingest.Pages.Claims.Schema;
using Ingest.Text;
using Ingest.Text.Limits;

namespace Ingest.Pages.Claims.Marks;

/// <summary>Walks the DOM once, without recursion, and collects its <see cref="PageSignals"/>.</summary>
internal sealed class MarkWalk
{
    private const int SampleLength = 3_000;
    private const int LongText = 60;
    private const int MostMarks = 2_000;
    private const int MostOwners = 20;

    // What comments state of themselves is not collected, nor the authors of teasers that belong to no item.
    private readonly SchemaItem _ofOthers = new(Origins.Microdata);

    private readonly PageSignals _signals;
    private readonly BylineTexts _bylines;
    private readonly List<SchemaItem> _microdata = [];
    private readonly StringBuilder _sample = new();
    private readonly StringBuilder _otherText = new();
    private readonly List<Level> _open = [];
    private readonly ElementContextReader _names = new();
    private readonly PropertyTexts _texts = new();
    private readonly DateMarks _dates;
    private readonly ReadingLimit _limit;
    private int _order;

    private MarkWalk(ReadingLimit limit)
    {
        _limit = limit;
        _signals = new PageSignals();
        _bylines = new BylineTexts(_signals);
        _dates = new DateMarks(_signals);
    }

    [StructLayout(LayoutKind.Auto)]
    private record struct Level(INodeList Children, int Next, ElementContext Surroundings, SchemaItem? Scope, bool Paragraph);

    public static PageSignals Collect(IHtmlDocument document, ReadingLimit limit)
    {
        var walk = new MarkWalk(limit);
        walk._open.Add(new Level(document.ChildNodes, 0, ElementContext.None, null, false));
        walk.Run();
        walk._signals.Items.AddRange(walk._microdata);
        walk._signals.Sample = walk._sample.Length >= SampleLength / 10 ? walk._sample.ToString() : string.Concat(walk._sample, walk._otherText);
        return walk._signals;
    }

    private void Run()
    {
        while (_open.Count > 0)
        {
            _limit.Check();
            ref var level = ref CollectionsMarshal.AsSpan(_open)[^1];
            if (level.Next == level.Children.Length)
            {
                _open.RemoveAt(_open.Count - 1);
                continue;
            }

            var node = level.Children[level.Next++];
            if (node is Element element) Visit(element, level);
            else if (node is IText text) Visit(text, text.Data, level);
        }
    }

    // By its class, as an interface of many classes is looked up with each call.
    private void Visit(Element element, Level level)
    {
        _order++;
        var tag = element.LocalName;
        switch (tag)
        {
            case "script":
                if (IsJsonLd(element.GetAttribute("type"))) _signals.Items.AddRange(LenientJson.Read(element.TextContent));
                else if (_signals.Scripts.Count < MostMarks) _signals.Scripts.Add(element);
                if (ScriptedText.Of(element) is { } printed) _dates.Visit(element, printed, level.Surroundings, _order);
                return;
            case "style" or "template" or "svg" or "iframe" or "select" or "textarea":
                return;
            case "title" when _signals.DocumentTitle.Length == 0:
                _signals.DocumentTitle = PlainText.Line(element.TextContent);
                return;
            case "meta":
                VisitMeta(element, level.Scope);
                return;
            case "link":
                VisitLink(element, level.Scope);
                return;
            case "html":
                _signals.RootLanguage = element.GetAttribute("lang") ?? element.GetAttribute("xml:lang");
                break;
        }

        var attributes = Attributes.Of(element);
        var own = _names.Of(tag, attributes.Names) | _dates.OfLink(element, attributes, _order);
        var surroundings = level.Surroundings | own;
        if (tag is "body" or "html") surroundings = ElementContext.None;
        if (attributes.IsHidden) surroundings |= ElementContext.Hidden;
        Mark(element, attributes, level.Surroundings, surroundings);
        _dates.Visit(element, attributes, own, level.Surroundings, surroundings, _order);
        var isOfOthers = surroundings.Any(ElementContext.Comments)
            || (level.Scope is null && attributes.ItemProp is "author" or "creator" && surroundings.Any(ElementContext.Related | ElementContext.Aside));
        var scope = isOfOthers ? _ofOthers : VisitProperties(element, attributes, level.Scope);
        _open.Add(new Level(((INode)element).ChildNodes, 0, surroundings, scope, level.Paragraph || tag == "p"));
    }

    private void Mark(IElement element, Attributes attributes, ElementContext outer, ElementContext inner)
    {
        var tag = element.LocalName;
        if (tag is "h1" or "h2" or "h3") Add(_signals.Headings, element, attributes, inner);
        if (tag == "a" && AuthorLinks.IsAuthors(attributes.Rel, attributes.Href)) inner |= ElementContext.Author;
        if ((inner & ~outer).Any(ElementContext.Author)) Add(_signals.Authors, element, attributes, inner);
        else if (tag == "p" && (attributes.IsAtRight || Signatures.IsLast(element, _order - _signals.LastProse)))
            Add(_signals.Signed, element, attributes, inner);
    }

    private void Add(List<ElementMark> signals, IElement element, Attributes attributes, ElementContext surroundings)
    {
        if (signals.Count < MostMarks) signals.Add(new ElementMark(element, attributes.Names, _order, surroundings));
    }

    private void Visit(IText node, string text, Level level)
    {
        if (text.AsSpan().IsWhiteSpace()) return;
        _bylines.Visit(node, text, _order, level.Surroundings);
        if (text.Length < 2)
        {
            if (char.IsAsciiDigit(text[0])) _dates.Visit(node, text, level.Surroundings, _order);
            return;
        }

        if (Copyright.MayBegin(text) && _signals.Owners.Count < MostOwners) _signals.Owners.Add(new TextMark(text, _order, level.Surroundings));
        var isOwn = level.Paragraph && !level.Surroundings.Any(ElementContext.Elsewhere);
        if ((isOwn || text.Length >= LongText) && (isOwn ? _sample : _otherText) is { Length: < SampleLength } sample) sample.Append(text).Append(' ');
        if (Signatures.InBrackets(node, _order - _signals.LastProse) is { } signature) _signals.Signature = new TextMark(signature, _order, level.Surroundings);
        if (text.Length >= LongText) _signals.LastProse = _order;
        _dates.Visit(node, text, level.Surroundings, _order);
    }

    private void VisitMeta(IElement element, SchemaItem? scope)
    {
        // Some pages write "value" where it should be "content".
        var content = element.GetAttribute("content") ?? element.GetAttribute("value") ?? "";
        foreach (var attribute in MetaNames)
        {
            if (element.GetAttribute(attribute) is not { Length: > 0 } name) continue;
            _signals.Metas.Add(new MetaMark(name.Trim().ToLowerInvariant(), PlainText.Line(content)));
            if (attribute == "itemprop") AddProperties(scope, name, SchemaValue.Of(content));
        }
    }

    private static readonly string[] MetaNames = ["property", "name", "itemprop", "http-equiv"];

    private void VisitLink(IElement element, SchemaItem? scope)
    {
        if (element.GetAttribute("href") is not { Length: > 0 } href) return;
        if (element.GetAttribute("itemprop") is { Length: > 0 } property) AddProperties(scope, property, SchemaValue.Of(href));
        if (element.GetAttribute("rel") is { Length: > 0 } rel)
            _signals.Links.Add(new LinkMark(rel.Trim().ToLowerInvariant(), href.Trim(), element.GetAttribute("type"), element.GetAttribute("hreflang")));
    }

    /// <summary>Reads microdata and RDFa; gives the item that the element's children belong to.</summary>
    private SchemaItem? VisitProperties(IElement element, Attributes attributes, SchemaItem? scope)
    {
        var properties = attributes.ItemProp ?? attributes.Property;
        if (attributes.ItemScope || attributes.TypeOf is not null)
        {
            var item = new SchemaItem(Origins.Microdata);
            foreach (var type in (attributes.ItemType ?? attributes.TypeOf ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                item.AddType(type);
            if (properties is not null) AddProperties(scope, properties, SchemaValue.Of(item));
            else if (_microdata.Count < MostMarks) _microdata.Add(item);
            return item;
        }

        if (properties is not null) AddProperties(scope, properties, SchemaValue.Of(_texts.Of(element, properties)));
        return scope;
    }

    private void AddProperties(SchemaItem? scope, string properties, SchemaValue value)
    {
        foreach (var property in properties.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            (scope ?? _signals.LooseProperties).Add(SchemaItem.LocalName(property), value);
    }

    private static bool IsJsonLd(string? type) => type is not null && type.Contains("ld+json", StringComparison.OrdinalIgnoreCase);
}
