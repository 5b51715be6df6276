namespace Ingest.Worker.Operations.Site;

/// <summary>What all pages have in common. They need no script, and read well in a text browser and on a phone.</summary>
internal static class Layout
{
    public const string Style = """
        :root { color-scheme: light dark; --line: #8884; --soft: #8882; --bar: #4a7ebb; --bad: #b3261e; --good: #1b7f3b; }
        @media (prefers-color-scheme: dark) { :root { --bar: #7fb0ea; --bad: #ff8a80; --good: #7bd89a; } }
        * { box-sizing: border-box; }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 0 1rem 3rem; }
        header { display: flex; flex-wrap: wrap; gap: .5rem 1.2rem; align-items: center; padding: .8rem 0; border-bottom: 1px solid var(--line); }
        header form { margin-left: auto; }
        input, button, select { font: inherit; padding: .2rem .5rem; max-width: 100%; }
        h1 { font-size: 1.5rem; margin: 1.2rem 0 .5rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; }
        a { color: inherit; text-decoration-color: var(--bar); text-underline-offset: .15em; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .92rem; }
        th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--soft); }
        th, td { overflow-wrap: anywhere; min-width: 5rem; }
        th { font-weight: 600; white-space: nowrap; }
        td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        time { white-space: nowrap; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .5rem 0; }
        dt { opacity: .75; } dd { margin: 0; overflow-wrap: anywhere; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .6rem; padding: 0; margin: .8rem 0; list-style: none; }
        .tiles li { border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .7rem; }
        .tiles b { display: block; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
        .charts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; }
        figure { margin: .3rem 0; } figcaption { font-size: .85rem; opacity: .8; }
        svg { display: block; max-width: 100%; height: auto; } svg line { stroke: var(--line); }
        svg rect { fill: var(--bar); } svg rect.bad { fill: var(--bad); }
        .bad { color: var(--bad); } .good { color: var(--good); } .soft { opacity: .75; }
        article { max-width: 42rem; } del { color: var(--bad); } ins { color: var(--good); }
        """;

    public static string Page(string title, Html body, string search = "") => Html.Of(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} – ingest-worker</title>
        <link rel="stylesheet" href="/style.css">
        </head>
        <body>
        <header>
        <strong>ingest-worker</strong>
        <nav><a href="/">Status</a> · <a href="/sources">Sources</a></nav>
        <form action="/search" method="get" role="search">
        <input name="q" value="{search}" aria-label="Search the articles" placeholder="Search the articles"> <button>Search</button>
        </form>
        </header>
        <main>
        <h1>{title}</h1>
        {body}
        </main>
        </body>
        </html>
        """).Text + "\n";

    /// <summary>A table with its heading; nothing without rows, unless something is said then.</summary>
    public static Html Table(string heading, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<Html>> rows, string? none = null)
    {
        var lines = rows.ToList();
        if (lines.Count == 0) return none is null ? Html.None : Html.Of($"<h2>{heading}</h2>\n<p>{none}</p>\n");
        var head = Html.All(columns.Select(static column => Html.Of($"<th{Align(column)}>{column.TrimEnd('#')}</th>")));
        var body = Html.All(lines.Select(line => Html.Of($"<tr>{line.Select((cell, i) => Html.Of($"<td{Align(columns[i])}>{cell}</td>"))}</tr>\n")));
        return Html.Of($"<h2>{heading}</h2>\n<div class=\"wide\"><table>\n<tr>{head}</tr>\n{body}</table></div>\n");
    }

    /// <summary>A list of facts with their names; those without a value are left out.</summary>
    public static Html Facts(IEnumerable<(string Name, Html Value)> facts) => Html.Of(
        $"<dl>{facts.Where(static fact => fact.Value.Text.Length > 0).Select(static fact => Html.Of($"<dt>{fact.Name}</dt><dd>{fact.Value}</dd>\n"))}</dl>\n");

    public static Html Text(string? text) => Html.Of($"{text}");

    public static Html Source(string? name) => name is null ? Html.None : Html.Of($"<a href=\"/source?name={Uri.EscapeDataString(name)}\">{name}</a>");

    public static Html Article(long id, string title) => Html.Of($"<a href=\"/article?id={id}\">{(title.Length > 0 ? title : "(without a title)")}</a>");

    public static Html Health(string health) =>
        Html.Of($"<span class=\"{(health is "healthy" ? "good" : health is "failing" or "gone" or "silent" or "drifting" ? "bad" : "soft")}\">{health}</span>");

    // The names of columns with numbers end in #.
    private static Html Align(string column) => column.EndsWith('#') ? new Html(" class=\"n\"") : Html.None;
}
