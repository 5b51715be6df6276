using System.Globalization;
using Ingest.Text;
using Ingest.Text.Html;
using Ingest.Text.Secrets;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Ingestion.Settings;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Hosts;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Commands.Sources;

/// <summary>How a check ended: with a visit that could be saved, or with an error that nobody expected.</summary>
internal sealed record CheckOutcome(VisitOutcome? Prepared, string? Unexpected)
{
    /// <summary>The hold for which nothing was asked; null for none.</summary>
    public HoldView? Hold { get; init; }

    public string? Failure => Unexpected ?? Held ?? Prepared?.Visit.Fetch.Failure;

    private string? Held => Hold is null ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{Hold.Host} is to be left alone until {Hold.NotBefore.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: "
            + $"it answered {Hold.Status} at {Hold.SetAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z. Nothing was asked; --now insists.");
}

/// <summary>Prints checks as they come: a block each for people, or JSON for programs.</summary>
internal sealed class CheckOutput(string format, bool verbose)
{
    private readonly Lock turn = new();
    private readonly List<Checked> all = [];

    private sealed record Checked(PlannedSource Planned, CheckOutcome Outcome)
    {
        public VisitWrites? Visit => Outcome.Prepared?.Visit;

        public VisitOutcome? Prepared => Outcome.Prepared;
    }

    public int Count { get; private set; }

    public int Failed { get; private set; }

    /// <summary>Those of the failed that were not asked.</summary>
    public int Held { get; private set; }

    public void Add(PlannedSource planned, CheckOutcome outcome)
    {
        var row = new Checked(planned, outcome);
        lock (turn)
        {
            Count++;
            if (outcome.Failure is not null) Failed++;
            if (outcome.Hold is not null) Held++;
            if (format == OutputFormat.Table) WriteBlock(row);
            else if (format == OutputFormat.JsonLines) ListOutput.Write([row], format, Columns());
            else all.Add(row);
        }
    }

    /// <summary>Prints what could not be printed before everything was there.</summary>
    public void End()
    {
        if (format == OutputFormat.Json) ListOutput.Write([.. all.OrderBy(static row => row.Planned.Source.Name, StringComparer.Ordinal)], format, Columns());
    }

    private void WriteBlock(Checked row)
    {
        if (Count > 1) Console.Out.WriteLine();
        var source = row.Planned.Source;
        var url = UrlSecrets.Without(source.Url).AbsoluteUri;
        WriteLine(source.Name == url ? url : $"{source.Name}  {url}");
        if (row.Planned.State != SourceState.Active) Line("state", Words<SourceState>.Of(row.Planned.State));
        if (row.Prepared is not { } prepared)
        {
            Line(row.Outcome.Hold is null ? "failed" : "held", row.Outcome.Failure!);
            return;
        }

        Line("answer", Answer(prepared));
        Line("sent", Say(prepared.Request.Validators));
        if (prepared.Result is FetchResult.Fetched fetched) Line("received", Say(fetched.Validators));
        if (prepared.Visit.Fetch.Failure is { } failure) Line("failed", failure);
        if (prepared.Document is { } document)
        {
            Line("format", document.Title is { } title ? $"{document.Format} \"{HtmlText.Line(title)}\"" : document.Format.ToString());
            foreach (var repair in document.Repairs) Line("repaired", repair);
            Line("entries", Entries(prepared));
            if (prepared.Visit.Changes.Pages.Count > 0) Line("pages", FormattableString.Invariant($"{prepared.Visit.Changes.Pages.Count} would be queued"));
            foreach (var child in prepared.Visit.Children) Line("source", $"{child.Url} would be added as {child.Name}");
        }
        else if (prepared.Result is FetchResult.Fetched && prepared.Visit.Fetch.Failure is null)
        {
            Line("entries", "not read: the body is the last one, byte for byte");
        }

        Line("next poll", FormattableString.Invariant($"{prepared.Visit.Plan.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {prepared.Visit.Plan.Reason}"));
        if (verbose) WriteEntries(prepared);
    }

    private static void WriteEntries(VisitOutcome prepared)
    {
        foreach (var decision in prepared.Decisions)
        {
            WriteLine($"  {Spelled(decision.Fate),-8}  {Title(decision)}");
            if (decision.Url is not null) WriteLine($"            {decision.Url.AbsoluteUri}");
            WriteLine($"            {decision.Reason}{(decision.NeedsPage ? "; its page would be fetched" : "")}");
        }
    }

