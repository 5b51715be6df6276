using System.ComponentModel.DataAnnotations;
using Ingest.Worker.Fetching.Signing;

namespace Ingest.Worker.Fetching;

/// <summary>How the web is asked: section <c>Ingest:Fetching</c>.</summary>
internal sealed class FetchingOptions
{
    public const string Section = "Ingest:Fetching";

    /// <summary>
    /// What we call ourselves. Its first word up to the slash, of letters, "-" and "_", is also our name in robots.txt. Default <c>IngestWorker/0.3</c>.
    /// </summary>
    [Required]
    public string UserAgent { get; init; } = "IngestWorker/0.3";

    /// <summary>
    /// Where publishers can reach the operator, an http(s) or mailto URL; appended to the User-Agent as <c>(+URL)</c>, and a mailto's address sent as From.
    /// Default none.
    /// </summary>
    public string? ContactUrl { get; init; }

    /// <summary>Networks (CIDR, as <c>10.1.0.0/16</c>) that may be fetched although they are not public. Default none.</summary>
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <summary>Bytes of a feed or sitemap, both before and after decompression. Default 16 MiB.</summary>
    [Range(1024L, 1L << 30)]
    public long MaxFeedBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of a page, both before and after decompression. Default 8 MiB.</summary>
    [Range(1024L, 1L << 30)]
    public long MaxPageBytes { get; init; } = 8 << 20;

    /// <summary>How many times larger than its compressed form a body over 1 MiB may be. Default 200.</summary>
    [Range(2, 100_000)]
    public int MaxInflation { get; init; } = 200;

    /// <summary>Kibibytes of response headers. Default 64.</summary>
    [Range(1, 1024)]
    public int MaxHeaderKibibytes { get; init; } = 64;

    /// <summary>Longest wait for a connection, TLS included. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time of one request, from connecting to the body's last byte. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:30:00")]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Longest time of all requests of one fetch together, retries and redirects included; waiting for the host's turn does not count. Default 60 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Second tries after transient outcomes: lost connections, timeouts before an answer, 408, 502, 503, 504; of feeds not after 5xx, whose next poll comes
    /// anyway. Default 2.
    /// </summary>
    [Range(0, 10)]
    public int Retries { get; init; } = 2;

    /// <summary>Median wait before the first retry; it doubles, with decorrelated jitter. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Longest wait for a retry inside one fetch; a longer Retry-After ends the fetch instead and is kept as the host's not-before time. Default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest Retry-After that is believed. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "31.00:00:00")]
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Least time between the starts of two requests to one host. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MinimumHostDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Least time between the starts of two requests to hosts that share an address below one registered domain, or one platform such as a host of blogs; zero
    /// for none. Default 200 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan SharedServerDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest Crawl-delay of a robots.txt that is followed. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxCrawlDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a fetch waits for its host's turn before it gives up until then. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxHostWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests under way to one host. Default 1.</summary>
    [Range(1, 64)]
    public int PerHostConcurrency { get; init; } = 1;

    /// <summary>
    /// Requests under way in one worker to hosts that answer within two seconds, and as many again to hosts not known to. Slower ones wait beside these, up to
    /// eight times as many. Default 64.
    /// </summary>
    [Range(1, 4096)]
    public int Concurrency { get; init; } = 64;

    /// <summary>
    /// Bytes of memory that bodies under way, documents being read and visits waiting to be saved share; work that finds none left waits. One document's own
    /// needs may exceed it, and the process takes some 200 MB beside it. Where less memory is available, as in a container, the budget is what that leaves.
    /// Default 256 MiB.
    /// </summary>
    [Range(16L << 20, 1L << 40)]
    public long MemoryBudget { get; init; } = 256 << 20;

    /// <summary>
    /// <c>http://</c>, <c>https://</c> or <c>socks5://</c> URL of a proxy, with user info where it asks for it; its own address may be private.
    /// Targets are still checked before they are handed to it, as far as their names resolve here. Default none; proxy variables of the environment are not
    /// read.
    /// </summary>
    public string? Proxy { get; init; }

    /// <summary>Redirects followed. Default 10.</summary>
    [Range(0, 50)]
    public int MaxRedirects { get; init; } = 10;

    /// <summary>Whether a redirect may lead from https to http. Default no.</summary>
    public bool AllowHttpsToHttp { get; init; }

    /// <summary>Whether robots.txt is asked before pages. Default yes.</summary>
    public bool RobotsForPages { get; init; } = true;

    /// <summary>Whether robots.txt is asked before feeds as well: a feed is published to be read by machines. Default no.</summary>
    public bool RobotsForFeeds { get; init; }

    /// <summary>
    /// Whether a site's <c>/.well-known/tdmrep.json</c> is asked for once a day, so that what it reserves is recorded with each fetch; it is anyway where
    /// <see cref="RespectedOptOuts"/> has TdmReserved. Default no.
    /// </summary>
    public bool TdmFiles { get; init; }

    /// <summary>Opt-outs that end a fetch, as <c>NoArchive, TdmReserved</c>; the others are only recorded. Default none.</summary>
    public OptOuts RespectedOptOuts { get; init; }

    /// <summary>Whether and how requests are signed. Default not.</summary>
    public SigningOptions Signing { get; init; } = new();
}
