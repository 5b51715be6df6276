namespace Ingest.Worker.Tests.Ingestion.Month;

/// <summary>What the requests of a time came to; those that make up <see cref="Faults"/> must be 0.</summary>
internal sealed class MonthCounts
{
    public int Requests { get; set; }

    /// <summary>Answered with 304.</summary>
    public int NotModified { get; set; }

    /// <summary>Of the bodies that the server sent.</summary>
    public long Bytes { get; set; }

    /// <summary>The shortest time between two polls that were answered.</summary>
    public TimeSpan? LeastGap { get; set; }

    /// <summary>The shortest time between a poll that failed and the next visit.</summary>
    public TimeSpan? LeastAfterFailure { get; set; }

    /// <summary>Unconditional requests after the first of each URL, of a server that had given validators.</summary>
    public int Unconditional { get; set; }

    /// <summary>Those of them that came no week after the last full answer.</summary>
    public int NoWeeklyCheck { get; set; }

    /// <summary>Polls sooner than the publisher or the owner asks, or than five minutes after the last.</summary>
    public int TooSoon { get; set; }

    /// <summary>Requests within a Retry-After, or within the pause that grows with each refusal without one.</summary>
    public int Held { get; set; }

    /// <summary>Requests on the heels of one that the server hung up on, sooner than its pace.</summary>
    public int AtOnce { get; set; }

    /// <summary>Requests for the same URL within a minute, more than three where the server hung up.</summary>
    public int Retries { get; set; }

    /// <summary>What is known and was asked for again: pages as a whole, robots.txt as a whole or within a day, places of feeds within four weeks.</summary>
    public int Again { get; set; }

    /// <summary>Requests with a tag that anything meets.</summary>
    public int BadTags { get; set; }

    /// <summary>Requests with cookies, a referrer or a query.</summary>
    public int Additions { get; set; }

    /// <summary>All that must not be.</summary>
    public int Faults => NoWeeklyCheck + TooSoon + Held + AtOnce + Retries + Again + BadTags + Additions;

    public override string ToString() =>
        FormattableString.Invariant($"no check {NoWeeklyCheck}, too soon {TooSoon}, held {Held}, at once {AtOnce}, retries {Retries}, again {Again}, ")
        + FormattableString.Invariant($"bad tags {BadTags}, additions {Additions}");

    public static MonthCounts Sum(IEnumerable<MonthCounts> some) => some.Aggregate(new MonthCounts(), static (sum, one) => new MonthCounts
    {
        Requests = sum.Requests + one.Requests,
        NotModified = sum.NotModified + one.NotModified,
        Bytes = sum.Bytes + one.Bytes,
        LeastGap = Shorter(sum.LeastGap, one.LeastGap),
        LeastAfterFailure = Shorter(sum.LeastAfterFailure, one.LeastAfterFailure),
        Unconditional = sum.Unconditional + one.Unconditional,
        NoWeeklyCheck = sum.NoWeeklyCheck + one.NoWeeklyCheck,
        TooSoon = sum.TooSoon + one.TooSoon,
        Held = sum.Held + one.Held,
        AtOnce = sum.AtOnce + one.AtOnce,
        Retries = sum.Retries + one.Retries,
        Again = sum.Again + one.Again,
        BadTags = sum.BadTags + one.BadTags,
        Additions = sum.Additions + one.Additions,
    });

    public static TimeSpan? Shorter(TimeSpan? a, TimeSpan? b) => a is null || b < a ? b ?? a : a;
}
