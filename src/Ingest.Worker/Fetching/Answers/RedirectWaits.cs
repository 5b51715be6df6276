using System.Collections.Concurrent;

namespace Ingest.Worker.Fetching.Answers;

/// <summary>
/// Redirects that were to be followed after a while only (RFC 9110, section 10.2.3: Retry-After with 3xx). Which ones were waited for is kept, so that a visit
/// that comes back later goes on where the one before it ended, although the server says the same again.
/// </summary>
internal sealed class RedirectWaits(TimeProvider time)
{
    // They are rare; what is forgotten is waited for once more.
    private const int Most = 4096;

    // A visit that was to come back comes within a day; later than that, the server means a new wait.
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(Uri From, Uri To), DateTimeOffset> until = new();

    /// <summary>How long the redirect is to be waited for still; nothing once that is over.</summary>
    /// <param name="from">Where it came from.</param>
    /// <param name="to">Where it leads.</param>
    /// <param name="asked">What the server says now; null for nothing.</param>
    public TimeSpan Left(Uri from, Uri to, DateTimeOffset? asked)
    {
        if (asked is not { } told)
        {
            until.TryRemove((from, to), out _);
            return TimeSpan.Zero;
        }

        if (until.Count >= Most)
            until.Clear();
        var now = time.GetUtcNow();
        var first = until.AddOrUpdate((from, to), told, (_, kept) => now - kept < KeptFor ? kept : told);

        // Never longer than it says now: a clock that was put back would stretch it.
        var left = (first < told ? first : told) - now;
        if (left > TimeSpan.Zero)
            return left;
        until.TryRemove((from, to), out _);
        return TimeSpan.Zero;
    }
}
