using Ingest.Worker.Storage.Overview;

namespace Ingest.Worker.Operations.Site;

/// <summary>What a search found.</summary>
internal static class SearchView
{
    public const int LongestQuery = 300;

    public static string Page(IReadOnlyList<Row> rows, string query)
    {
        var found = rows.Select(static row => Html.Of(
            $"""
            <li><p>{Html.Day(row.Day("published_on"))} {Layout.Article(row.Count("article_id"), row.Text("title"))}
            <span class="soft">{row.TextOrNone("source")}</span><br>
            {Marked(row.TextOrNone("snippet"))}</p></li>

            """));
        var body = query.Length == 0 ? Html.Of($"<p>Words, “quoted phrases”, or, -without.</p>")
            : rows.Count == 0 ? Html.Of($"<p>Nothing was found for “{query}”. What came in the last moments may not be in the index yet.</p>")
            : Html.Of($"<ol>{found}</ol>");
        return Layout.Page("Search", body, query);
    }

    // The words that were found stand between these two, and everything else is text.
    private static Html Marked(string? snippet) => new(
        Html.Of($"{snippet}").Text
            .Replace("&lt;b&gt;", "<mark>", StringComparison.Ordinal)
            .Replace("&lt;/b&gt;", "</mark>", StringComparison.Ordinal));
}
