using Ingest.Worker.Storage.Overview;

namespace Ingest.Worker.Operations.Site;

/// <summary>The list of sources, a hundred a page.</summary>
internal static class SourcesView
{
    private const int PerPage = 100;

    private static readonly string[] Healths =
    [
        "", "healthy", "shaky", "failing", "silent", "drifting", "missing_entries",
        "new", "paused", "disabled", "gone",
    ];

    public static (string File, object[] Values) Question(DateTimeOffset now, string health, string part, string from) =>
        ("page_sources", [now.ToUniversalTime(), health, part, from]);

    public static string Page(IReadOnlyList<Row> rows, string health, string part)
    {
        var options = Healths.Select(one => Html.Of(
            $"<option value=\"{one}\"{(one == health ? new Html(" selected") : Html.None)}>{(one.Length == 0 ? "any health" : one)}</option>"));
        var table = Layout.Table(
            "Sources", ["name", "health", "last news (UTC)", "next (UTC)", "last error"],
            rows.Take(PerPage).Select(static row => (Html[])
            [
                Layout.Source(row.Text("name")), Layout.Health(row.Text("health")), Html.At(row.Moment("last_news_at")), Html.At(row.Moment("next_poll_at")),
                Layout.Text(row.TextOrNone("last_error")),
            ]),
            "None.");
        var next = rows.Count <= PerPage ? Html.None : Html.Of($"<p><a href=\"{Link(health, part, rows[PerPage].Text("name"))}\">The next ones</a></p>");
        return Layout.Page(
            "Sources",
            Html.Of(
                $"""
                <form action="/sources" method="get"><select name="health" aria-label="Health">{options}</select>
                <input name="name" value="{part}" aria-label="Part of the name" placeholder="part of the name"> <button>Show</button></form>
                {table}{next}
                """));
    }

    private static string Link(string health, string part, string from) =>
        $"/sources?health={Uri.EscapeDataString(health)}&name={Uri.EscapeDataString(part)}&from={Uri.EscapeDataString(from)}";
}