    private List<ListColumn<Checked>> Columns()
    {
        List<ListColumn<Checked>> columns =
        [
            new("source", static row => row.Planned.Source.Name),
            new("url", static row => row.Planned.Source.Url.AbsoluteUri),
            new("state", static row => Words<SourceState>.Of(row.Planned.State)),
            new("status", static row => row.Visit?.Fetch.Status),
            new("failure", static row => row.Outcome.Failure),
            new("held_until", static row => row.Outcome.Hold?.NotBefore.ToUniversalTime()),
            new("final_url", static row => row.Prepared?.Result.FinalUrl.AbsoluteUri),
            new("sent", static row => Fields(row.Prepared?.Request.Validators)),
            new("received", static row => Fields((row.Prepared?.Result as FetchResult.Fetched)?.Validators)),
            new("format", static row => row.Prepared?.Document?.Format.ToString()),
            new("title", static row => row.Prepared?.Document?.Title),
            new("repairs", static row => row.Prepared?.Document?.Repairs ?? []),
            new("entries", static row => row.Prepared?.Document?.Entries.Count),
            new("new", static row => row.Visit?.Fetch.Entries.New),
            new("changed", static row => row.Visit?.Fetch.Entries.Changed),
            new("known", static row => row.Visit?.Fetch.Entries.Known),
            new("rejected", static row => row.Visit?.Fetch.Entries.Rejected),
            new("filtered", static row => row.Visit?.Fetch.Entries.Filtered),
            new("pages", static row => row.Visit?.Changes.Pages.Count),
            new("found_sources", static row => row.Visit?.Children.Select(static child => child.Url.AbsoluteUri) ?? []),
            new("next_poll_at", static row => row.Visit?.Plan.At.ToUniversalTime()),
            new("next_poll_reason", static row => row.Visit?.Plan.Reason),
        ];
        if (verbose) columns.Add(new("decisions", static row => row.Prepared?.Decisions.Select(Fields)));
        return columns;
    }

    private static Dictionary<string, string?>? Fields(Validators? validators) =>
        validators is null ? null : new() { ["etag"] = validators.ETag, ["last_modified"] = validators.LastModified };

    private static Dictionary<string, object?> Fields(EntryDecision decision) => new()
    {
        ["fate"] = Spelled(decision.Fate), ["title"] = Title(decision), ["url"] = decision.Url?.AbsoluteUri, ["id"] = decision.Entry.Id,
        ["reason"] = decision.Reason, ["page"] = decision.NeedsPage,
    };

    private static string Answer(VisitOutcome prepared)
    {
        var fetch = prepared.Visit.Fetch;
        var status = fetch.Status == 0 ? "none" : fetch.Status == 304 ? "304, not modified" : fetch.Status.ToString(CultureInfo.InvariantCulture);
        var moved = UrlSecrets.Without(prepared.Result.FinalUrl) != UrlSecrets.Without(fetch.Url) ? $", from {prepared.Result.FinalUrl}" : "";
        return FormattableString.Invariant(
            $"{status}, {fetch.Bytes} bytes in {fetch.Duration.TotalSeconds:0.00} s, {fetch.Attempts} {(fetch.Attempts == 1 ? "request" : "requests")}{moved}");
    }

    private static string Entries(VisitOutcome prepared)
    {
        var counts = prepared.Visit.Fetch.Entries;
        var passed = prepared.Document!.Entries.Count - counts.Total;
        var filtered = counts.Filtered > 0 ? FormattableString.Invariant($", {counts.Filtered} filtered") : "";
        var old = passed > 0 ? FormattableString.Invariant($", {passed} skipped as older than {PagesOptions.Section}:{nameof(PagesOptions.SitemapAge)}") : "";
        return FormattableString.Invariant(
            $"{prepared.Document.Entries.Count}: {counts.New} new, {counts.Changed} changed, {counts.Known} known, {counts.Rejected} rejected{filtered}{old}");
    }

    private static string Say(Validators? validators) =>
        validators is { ETag: null, LastModified: null } or null
            ? "no validators"
            : string.Join(
                ", ",
                new[]
                {
                    validators.ETag is null ? null : $"ETag {validators.ETag}",
                    validators.LastModified is null ? null : $"Last-Modified {validators.LastModified}",
                }.OfType<string>());

    private static string Title(EntryDecision decision) => HtmlText.Line(decision.Entry.Title) is { Length: > 0 } title ? title : "(no title)";

    private static string Spelled(EntryFate fate) => fate.ToString().ToLowerInvariant();

    private static void Line(string name, string value) => WriteLine($"  {name,-10}{value}");

    private static void WriteLine(string line) => Console.Out.WriteLine(SafeLine.Of(line));
}
