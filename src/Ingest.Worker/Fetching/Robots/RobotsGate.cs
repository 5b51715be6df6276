using System.Collections.Concurrent;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Hosts;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching.Robots;

/// <summary>
/// Keeps each site's robots.txt and says whether a URL may be fetched (RFC 9309, section 2.3): without one everything may; while it cannot be reached nothing
/// may, unless an older copy is at hand or it has been out of reach for 30 days. Copies are kept on a shelf that outlives the process.
/// </summary>
internal sealed class RobotsGate(HostThrottle pace, RobotsShelf shelf, IOptions<FetchingOptions> options, TimeProvider time)
{
    // RFC 9309, section 2.4: no longer than a day, unless it cannot be reached.
    private static readonly TimeSpan LongestUse = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestUse = TimeSpan.FromHours(1);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(30);
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);
    private const int SweepAbove = 16_384;

    // Of all sites' rules together: a robots.txt may have 500 KiB of them, and names of hosts cost nothing.
    private const long MostCharacters = 8 << 20;

    private readonly ConcurrentDictionary<string, RobotsSite> sites = new(StringComparer.Ordinal);
    private readonly string[] products = ProductToken.Of(options.Value.UserAgent);
    private readonly long origin = time.GetTimestamp();
    private int sweepAt = SweepAbove;
    private long characters;

    // By a clock that does not jump.
    private TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>Asks the site's robots.txt, fetching it when there is no fresh copy.</summary>
    /// <param name="url">What is to be fetched.</param>
    /// <param name="fetch">Fetches a robots.txt, with the validators of the copy at hand.</param>
    /// <param name="ct">Ends the fetch.</param>
    /// <returns>Why the URL may not be fetched; null when it may.</returns>
    public async Task<Exchange.Fault?> CheckAsync(Uri url, FetchKept fetch, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(url);
        var (rules, fault) = await RulesAsync(url, fetch, ct);
        if (rules is null) return fault;
        return rules.Allows(url)
            ? null
            : new Exchange.Fault(FailureKind.Permanent, FailureCause.RobotsDisallowed, $"The site's robots.txt asks {products[0]} not to fetch this.");
    }

    /// <summary>The sitemaps that the site's robots.txt names; none while there is no robots.txt.</summary>
    public async Task<IReadOnlyList<string>> SitemapsAsync(Uri url, FetchKept fetch, CancellationToken ct) =>
        (await RulesAsync(url, fetch, ct)).Rules?.Sitemaps ?? [];

    private async Task<(RobotsRules? Rules, Exchange.Fault? Fault)> RulesAsync(Uri url, FetchKept fetch, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        if (sites.Count >= sweepAt)
            Sweep();
        var authority = url.GetLeftPart(UriPartial.Authority);
        var site = sites.GetOrAdd(authority, static _ => new RobotsSite());
        await site.Gate.WaitAsync(ct);
        try
        {
            if (IsDue(site, url))
                Recall(site, url, await shelf.LoadAsync(authority, ct));
            if (IsDue(site, url) && Learn(site, authority, url, await fetch(new Uri(authority + "/robots.txt"), site.Validators, ct)) is { } copy)
                await shelf.SaveAsync(copy, ct);

            // Without a time of its own, as when our proxy is down, it is for the visit to say when it comes again.
            return (
                site.Rules,
                site.Fault is { } fault
                    ? fault with { NotBefore = site.UseUntil - Now is var left && left > TimeSpan.Zero ? time.GetUtcNow() + left : null }
                    : null);
        }
        finally
        {
            site.Gate.Release();
        }
    }

    private bool IsDue(RobotsSite site, Uri url) => Now >= site.UseUntil || (site.Fault is not null && site.LearnedAt < pace.ReleasedAt(url));

    // What another worker learned, or this one before it was restarted.
    private void Recall(RobotsSite site, Uri url, RobotsCopy? copy)
    {
        var (now, steady) = (time.GetUtcNow(), Now);
        if (copy is null || copy.CheckedAt <= site.LearnedAt || copy.CheckedAt > now + ClocksDiffer)
            return;
        var left = copy.UseUntil - now;
        var isKnown = copy.IsAbsent || copy.Body is not null;
        if (isKnown)
        {
            Adopt(site, url, copy.Body is null ? RobotsRules.AllowAll : RobotsRules.Read(copy.Body, products), left < LongestUse ? left : LongestUse);
            site.Validators = copy.Body is null ? null : copy.Validators;
        }

        site.LearnedAt = copy.CheckedAt;
        if (copy.Failure is not { } reason)
            return;
        site.OutOfReachSince = steady - (now - (copy.OutOfReachSince ?? copy.CheckedAt));
        site.UseUntil = steady + (left < LongestUse ? left : LongestUse);
        site.Fault = new(FailureKind.Transient, FailureCause.RobotsUnreachable, reason);
    }

    // Gives what is to be kept of the answer; null for nothing.
    private RobotsCopy? Learn(RobotsSite site, string authority, Uri url, FetchResult result)
    {
        var (now, steady) = (site.LearnedAt = time.GetUtcNow(), Now);
        switch (result)
        {
            case FetchResult.Fetched fetched:
                Adopt(site, url, RobotsRules.Read(fetched.Body, products), Clamp(fetched.NotBefore - now));
                return Copy() with { Body = fetched.Body, Validators = site.Validators = Useful(fetched.Validators) };
            case FetchResult.NotModified same when site.Rules is { } rules:
                Adopt(site, url, rules, Clamp(same.NotBefore - now));
                return Copy() with { IsSame = true, Validators = site.Validators = Useful(same.Validators) };
            case FetchResult.Failed failed when HasNone(failed):
                Adopt(site, url, RobotsRules.AllowAll, LongestUse);
                site.Validators = null;
                return Copy() with { IsAbsent = true };
            case FetchResult.Failed { SparesSource: true } wait:
                // We did not ask, so nothing is known of the site.
                (site.UseUntil, site.Fault) = (steady + ((wait.NotBefore ?? now) - now), new(wait.Kind, wait.Cause, wait.Reason));
                return null;
            case FetchResult.Failed failed:
                site.OutOfReachSince ??= steady;
                site.UseUntil = steady + (Later(now + RetryAfterFailure, failed.NotBefore) - now);
                site.Fault = FaultOf(failed);
                if (site.Rules is null && steady - site.OutOfReachSince > GivenUpAfter)
                    site.Rules = RobotsRules.AllowAll;

                // Without an answer it may have been our own network: whoever starts next finds out.
                return Copy() with
                {
                    UseUntil = failed.Status == 0 ? now : now + (site.UseUntil - steady),
                    OutOfReachSince = now - (steady - site.OutOfReachSince),
                    Failure = site.Fault.Reason,
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        RobotsCopy Copy() => new(authority, now, now + (site.UseUntil - steady));
    }

    private void Adopt(RobotsSite site, Uri url, RobotsRules rules, TimeSpan use)
    {
        var added = rules.Weight - (site.Rules?.Weight ?? 0);
        (site.Rules, site.UseUntil, site.OutOfReachSince, site.Fault) = (rules, Now + use, null, null);
        if (Interlocked.Add(ref characters, added) > MostCharacters) LetGo();
        pace.SetCrawlDelay(url, rules.CrawlDelay);
    }

    private static Validators? Useful(Validators? validators) => validators is { ETag: null, LastModified: null } ? null : validators;

    // RFC 9309, section 2.3.1.3: 4xx is "there is none"; so is a redirect that leads nowhere, or to something for people. 429 is a matter of load.
    private static bool HasNone(FetchResult.Failed failed) => failed switch
    {
        { Status: 429 } => false,
        { Status: >= 400 and < 500 } => true,
        _ => failed.Cause is FailureCause.TooManyRedirects or FailureCause.RedirectLoop or FailureCause.BadRedirect or FailureCause.NoContent
            or FailureCause.LoginWall or FailureCause.ConsentWall or FailureCause.Challenge,
    };

    // What keeps robots.txt from us would keep the page from us too: then it is the page's own failure.
    private static Exchange.Fault FaultOf(FetchResult.Failed failed) => failed.Status == 0
        ? new(failed.Kind, failed.Cause, failed.Reason)
        : new(FailureKind.Transient, FailureCause.RobotsUnreachable, $"The site's robots.txt cannot be read, so nothing is fetched: {failed.Reason}");

    private static TimeSpan Clamp(TimeSpan? freshness) =>
        freshness is not { } time ? LongestUse : time < ShortestUse ? ShortestUse : time > LongestUse ? LongestUse : time;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b > a ? b.Value : a;

    private void Sweep()
    {
        var now = Now;
        foreach (var (authority, site) in sites)
        {
            if (site.Gate.CurrentCount == 1 && site.UseUntil < now)
                sites.TryRemove(authority, out _);
        }

        sweepAt = Math.Max(SweepAbove, sites.Count * 2);
    }

    // The longest go first; their sites are asked again when they are needed.
    private void LetGo()
    {
        var left = 0L;
        foreach (var (origin, weight) in sites.Select(static site => (site.Key, Weight: site.Value.Rules?.Weight ?? 0)).OrderBy(static site => site.Weight))
        {
            if (left + weight > MostCharacters / 2) sites.TryRemove(origin, out _);
            else left += weight;
        }

        Volatile.Write(ref characters, left);
    }
}
