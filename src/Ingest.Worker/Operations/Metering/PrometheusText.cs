using System.Globalization;
using System.Text;

namespace Ingest.Worker.Operations.Metering;

/// <summary>Writes metrics in the text format of Prometheus, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder(64 << 10);
        foreach (var family in families)
        {
            var series = family.Series.OrderBy(static one => one.Key, StringComparer.Ordinal).ToList();
            if (series.Count == 0) continue;
            if (family.Help.Length > 0)
            {
                text.Append("# HELP ").Append(family.Name).Append(' ');
                MetricNames.Escape(text, family.Help, quotes: false);
                text.Append('\n');
            }

            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(TypeOf(family.Kind)).Append('\n');
            foreach (var (labels, one) in series)
            {
                if (family.Kind == MetricKind.Histogram) WriteHistogram(text, family, labels, one);
                else WriteLine(text, family.Name, "", labels, one.Value);
            }
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, MetricFamily family, string labels, MetricSeries series)
    {
        var (counts, sum) = series.Spread();
        var (total, before) = (0L, labels.Length > 0 ? labels + "," : "");
        for (var i = 0; i < counts.Count; i++)
        {
            total += counts[i];
            var bound = i < family.Bounds.Count ? Say(family.Bounds[i]) : "+Inf";
            WriteLine(text, family.Name, "_bucket", $"{before}le=\"{bound}\"", total);
        }

        WriteLine(text, family.Name, "_sum", labels, sum);
        WriteLine(text, family.Name, "_count", labels, total);
    }

    private static void WriteLine(StringBuilder text, string name, string suffix, string labels, double value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ');
        if (double.IsFinite(value)) text.Append(CultureInfo.InvariantCulture, $"{value}");
        else text.Append(Say(value));
        text.Append('\n');
    }

    private static string Say(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
