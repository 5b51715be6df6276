using AngleSharp.Dom;

namespace Ingest.Pages.Body.Blocks.Runs;

/// <summary>Tells elements that have nothing in them but one in italics, which is how captions differ from text where nothing names them.</summary>
internal static class Emphasis
{
    public static bool IsAllOf(Element element)
    {
        var nodes = ((INode)element).ChildNodes;
        var emphasized = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i] is Element { LocalName: "em" or "i" or "small" }) emphasized++;
            else if (nodes[i] is not IText text || !text.Data.AsSpan().IsWhiteSpace()) return false;
        }

        return emphasized == 1;
    }
}
