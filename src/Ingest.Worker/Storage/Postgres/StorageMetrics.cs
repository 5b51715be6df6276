using System.Diagnostics.Metrics;

namespace Ingest.Worker.Storage.Postgres;

/// <summary>Meter <c>Ingest.Worker.Storage</c>: how what was fetched is saved.</summary>
internal sealed class StorageMetrics
{
    public const string MeterName = "Ingest.Worker.Storage";

    private static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };

    private static readonly InstrumentAdvice<int> Shares = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200] };

    private readonly Histogram<double> duration;
    private readonly Histogram<int> shared;
    private readonly Counter<long> retries;

    public StorageMetrics(Meter meter)
    {
        duration = meter.CreateHistogram("ingest.save.duration", "s", "Commits of visits, from their first statement to the end.", advice: Seconds);
        shared = meter.CreateHistogram("ingest.save.visits", "{visit}", "Visits that shared a commit.", advice: Shares);
        retries = meter.CreateCounter<long>(
            "ingest.save.retries", "{retry}", "Statements and transactions tried again because PostgreSQL failed for the moment.");
        retries.Add(0);
    }

    /// <summary>Heard by nobody: where the worker is not composed as a whole.</summary>
    public static StorageMetrics OfNobody { get; } = new(new Meter(new MeterOptions(MeterName) { Scope = typeof(StorageMetrics) }));

    public void Committed(int visits, TimeSpan elapsed)
    {
        duration.Record(elapsed.TotalSeconds);
        shared.Record(visits);
    }

    public void Retried() => retries.Add(1);
}
