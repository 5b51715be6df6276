using System.Buffers;
using AngleSharp.Dom;
using Ingest.Pages.Claims.Marks;
using Ingest.Text;

namespace Ingest.Pages.Claims.Names;

/// <summary>The short line above a title that many pages keep inside the heading, in an element of its own.</summary>
internal static class Kicker
{
    private const int ShortestTitle = 8;

    private static readonly SearchValues<string> Names = ClassNames.Parts("name-parts-kicker");

    /// <summary>The heading's text behind its first element, when that is marked as a kicker or the rest is a title elsewhere; else null.</summary>
    /// <param name="heading">The heading.</param>
    /// <param name="isTitle">Is a text of this <see cref="ComparableText.Letters"/> the whole of another claim to the title?</param>
    public static string? TitleBehind(IElement heading, Func<string, bool> isTitle)
    {
        var holder = heading;
        var parts = Parts(holder);
        while (parts is [IElement only])
        {
            holder = only;
            parts = Parts(holder);
        }

        if (parts.Count < 2 || parts[0] is not IElement first) return null;
        var (text, kicker) = (ElementText.Line(holder), ElementText.Line(first));
        if (kicker.Length == 0 || !text.StartsWith(kicker, StringComparison.Ordinal)) return null;
        var rest = text[kicker.Length..].TrimStart(' ', ':', '|', '–', '—', '-', '/', '•', '·');
        var key = ComparableText.Letters(rest);
        return key.Length >= ShortestTitle && (IsMarked(first) || isTitle(key)) ? rest : null;
    }

    private static bool IsMarked(IElement element) =>
        element.LocalName == "small"
            || (
                element.ClassName is { Length: > 0 } names
                    && (names.AsSpan().ContainsAny(Names) || names.Split(' ').Any(static name => name.EndsWith("small", StringComparison.OrdinalIgnoreCase))));

    private static List<INode> Parts(IElement element) =>
        [.. element.ChildNodes.Where(static node => node is IElement { LocalName: not "br" } || (node is IText text && !text.Data.AsSpan().IsWhiteSpace()))];
}
