namespace Ingest.Worker.Tests.Ingestion.Month;

/// <summary>What became of one simulated source, or of several.</summary>
/// <param name="Name">The source; those that end in -60 are polled every 60 minutes.</param>
/// <param name="News">Entries that came.</param>
/// <param name="Latencies">Minutes from an entry's coming to its being stored, in order.</param>
/// <param name="Counts">What its server saw.</param>
internal sealed record MonthRow(string Name, int News, IReadOnlyList<double> Latencies, MonthCounts Counts)
{
    public Temperament? Temperament { get; init; }

    /// <summary>Entries that were never seen.</summary>
    public int Missed => News - Latencies.Count;

    public double? Median => Share(0.5);

    public double? P95 => Share(0.95);

    /// <summary>Several as one.</summary>
    public static MonthRow Of(string name, IReadOnlyList<MonthRow> rows)
    {
        var latencies = rows.SelectMany(static row => row.Latencies);
        return new(name, rows.Sum(static row => row.News), [.. latencies.Order()], MonthCounts.Sum(rows.Select(static row => row.Counts)));
    }

    private double? Share(double share) => Latencies.Count == 0 ? null : Latencies[Math.Min(Latencies.Count - 1, (int)(Latencies.Count * share))];
}
