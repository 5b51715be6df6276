using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion.Month;

/// <summary>What the server of one simulated source saw.</summary>
internal sealed class MonthMeter(SimulatedFeed feed)
{
    // Clocks, and the time that a visit takes.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan CheckEvery = TimeSpan.FromDays(7);

    // Intervals are spread by a tenth; and the checks of a restart take a moment.
    private const double LeastShare = 0.88;

    private static readonly string[] Unwanted = ["Cookie", "Referer"];

    private readonly Lock turn = new();
    private readonly HashSet<string> answered = new(StringComparer.Ordinal);
    private DateTimeOffset? lastFull, last;
    private TimeSpan longestGap;
    private DateTimeOffset notBefore = Temperament.Start, heldUntil = Temperament.Start;

    public int Requests { get; private set; }

    /// <summary>Answered with 304.</summary>
    public int NotModified { get; private set; }

    /// <summary>Unconditional requests after the first of each URL, of a server that had given validators.</summary>
    public int Unconditional { get; private set; }

    /// <summary>Those of them that came no week after the last full answer.</summary>
    public int NoWeeklyCheck { get; private set; }

    public int TooSoon { get; private set; }

    public int DuringRetryAfter { get; private set; }

    public int Additions { get; private set; }

    public void Saw(SeenRequest request, DateTimeOffset at)
    {
        var temperament = feed.Temperament;
        lock (turn)
        {
            Requests++;
            if (request.Status == 304) NotModified++;
            if (request.Path.Contains('?', StringComparison.Ordinal) || Unwanted.Any(name => request.Header(name) is not null)) Additions++;
            if (at < heldUntil - Tolerance) DuringRetryAfter++;
            if (temperament.SkippedHours.Contains(at.Hour)) TooSoon += answered.Count > 0 ? 1 : 0;
            if (!request.Path.EndsWith("/feed", StringComparison.Ordinal) && !request.Path.EndsWith("/moved", StringComparison.Ordinal) && !request.Path.EndsWith("/today", StringComparison.Ordinal)) return;
            if (request.Status is 301 or 302) return;
            if (at < notBefore - Tolerance) TooSoon++;
            if (temperament.IsSilent && at - last is { } gap && gap < longestGap * LeastShare) TooSoon++;
            if (temperament.Schedule is not null && last is not null && at is { Minute: 0, Second: 0, Millisecond: < 500 }) TooSoon++;
            if (at - last is { } waited && waited > longestGap) longestGap = waited;
            last = at;
            Learn(request, at);
        }
    }

    private void Learn(SeenRequest request, DateTimeOffset at)
    {
        if (!request.IsConditional && request.Status == 200 && feed.Temperament.HasValidators && !answered.Add(request.Path))
        {
            Unconditional++;
            if (at - lastFull < CheckEvery - Tolerance) NoWeeklyCheck++;
        }

        if (request.Status == 200) lastFull = at;

        notBefore = at + (feed.Temperament.MustWait > ShortestInterval ? feed.Temperament.MustWait : ShortestInterval);
        if (request.Status >= 400 && at + feed.Temperament.RefusalWait > notBefore) notBefore = at + feed.Temperament.RefusalWait;
        if (request.Status == 429) heldUntil = Temperament.Start.AddDays(Math.Floor((at - Temperament.Start).TotalDays)).AddHours(12);
    }
}
