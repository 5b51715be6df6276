namespace Ingest.Worker.Sources;

/// <summary>
/// Spreads polls over a tenth of their interval, so that sources added together do not stay together. Deterministic, so that a plan can be
/// explained and tested: a hash of the source and the second of the poll.
/// </summary>
internal static class PollJitter
{
    private const double Share = 0.1;

    public static TimeSpan Of(Source source, TimeSpan interval, DateTimeOffset now)
    {
        var mixed = unchecked(((uint)source.Id * 2654435761u) ^ ((uint)now.ToUnixTimeSeconds() * 2246822519u));
        mixed = unchecked((mixed ^ (mixed >> 15)) * 2246822519u);
        return interval * (Share * (mixed >> 8) / (1 << 24));
    }
}
