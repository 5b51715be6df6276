namespace Ingest.Worker.Fetching.Requests;

/// <summary>
/// How one source is asked otherwise than all others. It holds where secrets are found, never the secrets, but for what stands in a proxy's URL.
/// </summary>
internal sealed record FetchManner
{
    public static FetchManner Usual { get; } = new();

    /// <summary>Where the Cookie field is found; null for none.</summary>
    public string? Cookie { get; init; }

    /// <summary>The User-Agent field; null for the worker's own.</summary>
    public string? UserAgent { get; init; }

    /// <summary>URL of the proxy; empty for none, null for that of all.</summary>
    public string? Proxy { get; init; }

    /// <summary>The only version of HTTP that is spoken; null for what is negotiated.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>Where the trusted authorities are found, <c>file:/path</c>, or the pinned key; null for those of the machine.</summary>
    public string? Certificate { get; init; }

    /// <summary>The longest time of one request; null for that of all.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What of it holds for other parties: the way there and its time; what was given for one server is no other's.</summary>
    public FetchManner Elsewhere => this == Usual ? Usual : new FetchManner { Proxy = Proxy, Timeout = Timeout };

    public override string ToString() => this == Usual ? "usual" : "own";
}
