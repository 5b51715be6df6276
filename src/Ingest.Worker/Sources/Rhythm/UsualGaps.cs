namespace Ingest.Worker.Sources.Rhythm;

/// <summary>
/// What gaps between two pieces of news a feed leaves by itself, in active time: where a silence begins that is none of them. It is told by the longest gap of
/// the last year or so, which knows more of what is usual than any form that gaps might be thought to have: news comes by the clock, at random, in bursts and
/// with holidays.
/// </summary>
/// <param name="Seen">How many it was learnt from.</param>
/// <param name="Usual">Their mean, of the last sixty or so.</param>
/// <param name="Longest">The longest of them, which fades.</param>
internal sealed record UsualGaps(int Seen, TimeSpan Usual, TimeSpan Longest)
{
    // Fewer say nothing of how long the longest may be.
    private const int Enough = 8;

    private const double Freshness = 1.0 / 64;

    // How much longer than the longest gap a silence is: of news by the clock little, of news at random, whose longest gap is many mean ones, more.
    private const double LeastFactor = 1.3, MostFactor = 1.7, FactorPerMean = 0.2, ByTheClock = 2;

    // A silence that was told of counts no more than this of the longest gap: the next holiday is expected, and the next silence found.
    private const double MostOfLongest = 1.5;

    private static readonly TimeSpan Year = TimeSpan.FromDays(365), HalfLife = TimeSpan.FromDays(400);

    public static UsualGaps None { get; } = new(0, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The active time without news that is no longer one of its gaps; null while too little is known.</summary>
    public TimeSpan? Silence => Seen < Enough || Usual <= TimeSpan.Zero
        ? null
        : Longest * Math.Clamp(LeastFactor + (FactorPerMean * ((Longest / Usual) - ByTheClock)), LeastFactor, MostFactor);

    /// <summary>How often in a year it would be silent for so long by itself: as often as for the longest gap, and beyond that less and less.</summary>
    public double InAYear(TimeSpan silence)
    {
        if (Seen == 0 || Usual <= TimeSpan.Zero) return 0;
        var scale = Math.Max((Longest - Usual) / Usual, 0.05) / Math.Max(1, Math.Log(Seen));
        return Year / Usual / Math.Min(Seen, Math.Max(1, HalfLife / Usual)) * Math.Exp(-Math.Max(0, (silence - Longest) / Usual) / scale);
    }

    /// <summary>Takes in a gap.</summary>
    public UsualGaps With(TimeSpan gap)
    {
        var counted = gap > Silence && gap > Longest * MostOfLongest ? Longest * MostOfLongest : gap;
        var mean = Usual + ((counted - Usual) * Math.Max(Freshness, 1.0 / (Seen + 1)));
        var faded = Longest * Math.Pow(0.5, gap / HalfLife);
        return new UsualGaps(Math.Min(Seen + 1, 1_000_000), mean, faded > counted ? faded : counted);
    }
}
