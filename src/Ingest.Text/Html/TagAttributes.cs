namespace Ingest.Text.Html;

/// <summary>The attributes of one tag as the HTML standard reads them: quoted either way, unquoted, or without a value; names in any case.</summary>
internal sealed class TagAttributes
{
    // No tag that anyone wrote has more.
    private const int Most = 64;

    private readonly List<(string Name, string? Value)> _all = [];

    public int Count => _all.Count;

    /// <summary>Whether one of them has a value.</summary>
    public bool HasValue => _all.Exists(static one => one.Value is not null);

    /// <summary>Reads the attributes that follow a tag's name.</summary>
    /// <param name="html">The document.</param>
    /// <param name="at">The position behind the name.</param>
    /// <param name="limit">Where the tag ends at the latest.</param>
    /// <returns>Them, and the position behind the tag: the end of the text where it is never closed.</returns>
    public static (TagAttributes Attributes, int End) At(string html, int at, int limit)
    {
        var attributes = new TagAttributes();
        while (at < limit && html[at] != '>')
        {
            if (char.IsWhiteSpace(html[at]) || html[at] == '/') at++;
            else at = attributes.ReadOne(html, at);
        }

        return (attributes, Math.Min(html.Length, at + 1));
    }

    /// <summary>The value, trimmed and with its references decoded; null when there is no such attribute, or nothing in it.</summary>
    public string? Value(string name)
    {
        foreach (var (stated, value) in _all)
        {
            if (stated.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value is null ? null : HtmlEntities.Decode(value).Trim() is { Length: > 0 } text ? text : null;
        }

        return null;
    }

    /// <summary>Whether all names are such as HTML has; in "a&lt;b &amp;&amp; c&gt;d" they are not.</summary>
    public bool AreNamed() => _all.TrueForAll(
        static one => char.IsAsciiLetter(one.Name[0]) && one.Name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':' or '.'));

    private int ReadOne(string html, int at)
    {
        var from = at;
        at++;
        while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] is not ('=' or '>' or '/')) at++;
        var name = html.AsSpan(from, at - from);
        var next = SkipBlanks(html, at);
        if (next >= html.Length || html[next] != '=')
        {
            Add(name, null);
            return at;
        }

        at = SkipBlanks(html, next + 1);
        if (at >= html.Length) return at;
        from = at;
        if (html[at] is '"' or '\'')
        {
            var close = html.IndexOf(html[at], at + 1);
            if (close < 0) return html.Length;
            Add(name, html[(from + 1)..close]);
            return close + 1;
        }

        while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] != '>') at++;
        Add(name, html[from..at]);
        return at;
    }

    private void Add(ReadOnlySpan<char> name, string? value)
    {
        if (_all.Count < Most) _all.Add((name.ToString(), value));
    }

    private static int SkipBlanks(string html, int at)
    {
        while (at < html.Length && char.IsWhiteSpace(html[at])) at++;
        return at;
    }
}
