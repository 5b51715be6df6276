namespace Ingest.Pages;

/// <summary>
/// Opens the shadow trees that a page brings along: a template with a <c>shadowrootmode</c> is shown where it stands
/// (https://html.spec.whatwg.org/multipage/scripting.html#attr-template-shadowrootmode), any other is for scripts.
/// </summary>
internal static class ShadowRoots
{
    private const string Template = "template";

    // As long as the name that it takes the place of.
    private const string Division = "div     ";

    /// <summary>Makes each such template a plain element.</summary>
    public static void Open(Span<char> html)
    {
        ReadOnlySpan<char> page = html;
        if (!page.Contains("<template shadowroot", StringComparison.OrdinalIgnoreCase)
            && !(page.Contains("shadowrootmode", StringComparison.OrdinalIgnoreCase) && page.Contains("<template", StringComparison.OrdinalIgnoreCase)))
            return;
        foreach (var at in Names(page)) Division.CopyTo(html[at..]);
    }

    // Where the names of their start and end tags stand.
    private static List<int> Names(ReadOnlySpan<char> html)
    {
        var names = new List<int>();
        var open = new Stack<bool>();
        for (var (at, found) = (0, 0); (found = html[at..].IndexOf(Template, StringComparison.OrdinalIgnoreCase)) >= 0; at += Template.Length)
        {
            at += found;
            if (at == 0 || !EndsName(html, at + Template.Length)) continue;
            if (html[at - 1] == '<')
            {
                open.Push(IsShadowRoot(html[at..]));
                if (open.Peek()) names.Add(at);
            }
            else if (html[at - 1] == '/' && at > 1 && html[at - 2] == '<' && open.TryPop(out var isShown) && isShown)
            {
                names.Add(at);
            }
        }

        return names;
    }

    private static bool EndsName(ReadOnlySpan<char> html, int at) => at < html.Length && (html[at] is '>' or '/' || char.IsWhiteSpace(html[at]));

    private static bool IsShadowRoot(ReadOnlySpan<char> tag)
    {
        const int LongestTag = 1000;
        tag = tag[..Math.Min(tag.Length, LongestTag)];
        var end = tag.IndexOf('>');
        return (end < 0 ? tag : tag[..end]).Contains("shadowroot", StringComparison.OrdinalIgnoreCase);
    }
}
