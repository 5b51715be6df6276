using System.Buffers;

namespace Ingest.Worker.Feeds.Repair;

/// <summary>Reads the attributes of one tag: quoted either way, unquoted, or without a value.</summary>
internal readonly ref struct LenientAttributes(string text, int from, DeclaredEntities entities, LenientBuilder builder)
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n=/><\"'");
    private static readonly SearchValues<char> BareEnds = SearchValues.Create(" \t\r\n><");

    /// <summary>Reads up to the end of the tag.</summary>
    /// <returns>The position behind the tag, -1 when the text ends first; and whether the tag closes itself.</returns>
    public (int End, bool IsEmpty) Read(List<KeyValuePair<string, string>> attributes)
    {
        var at = from;
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '>') return (at + 1, false);
            if (c == '<') return (at, false);
            if (c == '/' && at + 1 < text.Length && text[at + 1] == '>') return (at + 2, true);
            if (char.IsWhiteSpace(c) || c is '/' or '=' or '"' or '\'')
            {
                at++;
                continue;
            }

            at = ReadOne(at, attributes);
        }

        return (-1, false);
    }

    private int ReadOne(int at, List<KeyValuePair<string, string>> attributes)
    {
        var nameLength = text.AsSpan(at).IndexOfAny(NameEnds);
        if (nameLength < 0) return text.Length;
        if (nameLength == 0) return at + 1;
        var name = text.Substring(at, nameLength);
        at = SkipBlanks(at + nameLength);
        if (at >= text.Length || text[at] != '=') return at;
        at = SkipBlanks(at + 1);
        if (at >= text.Length) return at;
        var (value, end) = text[at] is '"' or '\'' ? Quoted(at) : Bare(at);
        if (attributes.Count < FeedLimits.MaxAttributes) attributes.Add(new(name, entities.Decode(value, builder)));
        else builder.Note("attributes past the limit left out");
        return end;
    }

    // A quote that is never closed, or only in a tag further on, ends with its tag.
    private (string Value, int End) Quoted(int at)
    {
        var rest = text.AsSpan(at + 1);
        var close = rest.IndexOfAny(text[at], '<');
        if (close >= 0 && rest[close] != '<') return (rest[..close].ToString(), at + 1 + close + 1);
        var end = rest.IndexOf('>');
        if (close >= 0 && (end < 0 || end > close))
        {
            // A bare < inside of the quotes.
            var quote = rest.IndexOf(text[at]);
            if (quote >= 0 && quote < FeedLimits.MaxLine) return (rest[..quote].ToString(), at + 1 + quote + 1);
        }

        builder.Note("attribute without a closing quote");
        if (end < 0) return ("", text.Length);
        return (rest[..end].TrimEnd('/').ToString(), at + 1 + end);
    }

    private (string Value, int End) Bare(int at)
    {
        builder.Note("attribute without quotes");
        var length = text.AsSpan(at).IndexOfAny(BareEnds);
        if (length < 0) return (text[at..], text.Length);
        var value = text.AsSpan(at, length);
        if (text[at + length] == '>' && value.EndsWith("/")) value = value[..^1];
        return (value.ToString(), at + value.Length);
    }

    private int SkipBlanks(int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at;
    }
}
