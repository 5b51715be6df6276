using System.Collections.Concurrent;
using System.Threading.Tasks;
using Ingest.Identity.Sites;
using Ingest.Worker.Fetching.Answers;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>
/// When a host may be asked next: our least delay or its crawl-delay between the starts of requests; and its site's hold, a Retry-After or a growing pause
/// after 429 and 503, which binds all hosts of the site. What serves them is mostly one machine, and a publisher who asks to be left alone does not mean a
/// name. All of it is measured by a clock that does not jump, so that what is to be waited for is as far away as it was, however the clock of the wall is
/// moved.
/// </summary>
internal sealed class HostThrottle
{
    private const int SweepAbove = 16_384;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Turn> turns = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Hold> holds = new(StringComparer.OrdinalIgnoreCase);
    private readonly FetchingOptions options;
    private readonly TimeProvider time;
    private readonly long origin;
    private int sweepAt = SweepAbove;

    public HostThrottle(IOptions<FetchingOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        this.time = time;
        origin = time.GetTimestamp();
    }

    private TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>The earliest time a request to the host of <paramref name="url"/> may start; in the past when it may start now.</summary>
    public DateTimeOffset NextTurn(Uri url)
    {
        var turn = turns.TryGetValue(WebUrl.HostKey(url), out var known) ? known.Next : TimeSpan.Zero;
        var until = holds.TryGetValue(Site.HoldOf(url), out var hold) ? hold.Until : TimeSpan.Zero;
        return OnTheWall(turn > until ? turn : until);
    }

    /// <summary>Takes up a not-before time that was kept elsewhere, as across a restart; never an earlier one than is known.</summary>
    public void HoldUntil(Uri url, DateTimeOffset notBefore) => HoldUntil(Site.HoldOf(url), notBefore);

    /// <summary>Takes up that the hold on a site was released by hand; one that it asked for since stays.</summary>
    public void Release(Uri url, DateTimeOffset at)
    {
        if (holds.TryGetValue(Site.HoldOf(url), out var hold))
            hold.Release(Steady(at));
    }

    /// <summary>Takes up the pause after refusals that was kept elsewhere, from which the next one grows.</summary>
    public void Resume(Uri url, TimeSpan pause) => HoldOn(Site.HoldOf(url)).Resume(pause);

    /// <summary>The pause after the last refusal of the site; null for none.</summary>
    public TimeSpan? PauseOf(Uri url) => holds.TryGetValue(Site.HoldOf(url), out var hold) && hold.Pause is { Ticks: > 0 } pause ? pause : null;

    /// <summary>Whether the site's pause ended since this was last asked.</summary>
    public bool TakeRelief(Uri url) => holds.TryGetValue(Site.HoldOf(url), out var hold) && hold.TakeRelief();

    /// <summary>When the hold on the site of <paramref name="url"/> was last released by hand; null for never.</summary>
    public DateTimeOffset? ReleasedAt(Uri url) => holds.TryGetValue(Site.HoldOf(url), out var hold) && hold.ReleasedAt is { } at ? OnTheWall(at) : null;

    /// <summary>Takes up a robots.txt's crawl-delay, bounded by the options; null for none.</summary>
    public void SetCrawlDelay(Uri url, TimeSpan? delay) =>
        Of(WebUrl.HostKey(url)).Delay = TimeSpan.FromTicks(Math.Max(
            options.MinimumHostDelay.Ticks, Math.Min((delay ?? TimeSpan.Zero).Ticks, options.MaxCrawlDelay.Ticks)));

    /// <summary>Waits for the host's next turn and takes it. Returns the turn's time instead when it is further away than a fetch may wait.</summary>
    internal async Task<DateTimeOffset?> AwaitTurnAsync(string host, string site, CancellationToken ct)
    {
        var now = Now;
        if (!Of(host).Take(now, HoldOn(site).Until, options.MaxHostWait, out var start))
            return OnTheWall(start);
        if (start > now)
            await Task.Delay(start - now, time, ct);
        return null;
    }

    /// <summary>Counts the delay from now on: a request may have waited for a place since its turn came.</summary>
    internal void Begin(string host) => Of(host).Begin(Now);

    /// <summary>Learns from the last answer of a fetch.</summary>
    internal void Observe(string host, string site, int status)
    {
        // A Retry-After that is already held is the host's own word: it replaces our guess.
        if (status is 429 or 503)
            HoldOn(site).Refused(host, Now, FirstPause, LongestPause);
        else if (status < 400 && holds.TryGetValue(site, out var hold))
            hold.Answered(host);
    }

    internal void HoldUntil(string site, DateTimeOffset notBefore) => HoldOn(site).HoldUntil(Now, Steady(notBefore));

    private DateTimeOffset OnTheWall(TimeSpan at) => time.GetUtcNow() + (at - Now);

    private TimeSpan Steady(DateTimeOffset at) => Now + (at - time.GetUtcNow());

    private Hold HoldOn(string site) => holds.GetOrAdd(site, static _ => new Hold());

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

        foreach (var (site, hold) in holds)
        {
            if (hold.IsForgettable(now))
                holds.TryRemove(site, out _);
        }

        sweepAt = Math.Max(SweepAbove, turns.Count * 2);
    }
}
