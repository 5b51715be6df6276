using System.Diagnostics.Metrics;

namespace Ingest.Worker.Operations.Metering;

/// <summary>Where the buckets of a histogram end: as its maker advises, else as OpenTelemetry has it.</summary>
internal static class MetricBounds
{
    private static readonly double[] OfSeconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private static readonly double[] Usual = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    public static double[] Of(Instrument instrument) =>
        Advised(instrument) is { Length: > 0 } advised ? advised : instrument.Unit == "s" ? OfSeconds : Usual;

    private static double[]? Advised(Instrument instrument) => instrument switch
    {
        Histogram<double> one => Of(one.Advice),
        Histogram<float> one => Of(one.Advice),
        Histogram<long> one => Of(one.Advice),
        Histogram<int> one => Of(one.Advice),
        _ => null,
    };

    private static double[]? Of<T>(InstrumentAdvice<T>? advice)
        where T : struct => advice?.HistogramBucketBoundaries is { } bounds
            ? [.. bounds.Select(static bound => Convert.ToDouble(bound, System.Globalization.CultureInfo.InvariantCulture)).Order()]
            : null;
}
