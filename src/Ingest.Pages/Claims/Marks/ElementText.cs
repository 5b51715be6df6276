using System.Text;
using AngleSharp.Dom;
using Ingest.Text;

namespace Ingest.Pages.Claims.Marks;

/// <summary>The text of an element, bounded, without scripts and styles.</summary>
internal static class ElementText
{
    private const int LongestLine = 2_000;
    private const int LongestBody = 1_000_000;

    // Elements without text are looked through for each of the elements around them that is asked for its text.
    private const int NodesACharacter = 10;

    /// <summary>One line of at most 2,000 characters.</summary>
    public static string Line(IElement element) => PlainText.Line(Collected(element, LongestLine, breaks: false));

    /// <summary>One line in which the edges of all elements, also inline ones, are spaces.</summary>
    public static string Parts(IElement element) => PlainText.Line(Collected(element, LongestLine, breaks: false, apart: true));

    /// <summary>The text with a line break at the edges of its blocks.</summary>
    public static string Body(IElement element) => Collected(element, LongestBody, breaks: true);

    private static string Collected(IElement root, int limit, bool breaks, bool apart = false)
    {
        if (root.ChildNodes is { Length: 1 } only && only[0] is IText { Data: var whole } && !breaks) return whole.Length > limit ? whole[..limit] : whole;
        var text = new StringBuilder();
        var open = new Stack<(INodeList Children, int Next, bool Block)>();
        open.Push((root.ChildNodes, 0, false));
        for (var nodesLeft = limit * NodesACharacter; open.Count > 0 && text.Length < limit && nodesLeft > 0; nodesLeft--)
        {
            var (children, next, block) = open.Pop();
            if (next == children.Length)
            {
                if (block) text.Append(breaks ? '\n' : ' ');
                continue;
            }

            open.Push((children, next + 1, block));
            switch (children[next])
            {
                case IText node:
                    var data = node.Data.Length > limit ? node.Data[..limit] : node.Data;
                    text.Append(breaks ? data.ReplaceLineEndings(" ") : data);
                    break;
                case IElement { LocalName: "br" }:
                    text.Append(breaks ? '\n' : ' ');
                    break;
                case IElement element when !IsSilent(element.LocalName):
                    var isBlock = apart || IsBlock(element.LocalName);
                    if (isBlock) text.Append(breaks ? '\n' : ' ');
                    open.Push((element.ChildNodes, 0, isBlock));
                    break;
            }
        }

        return text.Length > limit ? text.ToString(0, limit) : text.ToString();
    }

    private static bool IsSilent(string tag) =>
        tag is "script" or "style" or "template" or "noframes" or "svg" or "button" or "select" or "iframe" or "rt" or "rp";

    private static bool IsBlock(string tag) =>
        tag is "p" or "div" or "li" or "ul" or "ol" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "section" or "article" or "blockquote" or "tr" or "td"
            or "th" or "table"
            or "dt" or "dd" or "dl" or "figure" or "figcaption" or "header" or "footer" or "aside" or "pre" or "address" or "hr";
}
