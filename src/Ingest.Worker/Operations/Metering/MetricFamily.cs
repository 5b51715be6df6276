using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Ingest.Worker.Operations.Metering;

/// <summary>What of a metric is added up.</summary>
internal enum MetricKind
{
    /// <summary>It only grows.</summary>
    Counter,

    /// <summary>It grows and shrinks, and those of several makers add up.</summary>
    Amount,

    /// <summary>It is what was said last.</summary>
    Gauge,

    /// <summary>How its values are spread.</summary>
    Histogram,
}

/// <summary>One metric with its series: what an instrument, or several of one name, measured.</summary>
internal sealed class MetricFamily
{
    // As the specification of OpenTelemetry has it: a tag that was thought to have few values costs no more than this.
    private const int MostSeries = 2_000;

    private static readonly string Overflow = MetricNames.Labels([new("otel.metric.overflow", "true")], null);

    private readonly ConcurrentDictionary<string, MetricSeries> series = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string>? tags;
    private readonly double[] bounds;

    public MetricFamily(Instrument instrument)
    {
        (Kind, IsObservable) = (KindOf(instrument), instrument.IsObservable);
        Name = MetricNames.Of(instrument.Name, instrument.Unit, Kind);
        Help = instrument.Description ?? "";
        tags = HeardMeters.TagsOf(instrument.Meter.Name);
        bounds = Kind == MetricKind.Histogram ? MetricBounds.Of(instrument) : [];
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    public bool IsObservable { get; }

    public IReadOnlyList<double> Bounds => bounds;

    /// <summary>The series with their labels, as they stand between braces.</summary>
    public IEnumerable<KeyValuePair<string, MetricSeries>> Series => series;

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> measured)
    {
        var labels = MetricNames.Labels(measured, tags);
        if (!series.TryGetValue(labels, out var one))
        {
            if (series.Count >= MostSeries) labels = Overflow;
            one = series.GetOrAdd(labels, static (_, bounds) => new MetricSeries(bounds), bounds);
        }

        if (Kind == MetricKind.Gauge) one.Set(value);
        else one.Add(value);
    }

    /// <summary>Forgets what was observed last, because observing tells all of it again.</summary>
    public void BeginObservation()
    {
        if (IsObservable) series.Clear();
    }

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var kind = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>) ? MetricKind.Counter
            : kind == typeof(UpDownCounter<>) || kind == typeof(ObservableUpDownCounter<>) ? MetricKind.Amount
            : kind == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
    }
}

/// <summary>One series of a metric.</summary>
internal sealed class MetricSeries(double[] bounds)
{
    private readonly Lock gate = new();
    private readonly long[] counts = bounds.Length == 0 ? [] : new long[bounds.Length + 1];
    private double sum;

    public double Value
    {
        get
        {
            lock (gate) return sum;
        }
    }

    public void Set(double value)
    {
        lock (gate) sum = value;
    }

    public void Add(double value)
    {
        lock (gate)
        {
            sum += value;
            if (counts.Length == 0) return;

            // A value on a bound belongs below it.
            var at = Array.BinarySearch(bounds, value);
            counts[at < 0 ? ~at : at]++;
        }
    }

    /// <summary>How many values each bucket holds, the last of them those above all bounds; and their sum.</summary>
    public (IReadOnlyList<long> Counts, double Sum) Spread()
    {
        lock (gate) return ([.. counts], sum);
    }
}
