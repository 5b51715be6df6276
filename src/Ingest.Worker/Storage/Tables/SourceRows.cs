using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Storage.Tables;

/// <summary>A row of <c>sources</c>.</summary>
internal sealed class SourceRow
{
    public int Id { get; init; }

    public required string Name { get; set; }

    public required string Url { get; set; }

    public required string ConfiguredUrl { get; set; }

    public int? ParentId { get; init; }

    public short Depth { get; init; }

    public required SourceState State { get; set; }

    public short Slot { get; set; }

    public required string FullText { get; set; }

    public string? Schedule { get; set; }

    public string? TimeZone { get; set; }

    public TimeSpan? PollInterval { get; set; }

    public string[] Tags { get; set; } = [];

    public string? Title { get; init; }

    public string? SiteUrl { get; init; }

    public string? Language { get; init; }

    public string? Etag { get; set; }

    public string? LastModified { get; set; }

    public string? ValidatorsUrl { get; set; }

    public Guid? BodyHash { get; set; }

    public DateTimeOffset? LastFullAt { get; set; }

    public required string ValidatorTrust { get; set; }

    public DateTimeOffset? ValidatorTrustAt { get; set; }

    public string? MovedTo { get; set; }

    public int? MovedSeen { get; set; }

    public DateTimeOffset? MovedSince { get; set; }

    public DateTimeOffset NextPollAt { get; set; }

    public string? NextPollReason { get; set; }

    public TimeSpan? AdaptiveInterval { get; init; }

    public TimeSpan? NewsGap { get; init; }

    public DateTimeOffset? NewestEntryAt { get; init; }

    public DateTimeOffset? SilentSince { get; init; }

    public DateTimeOffset? SilentFrom { get; init; }

    public int GapsSeen { get; init; }

    public TimeSpan? UsualGap { get; init; }

    public TimeSpan? LongestGap { get; init; }

    public DateTimeOffset? GuessAt { get; init; }

    public float[]? NewsByHour { get; init; }

    public float[]? NewsByDay { get; init; }

    public float[]? HoursByHour { get; init; }

    public float[]? HoursByDay { get; init; }

    public TimeSpan? IntervalCeiling { get; init; }

    public TimeSpan? AskedInterval { get; init; }

    public TimeSpan? FreshFor { get; init; }

    public double BodyBytes { get; init; }

    public double BodyNews { get; init; }

    public int VainBodies { get; init; }

    public short[]? SkipHours { get; init; }

    public short[]? SkipDays { get; init; }

    public double FailureWeight { get; set; }

    public DateTimeOffset? LastPolledAt { get; init; }

    public DateTimeOffset? LastSuccessAt { get; init; }

    public DateTimeOffset? LastNewsAt { get; init; }

    public int? LastStatus { get; init; }

    public string? LastError { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A row of <c>source_events</c>.</summary>
internal sealed class SourceEventRow
{
    public long Id { get; init; }

    public int SourceId { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    public required string Detail { get; init; }
}

/// <summary>A row of <c>host_holds</c>.</summary>
internal sealed class HostHoldRow
{
    public required string Host { get; init; }

    public DateTimeOffset NotBefore { get; init; }

    public int Status { get; init; }

    public DateTimeOffset SetAt { get; init; }

    public TimeSpan? Pause { get; init; }
}
