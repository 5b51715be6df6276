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

    /// <summary>
    /// The heading's text without the kicker: the first element, when it is marked as one or the rest is a title elsewhere, or the last; else null.
    /// </summary>
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
        if (!IsMarked(first) && TitleBefore(parts, text) is { } title) return title;
        if (kicker.Length == 0 || !text.StartsWith(kicker, StringComparison.Ordinal)) return null;
        var rest = text[kicker.Length..].TrimStart(Marks);
        var key = ComparableText.Letters(rest);
        return key.Length >= ShortestTitle
            && (IsMarked(first) || isTitle(key) || (IsLine(text, kicker) && titles.Any(other => IsMarkedOff(other, kicker, key))))
            ? rest
            : null;
    }

    // Style sheets may lift the last line to the top.
    private static string? TitleBefore(List<INode> parts, string text) =>
        parts[^1] is IElement last && IsMarked(last) && ElementText.Line(last) is { Length: > 0 } kicker && text.EndsWith(kicker, StringComparison.Ordinal)
            && text[..^kicker.Length].TrimEnd(Marks) is { Length: >= ShortestTitle } title
            ? title
            : null;

    private static bool IsLine(string text, string kicker) =>
        text.Length > kicker.Length + 1 && text[kicker.Length] == ' ' && !Marks.Contains(text[kicker.Length + 1]);

    // "Topic: The title", where the heading has "Topic" and "The title". A long first line is the title, and a subtitle follows.
    private static bool IsMarkedOff(string title, string kicker, string key) =>
        kicker.Length * 2 <= key.Length && char.IsLetterOrDigit(kicker[^1])
        && title.StartsWith(kicker, StringComparison.OrdinalIgnoreCase)
        && title[kicker.Length..].TrimStart() is { Length: > 1 } behind && Marks.Contains(behind[0])
            && (behind[1] == ' ' || behind[0] is '|' or '/') && ComparableText.Letters(behind) == key;

    private static bool IsMarked(IElement element) =>
        element.LocalName == "small"
            || (
                element.ClassName is { Length: > 0 } names
                    && (names.AsSpan().ContainsAny(Names) || names.Split(' ').Any(static name => name.EndsWith("small", StringComparison.OrdinalIgnoreCase))));

    private static List<INode> Parts(IElement element) =>
        [.. element.ChildNodes.Where(static node => node is IElement { LocalName: not "br" } || (node is IText text && !text.Data.AsSpan().IsWhiteSpace()))];
}
