using AngleSharp.Dom;

namespace Ingest.Pages.Claims.Marks;

/// <summary>Tells places where a text is signed although nothing says so: a last paragraph in bold or italics, brackets at the end of the last one.</summary>
internal static class Signatures
{
    // How far behind the last long text of a page a signature of it stands.
    private const int Farthest = 8;
    private const int Longest = 60;

    /// <summary>Whether a paragraph is the last beside others, and is one short text in bold or italics.</summary>
    /// <param name="paragraph">The paragraph.</param>
    /// <param name="behind">How many elements it stands behind the last long text.</param>
    public static bool IsLast(IElement paragraph, int behind) =>
        behind is > 0 and <= Farthest && paragraph is { ChildElementCount: 1, FirstElementChild: { LocalName: "strong" or "b" or "em" or "i" } marked }
            && paragraph.NextElementSibling is null && paragraph.PreviousElementSibling is { LocalName: "p" }
            && marked.TextContent.Length <= Longest && ElementText.Line(paragraph).Length == ElementText.Line(marked).Length;

    /// <summary>The name in "(Jane Doe)", where a paragraph ends so; null elsewhere.</summary>
    /// <param name="node">A text of the page.</param>
    /// <param name="behind">How many elements it stands behind the last long text.</param>
    public static string? InBrackets(IText node, int behind)
    {
        var text = node.Data.AsSpan().Trim();
        if (behind is < 0 or > Farthest || text.Length is < 5 or > Longest || text[0] != '(') return null;
        var end = text.TrimEnd("+*. ");
        return end[^1] == ')' && IsAtEnd(node) && !IsOfQuotation(node) ? end[1..^1].Trim().ToString() : null;
    }

    // Whoever is quoted stands in brackets behind the quotation.
    private static bool IsOfQuotation(INode node)
    {
        var before = node.PreviousSibling ?? node.Parent?.PreviousSibling;
        var text = before is null ? default : before.TextContent.AsSpan().TrimEnd();
        return !text.IsEmpty && text[^1] is '"' or '“' or '”' or '»' or '«' or '’' or '\'' or '」';
    }

    private static bool IsAtEnd(INode node)
    {
        const int Deepest = 3;
        for (var (at, depth) = (node, 0); at is not null && depth <= Deepest; (at, depth) = (at.Parent, depth + 1))
        {
            if (at is IElement { LocalName: "p" or "div" }) return true;
            for (var next = at.NextSibling; next is not null; next = next.NextSibling)
            {
                if (next is not IText text || !text.Data.AsSpan().IsWhiteSpace()) return false;
            }
        }

        return false;
    }
}
