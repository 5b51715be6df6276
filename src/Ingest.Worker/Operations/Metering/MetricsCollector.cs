using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Ingest.Worker.Operations.Metering;

/// <summary>Listens to the meters, and keeps what they measure until it is asked for.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly ConcurrentDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly Lock observing = new();
    private readonly MeterListener listener = new();

    public MetricsCollector(IMeterFactory factory)
    {
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (HeardMeters.Hears(instrument.Meter, factory)) listener.EnableMeasurementEvents(instrument, FamilyOf(instrument));
        };
        listener.SetMeasurementEventCallback<byte>(Measured);
        listener.SetMeasurementEventCallback<short>(Measured);
        listener.SetMeasurementEventCallback<int>(Measured);
        listener.SetMeasurementEventCallback<long>(Measured);
        listener.SetMeasurementEventCallback<float>(Measured);
        listener.SetMeasurementEventCallback<double>(Measured);
        listener.SetMeasurementEventCallback<decimal>(Measured);
        listener.Start();
    }

    /// <summary>Every metric that may be told, with or without values.</summary>
    public IEnumerable<MetricFamily> Families => families.Values;

    /// <summary>Writes all metrics as they are now.</summary>
    public string Write()
    {
        // Another scrape would observe twice what this one is writing.
        lock (observing)
        {
            foreach (var family in families.Values) family.BeginObservation();
            listener.RecordObservableInstruments();
            return PrometheusText.Write(families.Values.OrderBy(static family => family.Name, StringComparer.Ordinal));
        }
    }

    public void Dispose() => listener.Dispose();

    private static void Measured<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? family)
        where T : struct, System.Numerics.INumber<T> => ((MetricFamily)family!).Add(double.CreateChecked(value), tags);

    // Several makers of one meter, such as the handlers of HTTP, have one family together.
    private MetricFamily FamilyOf(Instrument instrument)
    {
        var family = new MetricFamily(instrument);
        return families.GetOrAdd(family.Name, family);
    }
}
