namespace Ingest.Worker.Ingestion.Sources;

/// <summary>One source: <c>Ingest:Sources:NAME</c>.</summary>
internal sealed class SourceOptions
{
    /// <summary>Absolute http(s) URL of a feed, sitemap, or page that announces a feed. Required.</summary>
    public string? Url { get; init; }

    /// <summary><c>Auto</c> (fetch pages unless the feed carries the whole text), <c>Always</c> or <c>Never</c>. Default Auto.</summary>
    public string? FullText { get; init; }

    /// <summary>
    /// Quartz cron expression with seconds, such as <c>0 0/15 * * * ?</c>; failures are tried again at its times too. Default none: adaptive.
    /// </summary>
    public string? Schedule { get; init; }

    /// <summary>IANA time zone of the schedule. Default UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// Interval as <c>[d.]hh:mm:ss</c>, 10 s to 365 days, from the end of a visit to the next one; <c>Ingest:Polling:Jitter</c> adds up to a tenth, and its
    /// feed may ask for longer (<c>Ingest:Polling:FeedWishes</c>). Default none: adaptive.
    /// </summary>
    public string? Interval { get; init; }

    /// <summary>Free words, stored with the source. Default none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>False takes the source out of the schedule; its articles stay. Default true.</summary>
    public string? Enabled { get; init; }

    /// <summary>Extra request headers by name; a value may be <c>env:NAME</c> or <c>file:/path</c>. Sent to the configured host only. Default none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How the source authenticates; sent to the configured host only. Default not at all.</summary>
    public CredentialOptions? Credential { get; init; }

    /// <summary>
    /// Whether a server that has said nothing but 304 for <c>Ingest:Polling:UnconditionalCheckEvery</c> is asked for the whole document, in case it always says
    /// so. Default true.
    /// </summary>
    public string? UnconditionalCheck { get; init; }

    /// <summary>
    /// Where the <c>Cookie</c> field is found: <c>env:NAME</c> or <c>file:/path</c>. Sent to the configured host only; cookies that it sets are not kept.
    /// Default none.
    /// </summary>
    public string? Cookie { get; init; }

    /// <summary>
    /// The <c>User-Agent</c> field in place of that of <c>Ingest:Fetching</c>, sent to the configured host only; robots.txt is still asked for the worker's own
    /// name. Default none.
    /// </summary>
    public string? UserAgent { get; init; }

    /// <summary><c>None</c>, or the URL of another proxy than that of <c>Ingest:Fetching</c>; for its pages too. Default the usual proxy.</summary>
    public string? Proxy { get; init; }

    /// <summary>The only version of HTTP that is spoken with the configured host, <c>1.1</c> or <c>2</c>. Default what is negotiated.</summary>
    public string? HttpVersion { get; init; }

    /// <summary>
    /// Whom to trust as the configured host: <c>file:/path</c> of authorities (PEM) in place of the machine's, or the hash of its key as <c>sha256//BASE64</c>,
    /// which then is enough. Default the machine's authorities.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>Longest time of one request in place of <c>Ingest:Fetching:AttemptTimeout</c>, 1 s to 30 min. Default the usual time.</summary>
    public string? Timeout { get; init; }

    /// <summary>What entries must have, in at least one of these, to be taken. Default everything is taken.</summary>
    public FilterOptions? Keep { get; init; }

    /// <summary>What entries must not have in any of these. Default nothing is blocked.</summary>
    public FilterOptions? Block { get; init; }
}

/// <summary>
/// What is looked for in the entries of a source: regular expressions that are found anywhere in the text, in any case, without lookarounds and backreferences.
/// </summary>
internal sealed class FilterOptions
{
    /// <summary>In the title. Default none.</summary>
    public string? Title { get; init; }

    /// <summary>In one of the authors. Default none.</summary>
    public string? Author { get; init; }

    /// <summary>In one of the categories. Default none.</summary>
    public string? Category { get; init; }

    /// <summary>In the URL. Default none.</summary>
    public string? Url { get; init; }
}

/// <summary>A source's credential: a user and a password (basic), or a token (bearer). Secrets are given as <c>env:NAME</c> or <c>file:/path</c>.</summary>
internal sealed class CredentialOptions
{
    /// <summary>User name of basic authentication.</summary>
    public string? User { get; init; }

    /// <summary>Where its password is found.</summary>
    public string? Password { get; init; }

    /// <summary>Where the bearer token is found.</summary>
    public string? Token { get; init; }
}
