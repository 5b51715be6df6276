using Ingest.Worker.Sources.Health;

namespace Ingest.Worker.Tests.Sources;

/// <summary>How the drifts of one kind were found.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Sources">Sources whose articles drifted so.</param>
/// <param name="Found">Articles that had drifted by then, of each that was found.</param>
/// <param name="FalseAlarms">Drifts that were told of before there was one.</param>
/// <param name="Years">Years without one, of all sources together.</param>
internal sealed record DriftRow(string Name, int Sources, IReadOnlyList<int> Found, int FalseAlarms, double Years)
{
    public int Median => Found.Count == 0 ? 0 : Found[Found.Count / 2];

    public int Worst => Found.Count == 0 ? 0 : Found[^1];
}

/// <summary>Replays made articles of sources, with faults of their own now and then, which all get one fault at a known moment.</summary>
internal static class DriftReplay
{
    private const int ArticlesADay = 10, ArticlesAfter = 100;

    /// <summary>Replays years of articles, and then a drift, of so many sources a kind.</summary>
    public static IReadOnlyList<DriftRow> Run(int sources, int years) =>
        [.. Enum.GetValues<DriftKind>().Select(kind => Of(kind, [.. Enumerable.Range(0, sources).Select(seed => Run(kind, seed, years))], years))];

    private static DriftRow Of(DriftKind kind, IReadOnlyList<(int? Found, int FalseAlarms)> runs, int years) => new(
        kind.ToString(), runs.Count, [.. runs.Where(static run => run.Found is not null).Select(static run => run.Found!.Value).Order()],
        runs.Sum(static run => run.FalseAlarms), runs.Count * years);

    private static (int? Found, int FalseAlarms) Run(DriftKind kind, int seed, int years)
    {
        var random = new Random(seed);
        var (drift, falseAlarms, rate) = (SourceDrift.New, 0, seed % 4 * 0.08);
        for (var i = 0; i < years * 365 * ArticlesADay; i++)
        {
            var before = drift.Kinds.Count;
            drift = Take(drift, null, i, random, rate);
            if (before == 0 && drift.Kinds.Count > 0) falseAlarms++;
        }

        for (var i = 1; i <= ArticlesAfter; i++)
        {
            drift = Take(drift, kind, i + 10_000_000, random, rate);
            if (drift.Kinds.Contains(kind)) return (i, falseAlarms);
        }

        return (null, falseAlarms);
    }

    // Texts of all lengths, as papers have them; each fault by itself with a rate of the source's own.
    private static SourceDrift Take(SourceDrift drift, DriftKind? kind, long article, Random random, double rate)
    {
        bool Has(DriftKind fault) => kind == fault || random.NextDouble() < rate;
        drift = drift.WithPage(Has(DriftKind.Rejected));
        var words = Has(DriftKind.Empty) ? 0 : Has(DriftKind.Short) ? random.Next(5, 30) : (int)(400 * Math.Exp(0.6 * Normal(random)));
        return drift.With(new ArticleSample(
            article, words, !Has(DriftKind.Undated), words == 0 ? null : Has(DriftKind.Repeated) ? 7 : random.NextInt64()));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
