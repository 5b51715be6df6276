using Ingest.Feeds;
namespace Ingest.Worker.Sources;

/// <summary>How a poll ended, as far as the next one depends on it.</summary>
internal abstract record PollOutcome
{
    private PollOutcome()
    {
    }

    /// <summary>The publisher asks not to come back before; null when it says nothing.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Bytes of the body that the server sent; 0 when it answered 304, or not at all.</summary>
    public long BodyBytes { get; init; }

    /// <summary>A full answer was read.</summary>
    /// <param name="Asked">What the feed itself asks for.</param>
    internal sealed record Read(RefreshHints Asked) : PollOutcome
    {
        /// <summary>The times that the entries new to this source state; null for one that states none.</summary>
        public IReadOnlyList<DateTimeOffset?> News { get; init; } = [];

        /// <summary>No entry was known, so that others may have come and gone since the last poll.</summary>
        public bool MissedSome { get; init; }
    }

    /// <summary>Nothing changed since the last poll.</summary>
    internal sealed record NotModified : PollOutcome;

    /// <summary>No usable answer.</summary>
    /// <param name="Weight">Permanent 1, server 0.5, transient 0.25.</param>
    /// <param name="Reason">In words.</param>
    internal sealed record Failed(double Weight, string Reason) : PollOutcome
    {
        /// <summary>The server is well, and says that it is asked too much (429).</summary>
        public bool IsRefusal { get; init; }
    }

    /// <summary>Nothing was asked: it is not the host's turn.</summary>
    /// <param name="Reason">In words.</param>
    internal sealed record Postponed(string Reason) : PollOutcome;

    /// <summary>The publisher says that there is nothing any more (410).</summary>
    internal sealed record Gone : PollOutcome;
}

/// <summary>The bounds within which the worker polls.</summary>
/// <param name="Initial">The interval of a source that has shown no entry yet.</param>
/// <param name="Shortest">Never sooner than this, unless the source has a schedule or interval of its own.</param>
/// <param name="Longest">The longest adaptive interval of a source that answers.</param>
/// <param name="FailureCap">The longest wait of a failing source before quarantine.</param>
/// <param name="Quarantine">The wait of a source in quarantine.</param>
/// <param name="QuarantineWeight">The failure weight at which quarantine begins.</param>
/// <param name="Gone">The wait of a source whose publisher said that it is gone.</param>
internal sealed record PollBounds(
    TimeSpan Initial, TimeSpan Shortest, TimeSpan Longest, TimeSpan FailureCap, TimeSpan Quarantine, double QuarantineWeight, TimeSpan Gone)
{
    public static PollBounds Default { get; } = new(
        TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(5), TimeSpan.FromHours(24), TimeSpan.FromHours(24), TimeSpan.FromDays(7), 10, TimeSpan.FromDays(30));

    /// <summary>Who has the last word where a source's own interval or schedule and what its feed asks for differ.</summary>
    public FeedWishes Wishes { get; init; }

    /// <summary>The share of a source's own interval over which its polls are spread; zero keeps it exact.</summary>
    public double Jitter { get; init; } = 0.1;

    /// <summary>How far polls by schedules keep away from its times, at most; zero for not at all.</summary>
    public TimeSpan ScheduleScatter { get; init; }

    /// <summary>Bytes that a server which never answers 304 may spend for each piece of news before it is asked more rarely.</summary>
    public long BytesPerNews { get; init; } = 256 << 10;

    /// <summary>
    /// The longest that any plan waits without a schedule or interval of the source's own: with what a publisher may ask for, and the hours and days that a
    /// feed skips.
    /// </summary>
    public TimeSpan LongestWait => new TimeSpan[] { Longest, FailureCap, Quarantine, Gone, TimeSpan.FromDays(2) }.Max() + TimeSpan.FromDays(8);
}
