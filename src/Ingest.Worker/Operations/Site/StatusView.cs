using System.Globalization;
using System.Text.Json;
using Ingest.Worker.Operations.Listening;
using Ingest.Worker.Storage.Overview;

namespace Ingest.Worker.Operations.Site;

/// <summary>What the status page shows: how the service is, what the database tells, and what wants a look.</summary>
/// <param name="Now">The time.</param>
/// <param name="Health">How the service is.</param>
/// <param name="Overview">Numbers of the whole.</param>
/// <param name="Answers">The rows of <see cref="Questions"/>, in their order.</param>
internal sealed record StatusView(
    DateTimeOffset Now, IReadOnlyList<HealthFact> Health, DatabaseOverview Overview, IReadOnlyList<IReadOnlyList<Row>> Answers)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DictionaryKeyPolicy = null,
    };

    private static readonly string[] Files =
        ["page_hours", "page_workers", "page_rejections", "page_failing", "page_quiet", "page_next", "page_events", "page_holds"];

    private static readonly HashSet<string> OfTheMoment = ["page_hours", "page_workers", "page_rejections", "page_quiet", "page_holds"];

    public static IReadOnlyList<(string File, object[] Values)> Questions(DateTimeOffset now) =>
        [.. Files.Select(file => (file, OfTheMoment.Contains(file) ? new object[] { now.ToUniversalTime() } : []))];

    private IReadOnlyList<Row> this[string file] => Answers[Array.IndexOf(Files, file)];

    /// <summary>The page.</summary>
    public string Page() => Layout.Page("Status", Html.Of($"{State()}{Tiles()}{Hours()}{Attention()}{Work()}"));

    /// <summary>The same for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            At = Now,
            Ready = Health.All(static fact => fact.IsWell),
            Health = Health.Select(static fact => new { fact.Name, fact.IsWell, Words = Text.Secrets.SafeLine.Of(fact.Words) }),
            Numbers = Overview.Facts.ToDictionary(static fact => fact.Label.Length == 0 ? fact.Name : $"{fact.Name}.{fact.Label}", static fact => fact.Value),
            Hours = this["page_hours"].Select(static row => new
            {
                Hour = row.Moment("hour"), Fetches = row.Count("fetches"), Failed = row.Count("failed"), Entries = row.Count("entries"),
            }),
            Workers = this["page_workers"].Select(static row => new { Node = row.Text("node"), Fetches = row.Count("fetches"), Last = row.Moment("last") }),
            Failing = this["page_failing"].Select(static row => new { Name = row.Text("name"), Error = Text.Secrets.SafeLine.Of(row.Text("last_error")) }),
            Quiet = this["page_quiet"].Select(static row => new
            {
                Name = row.Text("name"), Health = row.Text("health"), LastNews = row.Moment("last_news_at"), Drifts = row.Texts("drifts"),
            }),
            Held = this["page_holds"].Select(static row => new { Host = row.Text("host"), Until = row.Moment("not_before") }),
        },
        Json);

    private Html State() => Html.Of($"<p>{Health.Select(Fact)}</p>\n");

    private static Html Fact(HealthFact fact) =>
        Html.Of($"<span class=\"{(fact.IsWell ? "good" : "bad")}\">{(fact.IsWell ? "✓" : "✗")} {fact.Name}</span> {fact.Words}. ");

    private Html Tiles()
    {
        var tiles = Overview.Of("sources").OrderByDescending(static fact => fact.Value)
            .Select(static fact => (Link(fact.Label), fact.Value))
            .Append((Layout.Text("sources due"), Number("sources.due")))
            .Append((Layout.Text("pages waiting"), Number("pages.waiting")))
            .Append((Layout.Text("articles, about"), Number("rows", "articles")))
            .Append((Layout.Text("fetches in 24 h"), this["page_hours"].Sum(static row => row.Count("fetches"))))
            .Append((Layout.Text("of them failed"), this["page_hours"].Sum(static row => row.Count("failed"))))
            .Append((Layout.Text("MB of database"), Math.Round(Number("size", "database") / 1e6)));
        return Html.Of($"<ul class=\"tiles\">{tiles.Select(static tile => Html.Of($"<li><b>{tile.Item2:#,0}</b> {tile.Item1}</li>\n"))}</ul>\n");

        static Html Link(string health) => Html.Of($"<a href=\"/sources?health={health}\">{health} sources</a>");
    }

    private Html Hours()
    {
        var byHour = this["page_hours"].ToDictionary(static row => row.Moment("hour")!.Value);
        var last = new DateTimeOffset(Now.UtcDateTime.Date.AddHours(Now.UtcDateTime.Hour), TimeSpan.Zero);
        var hours = Enumerable.Range(-23, 24).Select(hour => last.AddHours(hour)).ToList();
        return Html.Of($"<div class=\"charts\">{Chart("Fetches", "fetches", "failed")}{Chart("New entries", "entries", null)}</div>\n");

        Html Chart(string caption, string column, string? bad) => Charts.Bars(
            $"{caption} by hour of the last day (UTC)",
            [
                .. hours.Select(hour => byHour.TryGetValue(hour, out var row)
                    ? new Bar(hour.ToString("HH:mm", CultureInfo.InvariantCulture), row.Count(column), bad is null ? 0 : row.Count(bad))
                    : new Bar(hour.ToString("HH:mm", CultureInfo.InvariantCulture), 0)),
            ]);
    }

    private Html Attention() => Html.All(
    [
        Layout.Table(
            "Sources that fail", ["source", "why", "last answer", "next"],
            this["page_failing"].Select(static row => (Html[])
            [
                Layout.Source(row.Text("name")), Layout.Text(row.Text("last_error")), Html.At(row.Moment("last_success_at")),
                Html.At(row.Moment("next_poll_at")),
            ]),
            "None: every source answered when it was last asked."),
        Layout.Table(
            "Silent, drifting or missing entries", ["source", "how it is", "last news", "news comes about every"],
            this["page_quiet"].Select(static row => (Html[])
            [
                Layout.Source(row.Text("name")), Html.Of($"{Layout.Health(row.Text("health"))} {string.Join(", ", row.Texts("drifts"))}"),
                Html.At(row.Moment("last_news_at")), Layout.Text(row.Length("usual_gap") is { } gap ? Html.Length(gap) : null),
            ])),
        Layout.Table(
            "Sites that asked to be left alone", ["site", "until", "status#"],
            this["page_holds"].Select(static row => (Html[])
                [Layout.Text(row.Text("host")), Html.At(row.Moment("not_before")), Layout.Text(row.Text("status"))])),
        Layout.Table(
            "Pages that failed or are no articles, in 24 h", ["why", "pages#"],
            this["page_rejections"].Select(static row => (Html[])[Layout.Text(row.Text("reason")), Html.Of($"{row.Count("pages")}")])),
    ]);

    private Html Work() => Html.All(
    [
        Layout.Table(
            "Due next", ["source", "when (UTC)", "why"],
            this["page_next"].Select(static row => (Html[])
                [Layout.Source(row.Text("name")), Html.At(row.Moment("next_poll_at")), Layout.Text(row.Text("next_poll_reason"))])),
        Layout.Table(
            "What happened to sources", ["when (UTC)", "source", "what"],
            this["page_events"].Select(static row => (Html[])
                [Html.At(row.Moment("at")), Layout.Source(row.Text("name")), Html.Of($"{row.Text("kind")}: {row.Text("detail")}")])),
        Layout.Table(
            "Workers of the last hour", ["worker", "fetches#", "share#", "last (UTC)"],
            this["page_workers"].Select(row => (Html[])
                [Layout.Text(row.Text("node")), Html.Of($"{row.Count("fetches")}"), Html.Of($"{Share(row):0} %"), Html.At(row.Moment("last"))])),
    ]);

    private double Share(Row row) => 100.0 * row.Count("fetches") / this["page_workers"].Sum(static one => one.Count("fetches"));

    private double Number(string name, string label = "") => Overview.Of(name).FirstOrDefault(fact => fact.Label == label)?.Value ?? 0;
}
