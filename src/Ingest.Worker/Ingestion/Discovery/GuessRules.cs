using Ingest.Worker.Storage.Due;

namespace Ingest.Worker.Ingestion.Discovery;

/// <summary>Which of the addresses at which a feed may be is asked next, and when: each once, then remembered.</summary>
internal static class GuessRules
{
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(28);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromDays(1);

    /// <summary>The address to ask now; null for none.</summary>
    /// <param name="places">Where the feed may be, the likeliest place first.</param>
    /// <param name="made">The guesses made so far.</param>
    /// <param name="now">The time.</param>
    public static Uri? Next(IReadOnlyList<Uri> places, IReadOnlyList<Guess> made, DateTimeOffset now) =>
        Waiting(places, made, now) is { Count: > 0 } waiting && waiting[0].From <= now ? waiting[0].Place : null;

    /// <summary>When the next one is asked, at the earliest; null for never, as when a feed was found.</summary>
    public static DateTimeOffset? NextAt(IReadOnlyList<Uri> places, IReadOnlyList<Guess> made, DateTimeOffset now)
    {
        if (made.Any(guess => guess.Outcome == GuessOutcome.Feed && places.Contains(guess.Url)) || Waiting(places, made, now) is not { Count: > 0 } waiting)
            return null;
        return waiting[0].From > now + Apart ? waiting[0].From : now + Apart;
    }

    // Where a feed was found, no other is looked for.
    private static List<(Uri Place, DateTimeOffset From)> Waiting(IReadOnlyList<Uri> places, IReadOnlyList<Guess> made, DateTimeOffset now)
    {
        var known = made.Where(guess => places.Contains(guess.Url)).ToDictionary(static guess => guess.Url);
        var found = known.Values.Where(static guess => guess.Outcome == GuessOutcome.Feed).Select(static guess => guess.Url).ToHashSet();
        return
        [
            .. places.Where(place => found.Count == 0 || found.Contains(place))
                .Select(place => (Place: place, From: known.TryGetValue(place, out var guess) ? Again(guess, now) : DateTimeOffset.MinValue))
                .OrderBy(static waiting => waiting.From),
        ];
    }

    // A guess of the future comes from a clock that was wrong.
    private static DateTimeOffset Again(Guess guess, DateTimeOffset now) =>
        (guess.AskedAt < now ? guess.AskedAt : now) + (guess.Outcome == GuessOutcome.Failed ? AfterFailure : Remembered);
}
