using Ingest.Text;

namespace Ingest.Feeds;

/// <summary>The formats a source may come in.</summary>
public enum FeedFormat
{
    Rss,
    Rdf,
    Atom,
    JsonFeed,
    Cdf,
    Sitemap,
    SitemapIndex,

    /// <summary>An HTML page: its <see cref="FeedDocument.Children"/> are the feeds it announces.</summary>
    Page,
}

/// <summary>A feed, sitemap or page as read: what the publisher stated, nothing invented. Absent values are null or empty.</summary>
public sealed record FeedDocument : FeedReading
{
    public required FeedFormat Format { get; init; }

    public string? Title { get; init; }

    /// <summary>The site's own address, absolute where it could be resolved.</summary>
    public string? Link { get; init; }

    public string? Description { get; init; }

    /// <summary>BCP 47 tag as stated.</summary>
    public string? Language { get; init; }

    public string? Icon { get; init; }

    public string? Author { get; init; }

    public IReadOnlyList<FeedEntry> Entries { get; init; } = [];

    /// <summary>Sitemaps of an index, or feeds announced by a page: to be read as sources of their own.</summary>
    public IReadOnlyList<FeedChild> Children { get; init; } = [];

    /// <summary>Whether the children are only the places where feeds usually are: the page announces none.</summary>
    public bool ChildrenAreGuesses { get; init; }

    /// <summary>Entries that the feed says are deleted (RFC 6721).</summary>
    public IReadOnlyList<FeedTombstone> Deleted { get; init; } = [];

    public RefreshHints Hints { get; init; } = RefreshHints.None;

    /// <summary>WebSub hubs (rel=hub).</summary>
    public IReadOnlyList<string> Hubs { get; init; } = [];

    /// <summary>RFC 5005 rel=next.</summary>
    public string? NextPage { get; init; }

    /// <summary>RFC 5005 rel=prev-archive.</summary>
    public string? PreviousArchive { get; init; }

    /// <summary>What had to be repaired before the bytes could be read, in order, in words.</summary>
    public IReadOnlyList<string> Repairs { get; init; } = [];
}

/// <summary>A feed or sitemap that another document points at.</summary>
/// <param name="Url">Absolute URL.</param>
/// <param name="Modified">The stated last modification; null when none.</param>
/// <param name="Title">The announced title; null when none.</param>
public sealed record FeedChild(string Url, StatedDate? Modified, string? Title);

/// <summary>A deleted entry.</summary>
/// <param name="Id">The id that the entry had.</param>
/// <param name="At">When it was deleted; null when not stated.</param>
/// <param name="Comment">Why, in the publisher's words; null when not said.</param>
public sealed record FeedTombstone(string Id, DateTimeOffset? At, string? Comment);

/// <summary>What a feed asks of its readers about polling.</summary>
/// <param name="Interval">The shortest interval asked for by RSS ttl or sy:updatePeriod/updateFrequency; null when none.</param>
/// <param name="SkipHours">Hours of the day (0–23, UTC) in which the feed asks not to be polled.</param>
/// <param name="SkipDays">Days of the week (UTC) in which the feed asks not to be polled.</param>
public sealed record RefreshHints(TimeSpan? Interval, IReadOnlyList<int> SkipHours, IReadOnlyList<DayOfWeek> SkipDays)
{
    public static RefreshHints None { get; } = new(null, [], []);
}
