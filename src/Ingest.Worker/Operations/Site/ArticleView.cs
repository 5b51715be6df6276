using System.Globalization;
using Ingest.Worker.Storage.Overview;

namespace Ingest.Worker.Operations.Site;

/// <summary>The page of an article: its text, where each part came from, what it said before, who else tells it and who showed it.</summary>
internal static class ArticleView
{
    public static IReadOnlyList<(string File, object[] Values)> Questions(long id) =>
        [("page_article", [id]), ("page_article_revisions", [id]), ("page_article_story", [id]), ("page_article_sightings", [id])];

    /// <summary>The page; null where there is no such article.</summary>
    public static string? Page(IReadOnlyList<IReadOnlyList<Row>> answers) => answers[0] is [var article]
        ? Layout.Page(
            article.Text("title") is { Length: > 0 } title ? title : "(without a title)",
            Html.Of($"{Facts(article)}{Body(article)}{Revisions(article, answers[1])}{Story(answers[2])}{Sightings(answers[3])}"))
        : null;

    private static Html Facts(Row row) => Layout.Facts(
    [
        ("day", Html.Of($"{Html.Day(row.Day("published_on"))} <span class=\"soft\">from {row.Text("date_source")}</span>")),
        ("published", row.Moment("published_at") is { } at ? Html.Of($"{Html.At(at)} UTC") : Html.None),
        ("modified", row.Moment("modified_at") is { } modified ? Html.Of($"{Html.At(modified)} UTC") : Html.None),
        ("authors", Layout.Text(string.Join(", ", row.Texts("authors")))),
        ("source", Layout.Source(row.TextOrNone("source"))),
        ("URL", Link(row.Text("url"))),
        ("title", Html.Of($"<span class=\"soft\">from {row.Text("title_source")}</span>")),
        ("headline", Layout.Text(row.Text("headline") == row.Text("title") ? null : row.Text("headline"))),
        ("language", Layout.Text(row.TextOrNone("language"))),
        ("text", Html.Of($"{row.Count("word_count")} words <span class=\"soft\">from {row.Text("body_source")}</span>")),
        ("page", Layout.Text(string.Join(": ", new[] { row.Text("page_state"), row.TextOrNone("page_error") }.OfType<string>()))),
        ("categories", Layout.Text(string.Join(", ", row.Texts("categories")))),
        ("first seen", Html.Of($"{Html.At(row.Moment("first_seen_at"))} UTC")),
        ("version", Layout.Text(row.Count("revision").ToString(CultureInfo.InvariantCulture))),
        ("gone", row.Moment("gone_at") is { } gone ? Html.Of($"{Html.At(gone)} UTC: {row.Text("gone_reason")}") : Html.None),
        ("retracted", row.Moment("retracted_at") is { } withdrawn ? Html.Of($"{Html.At(withdrawn)} UTC: {row.Text("retraction")}") : Html.None),
    ]);

    // Only what a browser opens as a page: a stored address may be of any scheme.
    private static Html Link(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https")
        ? Html.Of($"<a href=\"{url}\" rel=\"noreferrer nofollow\">{url}</a>")
        : Layout.Text(url);

    private static Html Body(Row row) => Html.Of(
        $"""
        <article lang="{row.TextOrNone("language")}" dir="auto"><p><strong>{row.Text("description")}</strong></p>
        {Html.Paragraphs(row.Text("body"))}</article>

        """);

    private static Html Revisions(Row article, IReadOnlyList<Row> rows) => Html.All(rows.Select((row, i) =>
    {
        var (title, text) = i == 0 ? (article.Text("title"), article.Text("body")) : (rows[i - 1].Text("title"), rows[i - 1].Text("body"));
        return Html.Of(
            $"""
            <h2>Version {row.Count("revision")}, until {Html.At(row.Moment("valid_to"))}
            ({row.Text("kind")}: {string.Join(", ", row.Texts("changed_fields"))})</h2>
            <article dir="auto">{Titles(row.Text("title"), title)}
            {TextDiff.Between(row.Text("body"), text)}</article>

            """);
    }));

    private static Html Titles(string before, string after) =>
        before == after ? Html.None : Html.Of($"<h3>− <del>{before}</del><br>+ <ins>{after}</ins></h3>");

    private static Html Story(IReadOnlyList<Row> rows) => Layout.Table(
        "Others that tell it", ["day", "article", "source", "alike#"],
        rows.Select(static row => (Html[])
        [
            Html.Day(row.Day("published_on")), Layout.Article(row.Count("id"), row.Text("title")), Layout.Source(row.TextOrNone("source")),
            row.Has("story_similarity") ? Html.Of($"{100 * row.Number("story_similarity"):0} %") : Layout.Text("first"),
        ]));

    private static Html Sightings(IReadOnlyList<Row> rows) => Layout.Table(
        "Shown by", ["source", "since (UTC)", "as"],
        rows.Select(static row => (Html[])[Layout.Source(row.Text("source")), Html.At(row.Moment("first_seen_at")), Layout.Text(row.TextOrNone("title"))]));
}
