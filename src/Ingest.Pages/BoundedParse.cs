using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ingest.Text.Decoding;
using Ingest.Text.Limits;

namespace Ingest.Pages;

/// <summary>Parses a page in time and memory that its size bounds, whatever is in it.</summary>
/// <remarks>
/// Tree building is not linear: a block's start tag walks all open elements, and a formatting element left open is made again in every
/// block after it (https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements). So the parse
/// ends, and the page with it, at a number of elements, of such copies, or of elements nested too deep, that no article needs. Two elements cost the
/// square of their number for what they do to the document, and lose it here: a base but for the first, and a checked radio button. A srcdoc
/// would become a document of its own, and is left out.
/// </remarks>
internal sealed class BoundedParse
{
    // An element with its attributes and text takes up to 700 bytes, so the tree stays within 30 times the page. Real pages have 34 characters an element at
    // the least.
    private const int BytesOfElement = 25;
    private const int FewestElements = 5_000;
    private const int MostElements = 100_000;
    private const int Deepest = 256;
    private const int MostAtDeepest = 2_000;
    private const int MostCopies = 20_000;
    private const int MostAttributes = 100;
    private const int TextWorthAnElement = 128;

    private static readonly FrozenSet<string> Formatting = "a b big code em font i nobr s small strike strong tt u".Split(' ').ToFrozenSet();

    private static readonly IConfiguration Quiet = Configuration.Default.WithOnly<IAttributeObserver>(new BaseAddresses());

    private readonly ReadingLimit _limit;
    private readonly int _mostElements;
    private readonly int _mostCopies;
    private int _elements;
    private int _attributes;
    private int _copies;
    private int _atDeepest;
    private Element? _previous;

    private BoundedParse(int length, ReadingLimit limit)
    {
        _limit = limit;
        _mostElements = Math.Clamp(length / BytesOfElement, FewestElements, MostElements);
        _mostCopies = Math.Min(_mostElements, MostCopies);
    }

    public static IHtmlDocument Read(string html, ReadingLimit limit) => Read(RentedText.Of(html), limit);

    /// <summary>Parses the text and gives it back.</summary>
    public static IHtmlDocument Read(RentedText html, ReadingLimit limit)
    {
        using var text = html;
        var parse = new BoundedParse(text.Length, limit);
        NoScripts.Settle(text.Span);
        ShadowRoots.Open(text.Span);
        text.Cut(parse.LengthToSilentNodes(text.Span));
        OneBase.Leave(text.Span);
        var options = new HtmlParserOptions
        {
            MaximumDepth = Deepest,
            DisableElementPositionTracking = true,
            SkipComments = true,
            SkipProcessingInstructions = true,
            ShouldEmitAttribute = (ref token, name) => token.Attributes.Count < MostAttributes && parse.Keeps(name.Span),
            OnCreated = (element, _) => parse.Count(element),
        };
        return Released(new HtmlParser(options, new BrowsingContext(Quiet)), text.Memory);
    }

    // The tokenizer's buffer is as long as the page, and nobody looks at it again.
    private static IHtmlDocument Released(HtmlParser parser, ReadOnlyMemory<char> html)
    {
        IHtmlDocument document;
        try
        {
            document = parser.ParseDocument(html);
        }
        catch (PageEndException end)
        {
            document = end.Document;
        }

        (document as IConstructableDocument)?.Builder?.Dispose();
        return document;
    }

    private bool Keeps(ReadOnlySpan<char> attribute) =>
        _attributes++ < 2 * _mostElements && !attribute.Equals("checked", StringComparison.OrdinalIgnoreCase)
            && !attribute.Equals("srcdoc", StringComparison.OrdinalIgnoreCase);

    // What makes a node that the parser does not tell of: the end tags of two elements that are not open make one, and a comment, whatever it looks like, ends
    // a text, so that the next one is a node of its own (https://html.spec.whatwg.org/multipage/parsing.html#parse-error-incorrectly-opened-comment).
    private int LengthToSilentNodes(ReadOnlySpan<char> html)
    {
        var rest = html;
        for (var nodes = 0; rest.IndexOf('<') is >= 0 and var at;)
        {
            if (MakesSilentNode(rest[at..]) && nodes++ == _mostElements) return html.Length - rest.Length + at;
            rest = rest[(at + 1)..];
        }

        return html.Length;
    }

    private static bool MakesSilentNode(ReadOnlySpan<char> tag) => tag switch
    {
        ['<', '!' or '?', ..] => true,
        ['<', '/', 'p' or 'P', ..] or ['<', '/', 'b' or 'B', 'r' or 'R', ..] => true,
        ['<', '/', not '>' and var first, ..] => !char.IsAsciiLetter(first),
        _ => false,
    };

    private void Count(IElement element)
    {
        _limit.Check(TextWorthAnElement);

        // Only the previous element has found its place by now.
        if (_previous is not null) CountAround(_previous);
        _previous = (Element)element;
        if (Formatting.Contains(_previous.LocalName)) _previous.SourceReference = Counted.Once;
        if (++_elements > _mostElements || _atDeepest > MostAtDeepest || _copies > _mostCopies || IsTooDeep())
            throw new PageEndException((IHtmlDocument)element.Owner!);
    }

    // Behind a pre the parser looks for a line break, finds the next pre, and looks behind that one, one within the other.
    private static bool IsTooDeep() => !RuntimeHelpers.TryEnsureSufficientExecutionStack();

    // The parser does not tell of the copies that it makes. Those made since the last element end one of the elements around it, or
    // stand before one of them that is a table, which text is moved out of.
    private void CountAround(Element element)
    {
        var depth = 1;
        Element? from = null;
        for (var at = element; at is not null; (from, at) = (at, (Element?)at.ParentElement))
        {
            depth++;
            // What stands before the place where the parser was has been counted when it came there.
            if (!ReferenceEquals(at.LastElementChild, from) || from is IHtmlTableElement) CountAtEnd(((INode)at).ChildNodes, from);
        }

        if (depth >= Deepest) _atDeepest++;
    }

    private void CountAtEnd(INodeList children, Element? from)
    {
        var i = children.Length - 1;
        while (i >= 0 && (ReferenceEquals(children[i], from) || IsNewCopy(children[i]))) i--;
    }

    private bool IsNewCopy(INode node)
    {
        var at = node;
        while (at is Element { SourceReference: null } copy && Formatting.Contains(copy.LocalName))
        {
            copy.SourceReference = Counted.Once;
            _copies++;
            at = ((INode)copy).LastChild;
        }

        return !ReferenceEquals(at, node);
    }

    // The parser offers no other way to be stopped than an exception from its callback; the document so far is whole.
    private sealed class PageEndException(IHtmlDocument document) : Exception
    {
        public IHtmlDocument Document { get; } = document;
    }
}
