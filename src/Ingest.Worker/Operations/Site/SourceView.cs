using System.Globalization;
using Ingest.Worker.Storage.Overview;

namespace Ingest.Worker.Operations.Site;

/// <summary>The page of a source: how it is doing, its rhythm, what it brought lately and what of it could not be had.</summary>
internal static class SourceView
{
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    public static IReadOnlyList<(string File, object[] Values)> Questions(string name, DateTimeOffset now) =>
    [
        ("page_source", [name, now.ToUniversalTime()]), ("page_source_fetches", [name]), ("page_source_articles", [name]), ("page_source_refused", [name]),
        ("page_source_events", [name]),
    ];

    /// <summary>The page; null where there is no such source.</summary>
    public static string? Page(IReadOnlyList<IReadOnlyList<Row>> answers) => answers[0] is [var source]
        ? Layout.Page(
            source.Text("name"),
            Html.Of($"{Facts(source)}{Rhythm(source)}{Articles(answers[2])}{Fetches(answers[1])}{Refused(answers[3])}{Events(answers[4])}"))
        : null;

    private static Html Facts(Row row) => Layout.Facts(
    [
        ("health", Layout.Health(row.Text("health"))),
        ("last error", Layout.Text(row.TextOrNone("last_error"))),
        ("asked at", Layout.Text(row.Text("url"))),
        ("configured as", Layout.Text(row.Text("url") == row.Text("configured_url") ? null : row.Text("configured_url"))),
        ("found through", Layout.Source(row.TextOrNone("parent"))),
        ("calls itself", Layout.Text(row.TextOrNone("title"))),
        ("site", Layout.Text(row.TextOrNone("site_url"))),
        ("language", Layout.Text(row.TextOrNone("language"))),
        ("tags", Layout.Text(string.Join(", ", row.Texts("tags")))),
        ("pages of entries", Layout.Text(row.Text("full_text"))),
        ("due next", Html.Of($"{Html.At(row.Moment("next_poll_at"))} UTC: {row.Text("next_poll_reason")}")),
        ("schedule", Layout.Text(row.TextOrNone("schedule") is { } cron ? $"{cron} {row.TextOrNone("time_zone")}" : null)),
        ("asks for at least", Layout.Text(row.Length("asked_interval") is { } asked ? Html.Length(asked) : null)),
        ("last asked", Html.Of($"{Html.At(row.Moment("last_polled_at"))} UTC, status {row.Count("last_status")}")),
        ("last answered well", Html.At(row.Moment("last_success_at"))),
        ("last news", Html.At(row.Moment("last_news_at"))),
        ("news comes about every", Layout.Text(row.Length("news_gap") is { } gap ? Html.Length(gap) : null)),
        ("its longest gap", Layout.Text(row.Length("longest_gap") is { } longest ? Html.Length(longest) : null)),
        ("silent without news from", row.Has("silent_from") ? Html.Of($"{Html.At(row.Moment("silent_from"))} UTC") : Html.None),
        ("its articles are", row.Texts("drifts") is { Count: > 0 } kinds
            ? Html.Of($"<span class=\"bad\">{string.Join(", ", kinds)}</span> since {Html.At(row.Moment("drifts_since"))} UTC")
            : Html.None),
        ("words of an article", Layout.Text(row.Number("usual_words") is > 0 and var words ? words.ToString("0", CultureInfo.InvariantCulture) : null)),
        ("entries were missed", Layout.Text(row.Has("interval_ceiling") ? "lately: it is asked more often until none are" : null)),
        ("weight of failures", Layout.Text(row.Number("failure_weight") is > 0 and var weight ? weight.ToString("0.##", CultureInfo.InvariantCulture) : null)),
        ("its 304 are", Layout.Text(row.Text("validator_trust"))),
    ]);

    private static Html Rhythm(Row row)
    {
        var hours = Rates(row, "news_by_hour", "hours_by_hour", static hour => hour.ToString("00", CultureInfo.InvariantCulture) + ":00");
        var days = Rates(row, "news_by_day", "hours_by_day", static day => Days[day % Days.Length]);
        var charts = Html.All(
            [Charts.Bars("News an hour, by hour of the day (UTC)", hours, "0.##"), Charts.Bars("News an hour, by day of the week", days, "0.##")]);
        return charts.Text.Length == 0 ? Html.None : Html.Of($"<h2>Its rhythm</h2>\n<div class=\"charts\">{charts}</div>\n");
    }

    private static IReadOnlyList<Bar> Rates(Row row, string news, string hours, Func<int, string> label)
    {
        var (counts, watched) = (row.Numbers(news), row.Numbers(hours));
        return [.. counts.Take(watched.Count).Select((count, i) => new Bar(label(i), watched[i] > 0.5f ? count / watched[i] : 0))];
    }

    private static Html Articles(IReadOnlyList<Row> rows) => Layout.Table(
        "Newest articles", ["day", "article", "words#", "page"],
        rows.Select(static row => (Html[])
        [
            Html.Day(row.Day("published_on")),
            Html.Of($"{Layout.Article(row.Count("id"), row.Text("title"))}<br><span class=\"soft\">{row.Text("text")}</span>"),
            Html.Of($"{row.Count("word_count")}"), Layout.Text(row.Text("page_state")),
        ]),
        "None yet.");

    private static Html Fetches(IReadOnlyList<Row> rows) => Layout.Table(
        "Last fetches", ["when (UTC)", "what", "status#", "ms#", "new#", "known#", "how it ended"],
        rows.Select(static row => (Html[])
        [
            Html.At(row.Moment("started_at")), Layout.Text(row.Text("kind")), Html.Of($"{row.Count("status")}"), Html.Of($"{row.Count("duration_ms")}"),
            Html.Of($"{row.Count("entries_new")}"), Html.Of($"{row.Count("entries_known")}"), Layout.Text(row.TextOrNone("failure") ?? row.Text("outcome")),
        ]),
        "None in the ledger.");

    private static Html Refused(IReadOnlyList<Row> rows) => Layout.Table(
        "Pages without an article", ["queued (UTC)", "page", "state", "why"],
        rows.Select(static row => (Html[])
            [Html.At(row.Moment("queued_at")), Layout.Text(row.Text("url")), Layout.Text(row.Text("state")), Layout.Text(row.TextOrNone("last_error"))]));

    private static Html Events(IReadOnlyList<Row> rows) => Layout.Table(
        "What happened to it", ["when (UTC)", "what"],
        rows.Select(static row => (Html[])[Html.At(row.Moment("at")), Html.Of($"{row.Text("kind")}: {row.Text("detail")}")]));
}
