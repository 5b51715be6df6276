namespace Ingest.Worker.Ingestion;

/// <summary>One source: <c>Ingest:Sources:NAME</c>.</summary>
internal sealed class SourceOptions
{
    /// <summary>Absolute http(s) URL of a feed, sitemap, or page that announces a feed. Required.</summary>
    public string? Url { get; init; }

    /// <summary><c>Auto</c> (fetch pages unless the feed carries the whole text), <c>Always</c> or <c>Never</c>. Default Auto.</summary>
    public string? FullText { get; init; }

    /// <summary>Quartz cron expression with seconds, such as <c>0 0/15 * * * ?</c>. Default none: adaptive.</summary>
    public string? Schedule { get; init; }

    /// <summary>IANA time zone of the schedule. Default UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Fixed interval as <c>[d.]hh:mm:ss</c>, 10 s to 365 days. Default none: adaptive.</summary>
    public string? Interval { get; init; }

    /// <summary>Free words, stored with the source. Default none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>False takes the source out of the schedule; its articles stay. Default true.</summary>
    public string? Enabled { get; init; }
}
