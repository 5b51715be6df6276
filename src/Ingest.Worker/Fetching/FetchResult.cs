using Ingest.Worker.Fetching.Hosts;

namespace Ingest.Worker.Fetching;

/// <summary>How a fetch ended: <see cref="Fetched"/>, <see cref="NotModified"/> or <see cref="Failed"/>.</summary>
internal abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <summary>The URL that answered, after redirects, without fragment and user info.</summary>
    public required Uri FinalUrl { get; init; }

    /// <summary>HTTP status; 0 when no answer came.</summary>
    public required int Status { get; init; }

    /// <summary>Requests made, retries included, redirects not.</summary>
    public required int Attempts { get; init; }

    /// <summary>From the first request to the end, waiting for the host's turn included.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The earliest time that Cache-Control, Expires or Retry-After allow another request; null when they say nothing.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Retry-After alone, capped: it binds the whole host. Null when the answer had none.</summary>
    public DateTimeOffset? RetryAfter { get; init; }

    /// <summary>Until when the site is left alone after 429 or 503; null after any other answer.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Where permanent redirects (301, 308) alone lead from the asked URL; null when the first hop was none, or the fetch failed.</summary>
    public Uri? MovedTo { get; init; }

    /// <summary>Every redirect that was followed, in order.</summary>
    public IReadOnlyList<Redirect> Redirects { get; init; } = [];

    /// <summary>Body bytes on the wire of all attempts and hops, before decompression.</summary>
    public long WireBytes { get; init; }

    /// <summary>What the document cost its server: what is sent empty is sent, and a 304 costs nothing.</summary>
    public long BodyBytes => this is Fetched ? Math.Max(1, WireBytes) : 0;

    /// <summary>Whether the last request carried validators.</summary>
    public bool Conditional { get; init; }

    /// <summary>After 429 and 503, the pause that grows with each; null for none.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>Whether such a pause ended with the answer.</summary>
    public bool EndsPause { get; init; }

    /// <summary>A promise to stay with https, where it is worth keeping; null for none.</summary>
    public HttpsPledge? Pledge { get; init; }

    /// <summary>What was fetched on the way: robots.txt and the like.</summary>
    public IReadOnlyList<SideFetch> Side { get; init; } = [];

    /// <summary>A full answer.</summary>
    internal sealed record Fetched : FetchResult
    {
        /// <summary>The decompressed body.</summary>
        public required byte[] Body { get; init; }

        /// <summary>
        /// Whether it holds only what is new since the answer whose validators were sent (226, RFC 3229); what is not in it may still be there.
        /// </summary>
        public bool IsPart { get; init; }

        /// <summary>charset parameter of Content-Type; null when none.</summary>
        public string? Charset { get; init; }

        /// <summary>Content-Type without parameters, lower case; null when none.</summary>
        public string? MediaType { get; init; }

        public required Validators Validators { get; init; }

        /// <summary>What the publisher asks not to be done with the answer.</summary>
        public OptOuts OptOuts { get; init; }

        /// <summary>The machine-readable licence that a TDM reservation points to, as stated; null when none.</summary>
        public string? TdmPolicy { get; init; }
    }

    /// <summary>304: what we have is current.</summary>
    internal sealed record NotModified : FetchResult
    {
        /// <summary>The validators to keep: those of the 304 where it has them, else those that were sent (RFC 9111, section 4.3.4).</summary>
        public Validators? Validators { get; init; }
    }

    /// <summary>No usable answer.</summary>
    internal sealed record Failed : FetchResult
    {
        public required FailureKind Kind { get; init; }

        /// <summary>The failure's name, for counting.</summary>
        public FailureCause Cause { get; init; }

        /// <summary>Whether it says nothing of what was to be fetched: it was not asked, or something of our own failed.</summary>
        public bool SparesSource =>
            Cause is FailureCause.HostWaits or FailureCause.CircuitOpen or FailureCause.ProxyFailed or FailureCause.OutOfResources
                or FailureCause.SigningKeyMissing;

        /// <summary>One sentence for people.</summary>
        public required string Reason { get; init; }
    }
}

/// <summary>A fetch that another one took.</summary>
internal sealed record SideFetch(FetchRequest Request, FetchResult Result, DateTimeOffset StartedAt);

/// <summary>One followed redirect.</summary>
internal sealed record Redirect(int Status, Uri From, Uri To);

/// <summary>What a failure says about trying again.</summary>
internal enum FailureKind
{
    /// <summary>The network, a timeout, 429: soon again.</summary>
    Transient,

    /// <summary>5xx: the server's trouble.</summary>
    Server,

    /// <summary>4xx, refused address, no such host, too large: it will not help to ask again soon.</summary>
    Permanent,

    /// <summary>410: gone for good.</summary>
    Gone,
}

/// <summary>What publishers ask in X-Robots-Tag, robots meta elements and TDM reservations.</summary>
[Flags]
internal enum OptOuts
{
    None = 0,
    NoIndex = 1,
    NoArchive = 2,
    NoSnippet = 4,

    /// <summary>noai: not to be used for training.</summary>
    NoAi = 8,

    /// <summary>TDM Reservation Protocol: rights to text and data mining are reserved.</summary>
    TdmReserved = 16,
}
