using System.Collections.Concurrent;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>
/// When a host may be asked next: our least delay or its crawl-delay between the starts of requests, its Retry-After, and a growing pause after 429 and 503.
/// </summary>
internal sealed class HostPace
{
    private const int SweepAbove = 16_384;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Turn> turns = new(StringComparer.OrdinalIgnoreCase);
    private readonly FetchingOptions options;
    private readonly TimeProvider time;
    private int sweepAt = SweepAbove;

    public HostPace(IOptions<FetchingOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        this.time = time;
    }

    /// <summary>The earliest time a request to the host of <paramref name="url"/> may start; in the past when it may start now.</summary>
    public DateTimeOffset NextTurn(Uri url) => turns.TryGetValue(WebUrl.HostKey(url), out var turn) ? turn.Next : DateTimeOffset.MinValue;

    /// <summary>Takes up a not-before time that was kept elsewhere, as across a restart; never an earlier one than is known.</summary>
    public void HoldUntil(Uri url, DateTimeOffset notBefore) => HoldUntil(WebUrl.HostKey(url), notBefore);

    /// <summary>Takes up a robots.txt's crawl-delay, bounded by the options; null for none.</summary>
    public void SetCrawlDelay(Uri url, TimeSpan? delay) =>
        Of(WebUrl.HostKey(url)).Delay = TimeSpan.FromTicks(Math.Max(options.MinimumHostDelay.Ticks, Math.Min((delay ?? TimeSpan.Zero).Ticks, options.MaxCrawlDelay.Ticks)));

    /// <summary>Waits for the host's next turn and takes it. Returns the turn's time instead when it is further away than a fetch may wait.</summary>
    internal async Task<DateTimeOffset?> AwaitTurnAsync(string host, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (Of(host).Take(now, options.MaxHostWait, out var start) is false)
            return start;
        if (start > now)
            await Task.Delay(start - now, time, ct);
        return null;
    }

    /// <summary>Counts the delay from now on: a request may have waited for a place since its turn came.</summary>
    internal void Begin(string host)
    {
        var (now, turn) = (time.GetUtcNow(), Of(host));
        turn.HoldUntil(now, now + turn.Delay);
    }

    /// <summary>Learns from the last answer of a fetch.</summary>
    internal void Observe(string host, int status)
    {
        if (status is 429 or 503)
            Of(host).Pause(time.GetUtcNow(), FirstPause, LongestPause);
        else if (status < 400)
            Of(host).Relax();
    }

    internal void HoldUntil(string host, DateTimeOffset notBefore) => Of(host).HoldUntil(time.GetUtcNow(), notBefore);

    private Turn Of(string host)
    {
        if (turns.Count >= sweepAt)
            Sweep();
        return turns.GetOrAdd(host, static (_, delay) => new Turn { Delay = delay }, options.MinimumHostDelay);
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (host, turn) in turns)
        {
            if (turn.IsForgettable(now, options.MinimumHostDelay))
                turns.TryRemove(host, out _);
        }

        sweepAt = Math.Max(SweepAbove, turns.Count * 2);
    }

    private sealed class Turn
    {
        // A clock that goes back by more than this was put right.
        private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

        private readonly Lock gate = new();
        private TimeSpan pause;
        private DateTimeOffset next, seen;

        public TimeSpan Delay { get; set; }

        public DateTimeOffset Next
        {
            get
            {
                lock (gate)
                    return next;
            }
        }

        public bool Take(DateTimeOffset now, TimeSpan longestWait, out DateTimeOffset start)
        {
            lock (gate)
            {
                See(now);
                start = next > now ? next : now;
                if (start - now > longestWait)
                    return false;
                next = start + Delay;
                return true;
            }
        }

        public void HoldUntil(DateTimeOffset now, DateTimeOffset notBefore)
        {
            lock (gate)
            {
                See(now);
                next = next > notBefore ? next : notBefore;
            }
        }

        public void Pause(DateTimeOffset now, TimeSpan first, TimeSpan longest)
        {
            lock (gate)
            {
                See(now);
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

        public bool IsForgettable(DateTimeOffset now, TimeSpan usualDelay)
        {
            lock (gate)
                return next < now - TimeSpan.FromMinutes(1) && pause == TimeSpan.Zero && Delay == usualDelay;
        }

        // When the clock is put back, what was to be waited for is still as far away as it was.
        private void See(DateTimeOffset now)
        {
            if (seen - now > ClockTolerance && next > now)
                next -= seen - now;
            seen = now;
        }
    }
}
