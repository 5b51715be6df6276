using System.Globalization;
using System.Text;

namespace Ingest.Worker.Operations.Metering;

/// <summary>The names of OpenTelemetry as Prometheus has them: <c>ingest.fetch.duration</c> in <c>s</c> is <c>ingest_fetch_duration_seconds</c>.</summary>
internal static class MetricNames
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["min"] = "minutes",
        ["h"] = "hours",
        ["d"] = "days",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["%"] = "percent",
    };

    public static string Of(string name, string? unit, MetricKind kind)
    {
        var told = Sanitized(name, mayHaveColons: true);
        var suffix = unit == "1" && kind == MetricKind.Gauge ? "ratio" : UnitOf(unit);
        if (suffix is not null && !told.EndsWith("_" + suffix, StringComparison.Ordinal)) told += "_" + suffix;
        return kind == MetricKind.Counter && !told.EndsWith("_total", StringComparison.Ordinal) ? told + "_total" : told;
    }

    /// <summary>Tags as they stand between the braces of a series, in the order of their names; those that are not kept are left out.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags, IReadOnlyList<string>? kept)
    {
        if (tags.Length == 0) return "";
        var labels = new List<(string Name, string Value)>(tags.Length);
        foreach (var (name, value) in tags)
            if (kept is null || kept.Contains(name)) labels.Add((Sanitized(name, mayHaveColons: false), Say(value)));
        if (labels.Count > 1) labels.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            if (text.Length > 0) text.Append(',');
            text.Append(name).Append("=\"");
            Escape(text, value, quotes: true);
            text.Append('"');
        }

        return text.ToString();
    }

    /// <summary>What may stand in a label, or with <paramref name="quotes"/> off in a line of help.</summary>
    public static void Escape(StringBuilder text, string value, bool quotes)
    {
        if (!value.AsSpan().ContainsAny('\\', '\n', '"'))
        {
            text.Append(value);
            return;
        }

        foreach (var letter in value)
            _ = letter switch
            {
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(letter),
            };
    }

    private static string? UnitOf(string? unit)
    {
        if (string.IsNullOrEmpty(unit) || unit == "1" || unit[0] == '{') return null;
        if (Units.TryGetValue(unit, out var word)) return word;
        var per = unit.IndexOf('/', StringComparison.Ordinal);
        return per < 0 ? Sanitized(unit, mayHaveColons: false)
            : (UnitOf(unit[..per]) is { } whole ? whole + "_" : "") + "per_" + (UnitOf(unit[(per + 1)..])?.TrimEnd('s') ?? unit[(per + 1)..].Trim('{', '}'));
    }

    private static string Sanitized(string name, bool mayHaveColons)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterOrDigit(letter) || (letter == ':' && mayHaveColons)) text.Append(letter);
            else if (text.Length == 0 || text[^1] != '_') text.Append('_');
        }

        return text.Length == 0 || char.IsAsciiDigit(text[0]) ? "_" + text : text.ToString();
    }

    private static string Say(object? value) => value switch
    {
        null => "",
        true => "true",
        false => "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
