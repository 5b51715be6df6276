using System.Globalization;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Ingestion;

namespace Ingest.Worker.Commands.Run;

/// <summary>Prints what a run over all sources came to, one row a source and a total.</summary>
internal static class RunSummaryOutput
{
    private sealed record Row(string Source, string Status, int Entries, int New, int Changed, int Known, int Pages, int Errors, double Seconds, string? Error);

    // What fits on a screen.
    private const int MostRows = 20;

    /// <summary>Prints it.</summary>
    /// <param name="summary">What the run came to.</param>
    /// <param name="format">See <see cref="OutputFormat"/>.</param>
    /// <param name="isVerbose">Lists sources without a failure too, however many there are; where a program reads, they always are.</param>
    public static void Write(RunSummary summary, string format, bool isVerbose)
    {
        var pages = summary.Pages.ToLookup(static page => page.SourceId);
        var all = summary.Visits.Select(visit => RowOf(visit, [.. pages[visit.Source.Id]])).ToList();
        var isShort = format == OutputFormat.Table && !isVerbose && !Console.IsOutputRedirected && all.Count > MostRows;
        var rows = isShort ? all.FindAll(static row => row.Errors > 0) : all.ToList();
        if (format == OutputFormat.Table && all.Count > 1) rows.Add(Total(all, summary));
        ListOutput.Write(rows, format,
        [
            new("source", static row => row.Source),
            new("status", static row => row.Status),
            new("entries", static row => row.Entries) { Spare = 3 },
            new("new", static row => row.New),
            new("changed", static row => row.Changed),
            new("known", static row => row.Known) { Spare = 4 },
            new("pages", static row => row.Pages) { Spare = 2 },
            new("errors", static row => row.Errors),
            new("seconds", static row => row.Seconds) { Spare = 5 },
            new("error", static row => row.Error) { IsWords = true },
        ]);
        if (all.Count >= rows.Count && isShort)
            Console.Error.WriteLine($"{Plural.Of(all.Count - rows.Count + 1, "source")} without a failure not listed: --verbose lists all, --format json too.");
    }

    private static Row RowOf(VisitReport visit, IReadOnlyList<PageReport> pages)
    {
        var pageErrors = pages.Count(static page => page.Failure is not null);
        var status = visit.Status == 0 ? "–" : visit.Status.ToString(CultureInfo.InvariantCulture);
        return new Row(
            visit.Source.Name, status, visit.Entries.Total, visit.Entries.New, visit.Entries.Changed, visit.Entries.Known,
            pages.Count, pageErrors + (visit.Failure is null ? 0 : 1), Math.Round(visit.Duration.TotalSeconds, 2),
            visit.Failure ?? pages.FirstOrDefault(static page => page.Failure is not null)?.Failure);
    }

    private static Row Total(List<Row> rows, RunSummary summary) => new(
        Plural.Of(rows.Count, "source"),
        string.Create(CultureInfo.InvariantCulture, $"{summary.Visits.Count(static visit => visit.NotModified)} × 304"),
        rows.Sum(static row => row.Entries), rows.Sum(static row => row.New), rows.Sum(static row => row.Changed), rows.Sum(static row => row.Known),
        summary.Pages.Count, rows.Sum(static row => row.Errors), Math.Round(rows.Sum(static row => row.Seconds), 2), null);
}
