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

    /// <summary>The page with a plain element for each such template.</summary>
    public static string Open(string html)
    {
        if (!html.Contains("<template shadowroot", StringComparison.OrdinalIgnoreCase)
            && !(html.Contains("shadowrootmode", StringComparison.OrdinalIgnoreCase) && html.Contains("<template", StringComparison.OrdinalIgnoreCase)))
            return html;
        var names = Names(html);
        return names.Count == 0
            ? html
            : string.Create(html.Length, (html, names), static (page, source) =>
            {
                source.html.CopyTo(page);
                foreach (var at in source.names) Division.CopyTo(page[at..]);
            });
    }

    // Where the names of their start and end tags stand.
    private static List<int> Names(string html)
    {
        var names = new List<int>();
        var open = new Stack<bool>();
        for (var at = 0; (at = html.IndexOf(Template, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += Template.Length)
        {
            if (at == 0 || !EndsName(html, at + Template.Length)) continue;
            if (html[at - 1] == '<')
            {
                open.Push(IsShadowRoot(html.AsSpan(at)));
                if (open.Peek()) names.Add(at);
            }
            else if (html[at - 1] == '/' && at > 1 && html[at - 2] == '<' && open.TryPop(out var isShown) && isShown)
            {
                names.Add(at);
            }
        }

        return names;
    }

    private static bool EndsName(string html, int at) => at < html.Length && (html[at] is '>' or '/' || char.IsWhiteSpace(html[at]));

    private static bool IsShadowRoot(ReadOnlySpan<char> tag)
    {
        const int LongestTag = 1000;
        tag = tag[..Math.Min(tag.Length, LongestTag)];
        var end = tag.IndexOf('>');
        return (end < 0 ? tag : tag[..end]).Contains("shadowroot", StringComparison.OrdinalIgnoreCase);
    }
}
