using System.ComponentModel.DataAnnotations;
using Ingest.Worker.Sources;

namespace Ingest.Worker.Ingestion.Settings;

/// <summary>When sources are polled: section <c>Ingest:Polling</c>.</summary>
internal sealed class PollingOptions
{
    public const string Section = "Ingest:Polling";

    /// <summary>The interval of a source that has shown no entry yet, without a schedule or interval of its own. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "31.00:00:00")]
    public TimeSpan InitialInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// No source without a schedule or interval of its own is polled sooner than this after a poll, and none after a failed one. Default 5 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "31.00:00:00")]
    public TimeSpan ShortestInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest adaptive interval of a source that answers. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "365.00:00:00")]
    public TimeSpan LongestInterval { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The longest wait of a failing source before quarantine. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "365.00:00:00")]
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often a source in quarantine is asked. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "365.00:00:00")]
    public TimeSpan QuarantineInterval { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The weight of failures in a row (permanent 1, server 0.5, transient 0.25) at which quarantine begins. Default 10.</summary>
    [Range(1.0, 1000.0)]
    public double QuarantineWeight { get; init; } = 10;

    /// <summary>How often a source that answered 410 Gone is asked whether it is back. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "365.00:00:00")]
    public TimeSpan GoneInterval { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a server may say 304 before it is asked for the whole feed, to find those that always say so. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan UnconditionalCheckEvery { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Older documents of a feed, or news sitemaps of its site, that one visit fetches when entries may have been missed. Default 5.</summary>
    [Range(0, 100)]
    public int MaxArchives { get; init; } = 5;

    /// <summary>
    /// How far polls by a source's own schedule keep away from its times, so that not all workers ask at :00; each source by a time of its own. Default 30 s; 0
    /// for not at all.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ScheduleScatter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many new or changed sources are asked for the first time each second; more where a running service is given so many that they would take over a
    /// minute. Not for <c>run --once</c>. Default 20.
    /// </summary>
    [Range(1, 10_000)]
    public int FirstPollsPerSecond { get; init; } = 20;

    /// <summary>
    /// A server that sends the whole feed each time and never answers 304 is asked more rarely, up to four times, the more bytes each piece of news costs it
    /// above this. Default 256 KiB.
    /// </summary>
    [Range(1024L, 1L << 40)]
    public long BytesPerNews { get; init; } = 256 << 10;

    /// <summary>
    /// What counts where a source has an <c>Interval</c> or <c>Schedule</c> of its own and its feed asks to be polled more rarely (ttl, sy:*, caching headers).
    /// <c>check</c> and <c>sources list</c> say which of both holds. Default Honoured.
    /// </summary>
    public FeedWishes FeedWishes { get; init; } = FeedWishes.Honoured;

    /// <summary>
    /// How much later than its own <c>Interval</c> a source may be polled, as a share of it; each time by another part of that, so that sources added together
    /// do not stay together. 0 keeps intervals exact; other intervals are always spread over a tenth. Default 0.1.
    /// </summary>
    [Range(0.0, 0.1)]
    public double Jitter { get; init; } = 0.1;

    /// <summary>What is wrong between values that are right by themselves.</summary>
    public IEnumerable<string> Contradictions()
    {
        if (ShortestInterval > LongestInterval)
            yield return $"{Section}:{nameof(ShortestInterval)} is '{ShortestInterval}': give at most LongestInterval ({LongestInterval}).";
        if (ShortestInterval > LongestBackoff)
            yield return $"{Section}:{nameof(LongestBackoff)} is '{LongestBackoff}': give at least ShortestInterval ({ShortestInterval}).";
    }

    public PollBounds ToBounds() => new(InitialInterval, ShortestInterval, LongestInterval, LongestBackoff, QuarantineInterval, QuarantineWeight, GoneInterval)
    {
        ScheduleScatter = ScheduleScatter,
        BytesPerNews = BytesPerNews,
        Wishes = FeedWishes,
        Jitter = Jitter,
    };
}
