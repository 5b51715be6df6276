using System.Collections.Frozen;
using Ingest.Feeds.Tags;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Discovery;

/// <summary>Goes from tag to tag of a page, past comments, declarations and elements whose content is no text of the page. Linear.</summary>
internal sealed class TagWalk(string html, ReadingLimit limit)
{
    /// <summary>Elements whose content is text, whatever it looks like.</summary>
    public static FrozenSet<string> Raw { get; } = new[]
    {
        "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "template",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly TagMarks _marks = new(html);
    private readonly HashSet<string> _neverClosed = [];
    private int _at;
    private int _from;
    private int _nameLength;
    private bool _isRaw;

    /// <summary>Where the tag begins.</summary>
    public int Start { get; private set; }

    /// <summary>The text between the last tag and this one; at the end, the rest.</summary>
    public ReadOnlySpan<char> TextBefore => _isRaw ? [] : html.AsSpan(_from, Start - _from);

    /// <summary>The name of a start tag; empty for any other mark.</summary>
    public ReadOnlySpan<char> Name => html.AsSpan(Math.Min(Start + 1, html.Length), _nameLength);

    /// <summary>The whole tag.</summary>
    public ReadOnlySpan<char> Tag => html.AsSpan(Start, _at - Start);

    /// <summary>Goes to the next tag; false at the end.</summary>
    public bool Next()
    {
        limit.Check();
        _from = _at;
        _isRaw = false;
        if (Raw.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(Name, out var raw) && !_neverClosed.Contains(raw)) SkipRaw(raw);
        _nameLength = 0;
        Start = html.IndexOf('<', _at);
        if (Start < 0)
        {
            Start = html.Length;
            _at = html.Length;
            return false;
        }

        if (html.AsSpan(Start).StartsWith("<!--")) _at = _marks.CommentEnd.Behind(Start + 4);
        else _at = _marks.TagEnd.Behind(Start);
        if (_at <= 0) _at = html.Length;
        while (Start + 1 + _nameLength < html.Length && IsOfName(html[Start + 1 + _nameLength])) _nameLength++;
        return true;
    }

    private void SkipRaw(string name)
    {
        if (html.IndexOf("</" + name, _at, StringComparison.OrdinalIgnoreCase) is >= 0 and var close) (_at, _isRaw) = (close, true);
        else _neverClosed.Add(name);
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or ':';
}
