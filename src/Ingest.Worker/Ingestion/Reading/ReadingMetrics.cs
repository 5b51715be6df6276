using System.Diagnostics.Metrics;

namespace Ingest.Worker.Ingestion.Reading;

/// <summary>Meter <c>Ingest.Worker.Reading</c>: what reading documents costs.</summary>
internal sealed class ReadingMetrics(IMeterFactory meters)
{
    public const string MeterName = "Ingest.Worker.Reading";

    private readonly Histogram<double> time = meters.Create(MeterName).CreateHistogram(
        "ingest.reading.time",
        "s",
        "Processor time of reading a document: of a feed to its entries, of a page to its claims and text.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });

    public void Read(string kind, TimeSpan spent) => time.Record(spent.TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
}
