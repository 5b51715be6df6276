using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Ingest.Worker.Pages;

/// <summary>Parses a page in time and memory that its size bounds, whatever is in it.</summary>
/// <remarks>
/// Tree building is not linear: a block's start tag walks all open elements, and one left open may be made again in every paragraph.
/// So the parse ends, and the page with it, at a number of elements, or of elements nested too deep, that no article needs.
/// </remarks>
internal sealed class BoundedParse
{
    private const int MostElements = 200_000;
    private const int Deepest = 256;
    private const int MostAtDeepest = 2_000;

    private int _elements;
    private int _atDeepest;
    private IElement? _previous;

    private BoundedParse()
    {
    }

    public static IHtmlDocument Read(string html)
    {
        var parse = new BoundedParse();
        var options = new HtmlParserOptions
        {
            MaximumDepth = Deepest,
            // As browsers do: a noscript is one text, so what it leaves open does not swallow the page.
            IsScripting = true,
            DisableElementPositionTracking = true,
            SkipComments = true,
            SkipProcessingInstructions = true,
            OnCreated = (element, _) => parse.Count(element),
        };
        try
        {
            return new HtmlParser(options).ParseDocument(html);
        }
        catch (PageEndException end)
        {
            return end.Document;
        }
    }

    private void Count(IElement element)
    {
        // Only the previous element has found its place by now.
        if (_previous is not null && IsAtDeepest(_previous)) _atDeepest++;
        _previous = element;
        if (++_elements > MostElements || _atDeepest > MostAtDeepest) throw new PageEndException((IHtmlDocument)element.Owner!);
    }

    private static bool IsAtDeepest(INode node)
    {
        var depth = 1;
        for (var at = node.Parent; at is not null; at = at.Parent) depth++;
        return depth >= Deepest;
    }

    // The parser offers no other way to be stopped than an exception from its callback; the document so far is whole.
    private sealed class PageEndException(IHtmlDocument document) : Exception
    {
        public IHtmlDocument Document { get; } = document;
    }
}
