using System.Buffers;
using AngleSharp.Dom;
using Ingest.Pages.Claims.Marks;
using Ingest.Text;

namespace Ingest.Pages.Claims.Names;

/// <summary>The short line above a title that many pages keep inside the heading, in an element of its own.</summary>
internal static class Kicker
{
    private const int ShortestTitle = 8;

    private static readonly char[] Marks = [' ', ':', '|', '–', '—', '-', '/', '•', '·'];

    private static readonly SearchValues<string> Names = ClassNames.Parts("name-parts-kicker");

    /// <summary>The heading's text behind its first element, when that is marked as a kicker or the rest is a title elsewhere; else null.</summary>
    /// <param name="heading">The heading.</param>
    /// <param name="isTitle">Is a text of this <see cref="ComparableText.Letters"/> the whole of another claim to the title?</param>
    /// <param name="titles">The other claims, which may part with a mark what the heading parts by its lines.</param>
    public static string? TitleBehind(IElement heading, Func<string, bool> isTitle, IEnumerable<string> titles)
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
        var rest = text[kicker.Length..].TrimStart(Marks);
        var key = ComparableText.Letters(rest);
        return key.Length >= ShortestTitle
            && (IsMarked(first) || isTitle(key) || IsParted(parts) || (IsLine(text, kicker) && titles.Any(title => IsMarkedOff(title, kicker, key))))
            ? rest
            : null;
    }

    // "<span>Topic</span><span class="hidden">: </span><span>The title</span>": the mark is there for those who only hear the lines.
    private static bool IsParted(List<INode> parts) =>
        parts is [_, IElement mark, IElement _, ..] && ElementText.Line(mark) is { Length: 1 } sign && Marks.Contains(sign[0]);

    private static bool IsLine(string text, string kicker) =>
        text.Length > kicker.Length + 1 && text[kicker.Length] == ' ' && !Marks.Contains(text[kicker.Length + 1]);

    // "Topic: The title", where the heading has "Topic" and "The title".
    private static bool IsMarkedOff(string title, string kicker, string key) =>
        title.StartsWith(kicker, StringComparison.OrdinalIgnoreCase) && title[kicker.Length..].TrimStart() is { Length: > 1 } behind && Marks.Contains(behind[0])
            && (behind[1] == ' ' || behind[0] is '|' or '/') && ComparableText.Letters(behind) == key;

    private static bool IsMarked(IElement element) =>
        element.LocalName == "small"
            || (
                element.ClassName is { Length: > 0 } names
                    && (names.AsSpan().ContainsAny(Names) || names.Split(' ').Any(static name => name.EndsWith("small", StringComparison.OrdinalIgnoreCase))));

    private static List<INode> Parts(IElement element) =>
        [.. element.ChildNodes.Where(static node => node is IElement { LocalName: not "br" } || (node is IText text && !text.Data.AsSpan().IsWhiteSpace()))];
}
