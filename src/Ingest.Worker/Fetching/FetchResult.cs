namespace Ingest.Worker.Fetching;

/// <summary>How a fetch ended: <see cref="Fetched"/>, <see cref="NotModified"/> or <see cref="Failed"/>.</summary>
internal abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <summary>The URL that answered, after redirects.</summary>
    public required Uri FinalUrl { get; init; }

    /// <summary>HTTP status; 0 when no answer came.</summary>
    public required int Status { get; init; }

    /// <summary>Requests made, retries included, redirects not.</summary>
    public required int Attempts { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The earliest time that Cache-Control, Expires or Retry-After allow another request; null when they say nothing.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Where permanent redirects (301, 308) alone lead from the asked URL; null when the first hop was none.</summary>
    public Uri? MovedTo { get; init; }

    /// <summary>A full answer.</summary>
    internal sealed record Fetched : FetchResult
    {
        /// <summary>The decompressed body.</summary>
        public required byte[] Body { get; init; }

        /// <summary>charset parameter of Content-Type; null when none.</summary>
        public string? Charset { get; init; }

        public string? MediaType { get; init; }

        public required Validators Validators { get; init; }

        /// <summary>Bytes on the wire, before decompression.</summary>
        public required long WireBytes { get; init; }
    }

    /// <summary>304: what we have is current.</summary>
    internal sealed record NotModified : FetchResult;

    /// <summary>No usable answer.</summary>
    internal sealed record Failed : FetchResult
    {
        public required FailureKind Kind { get; init; }

        /// <summary>One sentence for people.</summary>
        public required string Reason { get; init; }
    }
}

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
