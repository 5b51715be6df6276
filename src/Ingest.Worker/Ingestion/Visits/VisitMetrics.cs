using System.Diagnostics.Metrics;
using Ingest.Text;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Ingestion.Visits;

/// <summary>Meter <c>Ingest.Worker.Ingestion</c>: how visits end and what they bring; tags are words of ours, never hosts or URLs.</summary>
internal sealed class VisitMetrics
{
    public const string MeterName = "Ingest.Worker.Ingestion";

    private static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600] };

    private static readonly InstrumentAdvice<double> Lags =
        new() { HistogramBucketBoundaries = [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400] };

    private readonly Histogram<double> duration, lag;
    private readonly Counter<long> entries, events, pages;

    public VisitMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        duration = meter.CreateHistogram(
            "ingest.visit.duration", "s", "Visits of sources and pages, from the first request to the commit, by what came of them.", advice: Seconds);
        lag = meter.CreateHistogram("ingest.visit.lag", "s", "How long after they were due sources and pages were asked.", advice: Lags);
        entries = meter.CreateCounter<long>("ingest.entries", "{entry}", "Entries that sources showed: new, changed, known, rejected or filtered.");
        events = meter.CreateCounter<long>("ingest.source.events", "{event}", "What happened to sources beyond their daily business, as in source_events.");
        pages = meter.CreateCounter<long>("ingest.page.visits", "{page}", "Visits of pages: read, unchanged, later (to be tried again), failed or rejected.");

        // A series that begins with its first value has no rate until its second.
        foreach (var change in (string[])["new", "changed", "known", "rejected", "filtered"])
            entries.Add(0, new KeyValuePair<string, object?>("change", change));
        foreach (var outcome in (string[])["read", "unchanged", "later", "failed", "rejected"])
            pages.Add(0, new KeyValuePair<string, object?>("outcome", outcome));
    }

    /// <summary>Notes a visit of a source that is saved.</summary>
    public void Visited(Source source, VisitWrites visit, TimeSpan took)
    {
        var counts = visit.Fetch.Entries;
        Note("source", visit.Fetch.Failure is not null ? "failed" : counts.New > 0 || counts.Changed > 0 ? "news" : "nothing_new", took);
        Late("source", visit.Fetch.StartedAt - source.NextPollAt);
        Count("new", counts.New);
        Count("changed", counts.Changed);
        Count("known", counts.Known);
        Count("rejected", counts.Rejected);
        Count("filtered", counts.Filtered);
        foreach (var happened in visit.Events) events.Add(1, new KeyValuePair<string, object?>("kind", Words<SourceEventKind>.Of(happened.Kind)));
    }

    /// <summary>Notes a visit of a page that is saved.</summary>
    public void Visited(DuePage page, PageOutcome outcome, DateTimeOffset startedAt, TimeSpan took)
    {
        var word = outcome switch
        {
            PageOutcome.Read => "read",
            PageOutcome.Unchanged => "unchanged",
            PageOutcome.Later => "later",
            PageOutcome.GivenUp => "failed",
            PageOutcome.Rejected => "rejected",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        Note("page", word, took);
        Late("page", startedAt - page.NextAttemptAt);
        pages.Add(1, new KeyValuePair<string, object?>("outcome", word));
    }

    private void Note(string kind, string outcome, TimeSpan took) => duration.Record(took.TotalSeconds, new("kind", kind), new("outcome", outcome));

    // One that is asked by hand may not have been due.
    private void Late(string kind, TimeSpan late) => lag.Record(Math.Max(0, late.TotalSeconds), new KeyValuePair<string, object?>("kind", kind));

    private void Count(string change, int count)
    {
        if (count > 0) entries.Add(count, new KeyValuePair<string, object?>("change", change));
    }
}
