using System.Globalization;
using Ingest.Text.Secrets;
using Ingest.Worker.Storage.Overview;
using Spectre.Console;
using Cell = Spectre.Console.Text;

namespace Ingest.Worker.Commands.Look;

/// <summary>Prints an article for people: what is known of it, then its text, with lines broken between words where there is a terminal.</summary>
internal static class ArticleText
{
    public static IReadOnlyList<(string File, object[] Values)> Questions(long id) =>
        [("page_article", [id]), ("page_article_revisions", [id]), ("page_article_story", [id]), ("page_article_sightings", [id])];

    public static void Write(IReadOnlyList<IReadOnlyList<Row>> answers)
    {
        var row = answers[0][0];
        WriteLine(row.Text("title") is { Length: > 0 } title ? title : "(without a title)");
        foreach (var (name, value) in Facts(row)) Fact(name, value);
        foreach (var sighting in answers[3])
            Fact("shown by", $"{sighting.Text("source")} since {At(sighting.Moment("first_seen_at"))}");
        foreach (var other in answers[2]) Fact("alike", $"{other.Text("id")} {other.Text("title")} ({other.TextOrNone("source") ?? "imported"})");
        foreach (var version in answers[1]) Fact("earlier", Earlier(version));
        WriteText(row.Text("description"));
        WriteText(row.Text("body"));
    }

    /// <summary>A text of several lines in which none does anything to a terminal; to a file or a program it goes as it is.</summary>
    public static string Lines(string text) => Console.IsOutputRedirected ? text : string.Join('\n', text.Split('\n').Select(SafeLine.Of));

    private static IEnumerable<(string Name, string? Value)> Facts(Row row) =>
    [
        ("id", row.Text("id")),
        ("day", string.Create(CultureInfo.InvariantCulture, $"{row.Day("published_on"):yyyy-MM-dd}, from {row.Text("date_source")}")),
        ("published", At(row.Moment("published_at"))),
        ("modified", At(row.Moment("modified_at"))),
        ("authors", string.Join(", ", row.Texts("authors"))),
        ("source", row.TextOrNone("source")),
        ("url", row.Text("url")),
        ("title", $"from {row.Text("title_source")}"),
        ("headline", row.Text("headline") == row.Text("title") ? null : row.Text("headline")),
        ("language", row.TextOrNone("language")),
        ("text", string.Create(CultureInfo.InvariantCulture, $"{row.Count("word_count")} words, from {row.Text("body_source")}")),
        ("page", string.Join(": ", new[] { row.Text("page_state"), row.TextOrNone("page_error") }.OfType<string>())),
        ("categories", string.Join(", ", row.Texts("categories"))),
        ("first seen", At(row.Moment("first_seen_at"))),
        ("version", row.Text("revision")),
        ("gone", Why(row, "gone_at", "gone_reason")),
        ("retracted", Why(row, "retracted_at", "retraction")),
    ];

    private static string Earlier(Row version) =>
        $"version {version.Text("revision")} until {At(version.Moment("valid_to"))}, {version.Text("kind")}: "
            + string.Join(", ", version.Texts("changed_fields"));

    private static string? Why(Row row, string at, string reason) => row.Moment(at) is { } moment ? $"{At(moment)}: {row.Text(reason)}" : null;

    private static string? At(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Fact(string name, string? value)
    {
        if (value is { Length: > 0 }) WriteLine($"  {name,-11}{value}");
    }

    private static void WriteText(string text)
    {
        if (text.Length == 0) return;
        Console.Out.WriteLine();
        foreach (var line in text.Split('\n')) WriteLine(line);
    }

    private static void WriteLine(string line)
    {
        if (Console.IsOutputRedirected) Console.Out.WriteLine(SafeLine.Of(line));
        else AnsiConsole.Write(new Cell(SafeLine.Of(line) + "\n"));
    }
}
