namespace Ingest.Worker.Sources;

/// <summary>A permanent redirect (301, 308) that is not believed yet: mistakes of a day are common.</summary>
/// <param name="To">Where it leads.</param>
/// <param name="Seen">Visits in a row that saw it; 0 while it leads to a page, which is no move.</param>
/// <param name="Since">When it was first seen.</param>
internal sealed record PendingMove(Uri To, int Seen, DateTimeOffset Since)
{
    private const int EnoughVisits = 3;

    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(24);

    /// <summary>Takes in where a successful visit was led.</summary>
    /// <param name="before">What earlier visits saw; null for nothing.</param>
    /// <param name="to">Where permanent redirects alone led this visit; null for nowhere.</param>
    /// <param name="isFeed">Whether a feed was there, and no page in its place; null when nothing was read, because it was the same as before.</param>
    /// <param name="now">The time of the visit.</param>
    /// <returns>What is to be remembered, or the URL that is the source's own from now on; at most one is not null.</returns>
    public static (PendingMove? Pending, Uri? Moved) After(PendingMove? before, Uri? to, bool? isFeed, DateTimeOffset now)
    {
        if (to is null) return (null, null);

        // A first sighting in the future was noted by a clock that was wrong.
        var isKnown = before is not null && before.To == to && before.Since <= now;
        if (isFeed == false || (isFeed is null && isKnown && before!.Seen == 0)) return (new PendingMove(to, 0, now), null);
        if (!isKnown || before!.Seen == 0) return (new PendingMove(to, 1, now), null);
        var seen = before with { Seen = before.Seen + 1 };
        return seen.Seen >= EnoughVisits && now - seen.Since > LongEnough ? (null, to) : (seen, null);
    }
}
