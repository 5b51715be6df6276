using System.ComponentModel.DataAnnotations;

namespace Ingest.Worker.Ingestion.Settings;

/// <summary>How the pages of entries are fetched: section <c>Ingest:Pages</c>.</summary>
internal sealed class PagesOptions
{
    public const string Section = "Ingest:Pages";

    /// <summary>Fetches of one page before it is given up. Default 6.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 6;

    /// <summary>Wait after the first failed fetch; it doubles with each. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest wait between two fetches of one page. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "31.00:00:00")]
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long the page of a changed entry is left alone before it is read again. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "31.00:00:00")]
    public TimeSpan RevisitDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Entries of sitemaps whose stated date is older than this are skipped. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "36500.00:00:00")]
    public TimeSpan SitemapAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Sitemaps of an index that become sources, newest first. Default 50.</summary>
    [Range(1, 50_000)]
    public int MaxSitemapChildren { get; init; } = 50;
}
