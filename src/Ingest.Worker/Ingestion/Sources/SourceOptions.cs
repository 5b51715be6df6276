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
