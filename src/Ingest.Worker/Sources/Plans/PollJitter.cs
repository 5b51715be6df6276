namespace Ingest.Worker.Sources.Plans;

/// <summary>
/// Spreads polls over a tenth of their interval, or over what its owner wants, so that sources added together do not stay together. Deterministic, so that
/// a plan can be explained and tested: a hash of the source and the second of the poll.
/// </summary>
internal static class PollJitter
{
    private const double Share = 0.1;

    public static TimeSpan Of(Source source, TimeSpan interval, DateTimeOffset now) => Of(source, interval, now, Share);

    public static TimeSpan Of(Source source, TimeSpan interval, DateTimeOffset now, double share) =>
        interval * (share * Fraction(unchecked(((uint)source.Id * 2654435761u) ^ ((uint)now.ToUnixTimeSeconds() * 2246822519u))));

    /// <summary>A share that is the source's own at all times, above 0 up to 1.</summary>
    public static double ShareOf(Source source) => 1 - Fraction(unchecked((uint)source.Id * 2654435761u));

    private static double Fraction(uint mixed)
    {
        mixed = unchecked((mixed ^ (mixed >> 15)) * 2246822519u);
        return (double)(mixed >> 8) / (1 << 24);
    }
}
