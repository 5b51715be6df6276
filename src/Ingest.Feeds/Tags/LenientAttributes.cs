using System.Buffers;

namespace Ingest.Feeds.Tags;

/// <summary>Reads the attributes of one tag: quoted either way, unquoted, or without a value.</summary>
/// <param name="text">The document.</param>
/// <param name="marks">The marks of the document.</param>
/// <param name="isXml">Whether a slash before the tag's end closes the element; in HTML it is the end of an unquoted value.</param>
/// <param name="note">Told of each slip.</param>
internal sealed class LenientAttributes(string text, TagMarks marks, bool isXml, Action<string> note)
{
    // A value with a bare < is believed only when it is about as long as an address.
    private const int LongestWithBareLess = 2048;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n=/><\"'");
    private static readonly SearchValues<char> BareEnds = SearchValues.Create(" \t\r\n><");

    /// <summary>Reads up to the end of the tag.</summary>
    /// <param name="at">The position behind the tag's name.</param>
    /// <param name="attributes">Takes the names and values, as written.</param>
    /// <returns>The position behind the tag, -1 when the text ends first; and whether the tag closes itself.</returns>
    public (int End, bool IsEmpty) Read(int at, List<KeyValuePair<string, string>> attributes)
    {
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '>') return (at + 1, false);
            if (c == '<') return (at, false);
            if (c == '/' && at + 1 < text.Length && text[at + 1] == '>') return (at + 2, true);
            at = char.IsWhiteSpace(c) || c is '/' or '=' or '"' or '\'' ? at + 1 : ReadOne(at, attributes);
        }

        return (-1, false);
    }

    private int ReadOne(int at, List<KeyValuePair<string, string>> attributes)
    {
        var nameLength = text.AsSpan(at).IndexOfAny(NameEnds);
        if (nameLength < 0) return text.Length;
        var name = text.AsSpan(at, nameLength);
        at = SkipBlanks(at + nameLength);
        if (at >= text.Length || text[at] != '=') return at;
        at = SkipBlanks(at + 1);
        if (at >= text.Length) return at;
        var (from, length, end) = text[at] is '"' or '\'' ? Quoted(at) : Bare(at);
        if (attributes.Count < FeedLimits.MaxAttributes && name.Length <= FeedLimits.MaxLine)
            attributes.Add(new(name.ToString(), text.Substring(from, length)));
        else note("attributes past the limit left out");
        return end;
    }

    // A quote that is never closed, or only in a tag further on, ends with its tag.
    private (int From, int Length, int End) Quoted(int at)
    {
        var from = at + 1;
        var close = marks.Quote(text[at]).From(from);
        var less = close < 0 ? -1 : text.AsSpan(from, Math.Min(close - from, LongestWithBareLess)).IndexOf('<');
        if (close >= 0 && (less < 0 || close - from < LongestWithBareLess))
        {
            var tagEnd = marks.TagEnd.From(from);
            if (less < 0 || tagEnd < 0 || tagEnd > close) return (from, close - from, close + 1);
        }

        note("attribute without a closing quote");
        var end = marks.TagEnd.From(from);
        if (end < 0) return (from, 0, text.Length);
        return (from, text.AsSpan(from, end - from).TrimEnd('/').Length, end);
    }

    private (int From, int Length, int End) Bare(int at)
    {
        note("attribute without quotes");
        var length = text.AsSpan(at).IndexOfAny(BareEnds);
        if (length < 0) length = text.Length - at;
        else if (isXml && text[at + length] == '>' && length > 0 && text[at + length - 1] == '/') length--;
        return (at, length, at + length);
    }

    private int SkipBlanks(int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at;
    }
}
