using System.Collections.Concurrent;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>
/// When a host may be asked next: our least delay or its crawl-delay between the starts of requests, its Retry-After, and a growing pause after 429 and 503. All of it is
/// measured by a clock that does not jump, so that what is to be waited for is as far away as it was, however the clock of the wall is moved.
/// </summary>
internal sealed class HostPace
{
    private const int SweepAbove = 16_384;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Turn> turns = new(StringComparer.OrdinalIgnoreCase);
    private readonly FetchingOptions options;
    private readonly TimeProvider time;
    private readonly long origin;
    private int sweepAt = SweepAbove;

    public HostPace(IOptions<FetchingOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        this.time = time;
        origin = time.GetTimestamp();
    }

    private TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>The earliest time a request to the host of <paramref name="url"/> may start; in the past when it may start now.</summary>
    public DateTimeOffset NextTurn(Uri url) => turns.TryGetValue(WebUrl.HostKey(url), out var turn) ? OnTheWall(turn.Next) : DateTimeOffset.MinValue;

    /// <summary>Takes up a not-before time that was kept elsewhere, as across a restart; never an earlier one than is known.</summary>
    public void HoldUntil(Uri url, DateTimeOffset notBefore) => HoldUntil(WebUrl.HostKey(url), notBefore);

    /// <summary>Takes up a robots.txt's crawl-delay, bounded by the options; null for none.</summary>
    public void SetCrawlDelay(Uri url, TimeSpan? delay) =>
        Of(WebUrl.HostKey(url)).Delay = TimeSpan.FromTicks(Math.Max(options.MinimumHostDelay.Ticks, Math.Min((delay ?? TimeSpan.Zero).Ticks, options.MaxCrawlDelay.Ticks)));

    /// <summary>Waits for the host's next turn and takes it. Returns the turn's time instead when it is further away than a fetch may wait.</summary>
    internal async Task<DateTimeOffset?> AwaitTurnAsync(string host, CancellationToken ct)
    {
        var now = Now;
        if (!Of(host).Take(now, options.MaxHostWait, out var start))
            return OnTheWall(start);
        if (start > now)
            await Task.Delay(start - now, time, ct);
        return null;
    }

    /// <summary>Learns from the last answer of a fetch.</summary>
    internal void Observe(string host, int status)
    {
        if (status is 429 or 503)
            Of(host).Pause(Now, FirstPause, LongestPause);
        else if (status < 400)
            Of(host).Relax();
    }

    internal void HoldUntil(string host, DateTimeOffset notBefore) => Of(host).HoldUntil(Now + (notBefore - time.GetUtcNow()));

    private DateTimeOffset OnTheWall(TimeSpan at) => time.GetUtcNow() + (at - Now);

    private Turn Of(string host)
    {
        if (turns.Count >= sweepAt)
            Sweep();
        return turns.GetOrAdd(host, static (_, delay) => new Turn { Delay = delay }, options.MinimumHostDelay);
    }

    private void Sweep()
    {
        var now = Now;
        foreach (var (host, turn) in turns)
        {
            if (turn.IsForgettable(now, options.MinimumHostDelay))
                turns.TryRemove(host, out _);
        }

        sweepAt = Math.Max(SweepAbove, turns.Count * 2);
    }

    private sealed class Turn
    {
        private readonly Lock gate = new();
        private TimeSpan pause, next;

        public TimeSpan Delay { get; set; }

        public TimeSpan Next
        {
            get
            {
                lock (gate)
                    return next;
            }
        }

        public bool Take(TimeSpan now, TimeSpan longestWait, out TimeSpan start)
        {
            lock (gate)
            {
                start = next > now ? next : now;
                if (start - now > longestWait)
                    return false;
                next = start + Delay;
                return true;
            }
        }

        public void HoldUntil(TimeSpan notBefore)
        {
            lock (gate)
                next = next > notBefore ? next : notBefore;
        }

        public void Pause(TimeSpan now, TimeSpan first, TimeSpan longest)
        {
            lock (gate)
            {
                pause = TimeSpan.FromTicks(Math.Clamp(pause.Ticks * 2, first.Ticks, longest.Ticks));
                // A Retry-After that is already held is the host's own word: it replaces our guess.
                if (next <= now + Delay)
                    next = now + pause;
            }
        }

        public void Relax()
        {
            lock (gate)
                pause = TimeSpan.Zero;
        }

        public bool IsForgettable(TimeSpan now, TimeSpan usualDelay)
        {
            lock (gate)
                return next < now - TimeSpan.FromMinutes(1) && pause == TimeSpan.Zero && Delay == usualDelay;
        }
    }
}
