using System.Collections.Concurrent;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Hosts;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching.Robots;

/// <summary>
/// Keeps each site's robots.txt and says whether a URL may be fetched (RFC 9309, section 2.3): without one everything may; while it cannot be reached nothing may,
/// unless an older copy is at hand or it has been out of reach for 30 days.
/// </summary>
internal sealed class RobotsGate(HostPace pace, IOptions<FetchingOptions> options, TimeProvider time)
{
    // RFC 9309, section 2.4: no longer than a day, unless it cannot be reached.
    private static readonly TimeSpan LongestUse = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestUse = TimeSpan.FromHours(1);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(30);
    private const int SweepAbove = 16_384;

    private readonly ConcurrentDictionary<string, Site> sites = new(StringComparer.Ordinal);
    private readonly string product = ProductOf(options.Value.UserAgent);
    private int sweepAt = SweepAbove;

    /// <summary>The product token of a User-Agent: its first word up to the slash.</summary>
    public static string ProductOf(string userAgent) => userAgent.Split(' ', '/')[0];

    /// <summary>Asks the site's robots.txt, fetching it when there is no fresh copy.</summary>
    /// <param name="url">What is to be fetched.</param>
    /// <param name="fetch">Fetches a robots.txt.</param>
    /// <param name="ct">Ends the fetch.</param>
    /// <returns>Why the URL may not be fetched; null when it may.</returns>
    public async Task<Exchange.Fault?> CheckAsync(Uri url, Func<Uri, CancellationToken, Task<FetchResult>> fetch, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(url);
        var (rules, fault) = await RulesAsync(url, fetch, ct);
        if (rules is null)
            return fault;
        return rules.Allows(url) ? null : new Exchange.Fault(FailureKind.Permanent, FailureCause.RobotsDisallowed, $"The site's robots.txt asks {product} not to fetch this.");
    }

    /// <summary>The sitemaps that the site's robots.txt names; none while there is no robots.txt.</summary>
    public async Task<IReadOnlyList<string>> SitemapsAsync(Uri url, Func<Uri, CancellationToken, Task<FetchResult>> fetch, CancellationToken ct) =>
        (await RulesAsync(url, fetch, ct)).Rules?.Sitemaps ?? [];

    private async Task<(RobotsRules? Rules, Exchange.Fault? Fault)> RulesAsync(Uri url, Func<Uri, CancellationToken, Task<FetchResult>> fetch, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        if (sites.Count >= sweepAt)
            Sweep();
        var origin = url.GetLeftPart(UriPartial.Authority);
        var site = sites.GetOrAdd(origin, static _ => new Site());
        await site.Gate.WaitAsync(ct);
        try
        {
            if (time.GetUtcNow() >= site.UseUntil || (site.Fault is not null && site.LearnedAt < pace.ReleasedAt(url)))
                Learn(site, url, await fetch(new Uri(origin + "/robots.txt"), ct));
            return (site.Rules, site.Fault);
        }
        finally
        {
            site.Gate.Release();
        }
    }

    private void Learn(Site site, Uri url, FetchResult result)
    {
        var now = site.LearnedAt = time.GetUtcNow();
        switch (result)
        {
            case FetchResult.Fetched fetched:
                Adopt(RobotsRules.Read(fetched.Body, product), Clamp(fetched.NotBefore - now));
                break;
            case FetchResult.Failed failed when HasNone(failed):
                Adopt(RobotsRules.AllowAll, LongestUse);
                break;
            case FetchResult.Failed { SparesSource: true } wait:
                // We did not ask, so nothing is known of the site.
                (site.UseUntil, site.Fault) = (wait.NotBefore ?? now, new(wait.Kind, wait.Cause, wait.Reason) { NotBefore = wait.NotBefore });
                break;
            case FetchResult.Failed failed:
                site.OutOfReachSince ??= now;
                site.UseUntil = Later(now + RetryAfterFailure, failed.NotBefore);
                site.Fault = FaultOf(failed, site.UseUntil);
                if (site.Rules is null && now - site.OutOfReachSince > GivenUpAfter)
                    site.Rules = RobotsRules.AllowAll;
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        void Adopt(RobotsRules rules, TimeSpan use)
        {
            (site.Rules, site.UseUntil, site.OutOfReachSince, site.Fault) = (rules, now + use, null, null);
            pace.SetCrawlDelay(url, rules.CrawlDelay);
        }
    }

    // RFC 9309, section 2.3.1.3: 4xx is "there is none"; so is a redirect that leads nowhere, or to something for people. 429 is a matter of load.
    private static bool HasNone(FetchResult.Failed failed) => failed switch
    {
        { Status: 429 } => false,
        { Status: >= 400 and < 500 } => true,
        _ => failed.Cause is FailureCause.TooManyRedirects or FailureCause.RedirectLoop or FailureCause.BadRedirect or FailureCause.NoContent
            or FailureCause.LoginWall or FailureCause.ConsentWall or FailureCause.Challenge,
    };

    // What keeps robots.txt from us would keep the page from us too: then it is the page's own failure.
    private static Exchange.Fault FaultOf(FetchResult.Failed failed, DateTimeOffset notBefore) => failed.Status == 0
        ? new(failed.Kind, failed.Cause, failed.Reason) { NotBefore = failed.NotBefore ?? notBefore }
        : new(FailureKind.Transient, FailureCause.RobotsUnreachable, $"The site's robots.txt cannot be read, so nothing is fetched: {failed.Reason}") { NotBefore = notBefore };

    private static TimeSpan Clamp(TimeSpan? freshness) => freshness is not { } time ? LongestUse : time < ShortestUse ? ShortestUse : time > LongestUse ? LongestUse : time;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b > a ? b.Value : a;

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (origin, site) in sites)
        {
            if (site.Gate.CurrentCount == 1 && site.UseUntil < now)
                sites.TryRemove(origin, out _);
        }

        sweepAt = Math.Max(SweepAbove, sites.Count * 2);
    }

    private sealed class Site
    {
        // Never disposed: without a wait handle it holds nothing to release.
        public SemaphoreSlim Gate { get; } = new(1);

        public RobotsRules? Rules { get; set; }

        public DateTimeOffset UseUntil { get; set; }

        public DateTimeOffset LearnedAt { get; set; }

        public DateTimeOffset? OutOfReachSince { get; set; }

        /// <summary>Why there are no rules.</summary>
        public Exchange.Fault? Fault { get; set; }
    }
}
