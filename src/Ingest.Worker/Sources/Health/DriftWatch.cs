namespace Ingest.Worker.Sources.Health;

/// <summary>
/// Watches the share of articles that have a fault: a sum of what each of them says for a sudden fault in nearly all of them, and against the share that is
/// usual with the source (Page's cumulative sum). Found after about five articles in a row, and by chance alone about once in a million.
/// </summary>
/// <param name="Seen">Articles that were watched.</param>
/// <param name="Share">The share that usually has the fault.</param>
/// <param name="Evidence">The sum; 0 while nothing speaks for it.</param>
/// <param name="Drifts">Whether it has reached the bound, and not fallen to 0 since.</param>
internal readonly record struct DriftWatch(int Seen, double Share, double Evidence, bool Drifts)
{
    // With fewer, nothing is usual yet.
    private const int Enough = 20;

    // The share of faults among articles of a source that has drifted.
    private const double SuddenShare = 0.8;

    // The bound: e to it is about how many articles there are between two false alarms.
    private const double Bound = 14;

    // Even a source without a fault so far has one now and then; and where most have it, it is how the source is.
    private const double LeastShare = 0.02, MostShare = 0.5;

    // What was usual before the first article, as if so many had been seen.
    private const double FirstShare = 0.05, FirstWeight = 10;

    private const double Freshness = 1.0 / 200;

    public static DriftWatch New { get; } = new(0, FirstShare, 0, false);

    /// <summary>Takes in an article.</summary>
    public DriftWatch With(bool hasFault)
    {
        var usual = Math.Clamp(Share, LeastShare, MostShare);
        var step = hasFault ? Math.Log(SuddenShare / usual) : Math.Log((1 - SuddenShare) / (1 - usual));
        var evidence = Seen < Enough || Share > MostShare ? 0 : Math.Clamp(Evidence + step, 0, Bound);
        var share = Share + (((hasFault ? 1 : 0) - Share) * Math.Max(Freshness, 1 / (Seen + FirstWeight)));
        return new DriftWatch(Math.Min(Seen + 1, 1_000_000), share, evidence, evidence >= Bound || (Drifts && evidence > 0));
    }
}
