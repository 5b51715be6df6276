using Ingest.Feeds;
using Ingest.Text;
using Ingest.Worker.Sources.Rhythm;

namespace Ingest.Worker.Sources;

/// <summary>Whether the pages of a source's entries are fetched.</summary>
internal enum FullText
{
    /// <summary>When the feed does not carry the whole article.</summary>
    [Word("auto")]
    Auto,

    /// <summary>For every entry.</summary>
    [Word("always")]
    Always,

    /// <summary>Never: what the feed gives is what is stored.</summary>
    [Word("never")]
    Never,
}

/// <summary>A source as it stands in the database: what is polled, how, and what is known of it.</summary>
internal sealed record Source
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required Uri Url { get; init; }

    /// <summary>Steps from the configuration: 0 for a configured source, 1 for one found through it, and so on.</summary>
    public int Depth { get; init; }

    public FullText FullText { get; init; }

    public PollRhythm Rhythm { get; init; } = PollRhythm.Adaptive;

    public PollHistory History { get; init; } = PollHistory.None;

    /// <summary>Validators of the last full answer of <see cref="Url"/>, byte for byte.</summary>
    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    /// <summary>The URL that sent the validators, after redirects.</summary>
    public Uri? ValidatorsUrl { get; init; }

    /// <summary>Whether a 304 of this server is believed.</summary>
    public ValidatorTrust Trust { get; init; } = ValidatorTrust.Full;

    /// <summary>Hash of the last body; an equal body is not parsed again.</summary>
    public Guid? BodyHash { get; init; }

    /// <summary>When it last gave a full answer; null for never.</summary>
    public DateTimeOffset? LastFullAt { get; init; }

    /// <summary>When it last answered usably, 304 included; null for never.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>A permanent redirect that is not believed yet.</summary>
    public PendingMove? Move { get; init; }

    /// <summary>The publisher said 410: it is asked rarely whether it is back.</summary>
    public bool IsGone { get; init; }

    /// <summary>When the next address at which its feed may be is asked, at the earliest; null when there is nothing to guess.</summary>
    public DateTimeOffset? GuessAt { get; init; }

    public DateTimeOffset NextPollAt { get; init; }

    /// <summary>When it was last asked; null for never. A visit counts only if there was none since.</summary>
    public DateTimeOffset? LastPolledAt { get; init; }
}

/// <summary>When a source is to be polled, as its owner wants it.</summary>
/// <param name="Cron">Quartz cron expression; null for none.</param>
/// <param name="Zone">Time zone of the cron expression.</param>
/// <param name="Interval">Fixed interval; null for adaptive polling.</param>
internal sealed record PollRhythm(string? Cron, TimeZoneInfo Zone, TimeSpan? Interval)
{
    public static PollRhythm Adaptive { get; } = new(null, TimeZoneInfo.Utc, null);
}

/// <summary>What earlier polls taught.</summary>
/// <param name="Interval">The last interval that adaptive polling chose; null before the first success.</param>
/// <param name="FailureWeight">Sum of the weights of the failures since the last success (permanent 1, server 0.5, transient 0.25).</param>
internal sealed record PollHistory(TimeSpan? Interval, double FailureWeight)
{
    public static PollHistory None { get; } = new(null, 0);

    /// <summary>What the feed asked when it was last read.</summary>
    public RefreshHints Asked { get; init; } = RefreshHints.None;

    /// <summary>
    /// How long its last answer was to be used, by its caching headers; null for no time. Holds through failures, and through a 304 that says nothing else.
    /// </summary>
    public TimeSpan? Fresh { get; init; }

    /// <summary>What it costs its server.</summary>
    public FeedCost Cost { get; init; } = FeedCost.None;

    /// <summary>How its news comes; null before it showed any.</summary>
    public NewsRhythm? News { get; init; }

    /// <summary>After entries were missed, the longest interval that is risked; it rises with every poll that misses none. Null for none.</summary>
    public TimeSpan? Ceiling { get; init; }
}
