using Ingest.Feeds;
using Ingest.Text;
using Ingest.Text.Secrets;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Rhythm;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Storage.Sources;

/// <summary>What the configuration means for a source's row.</summary>
internal enum RowChange
{
    None,
    Settings,

    /// <summary>Another URL is configured.</summary>
    Moved,

    /// <summary>It had left the configuration.</summary>
    Returned,
}

/// <summary>Makes rows of configured sources, and sources of rows.</summary>
internal static class SourceRows
{
    /// <summary>The row of a source that was not there.</summary>
    public static SourceRow NewRow(ConfiguredSource source, DateTimeOffset now)
    {
        var row = new SourceRow
        {
            Name = source.Name,
            Url = source.Url.AbsoluteUri,
            ConfiguredUrl = source.Url.AbsoluteUri,
            State = SourceState.Active,
            Slot = HostSlot.Of(source.Url),
            FullText = Words<FullText>.Of(source.FullText),
            ValidatorTrust = Words<TrustLevel>.Of(TrustLevel.Trusted),
            NextPollAt = now.ToUniversalTime(),
            NextPollReason = "new",
            CreatedAt = now.ToUniversalTime(),
            UpdatedAt = now.ToUniversalTime(),
        };
        Apply(source, row, now);
        return row;
    }

    /// <summary>Gives a row what is configured. A source paused by hand stays paused, whatever else changes.</summary>
    public static RowChange Apply(ConfiguredSource source, SourceRow row, DateTimeOffset now)
    {
        // A row written before secrets were left out of URLs has them still.
        var url = source.Url.AbsoluteUri;
        var isSame = row.ConfiguredUrl == url || UrlSecrets.Without(new Uri(row.ConfiguredUrl)).AbsoluteUri == url;
        var zone = source.Rhythm.Cron is null ? null : source.Rhythm.Zone.Id;
        var sameRhythm = row.Schedule == source.Rhythm.Cron && row.TimeZone == zone && row.PollInterval == source.Rhythm.Interval;
        var change = !isSame ? RowChange.Moved
            : row.State == SourceState.Disabled ? RowChange.Returned
            : row.Name == source.Name && row.ConfiguredUrl == url && sameRhythm && row.FullText == Words<FullText>.Of(source.FullText)
                && row.Tags.SequenceEqual(source.Tags) ? RowChange.None
            : RowChange.Settings;
        if (change == RowChange.None) return change;
        if (change == RowChange.Moved)
        {
            (row.Url, row.ConfiguredUrl, row.Slot) = (url, url, HostSlot.Of(source.Url));
            (row.Etag, row.LastModified, row.ValidatorsUrl, row.BodyHash) = (null, null, null, null);
            (row.ValidatorTrust, row.ValidatorTrustAt, row.LastFullAt) = (Words<TrustLevel>.Of(TrustLevel.Trusted), null, null);
            (row.MovedTo, row.MovedSeen, row.MovedSince) = (null, null, null);
            (row.FailureWeight, row.LastError) = (0, null);
        }

        if (row.ConfiguredUrl != url) (row.Url, row.ConfiguredUrl) = (row.Url == row.ConfiguredUrl ? url : row.Url, url);
        row.Name = source.Name;
        if (change != RowChange.Settings || !sameRhythm) (row.NextPollAt, row.NextPollReason) = (now.ToUniversalTime(), "configuration changed");
        if (row.State == SourceState.Disabled || (change == RowChange.Moved && row.State == SourceState.Gone)) row.State = SourceState.Active;
        (row.FullText, row.Schedule, row.TimeZone, row.PollInterval, row.Tags) =
            (Words<FullText>.Of(source.FullText), source.Rhythm.Cron, zone, source.Rhythm.Interval, [.. source.Tags]);
        row.UpdatedAt = now.ToUniversalTime();
        return change;
    }

    /// <summary>The source; null when somebody wrote by hand what cannot be read, or this machine does not know its time zone.</summary>
    public static Source? TryToSource(SourceRow row, out string? fault)
    {
        try
        {
            fault = null;
            return ToSource(row);
        }
        catch (Exception error) when (error is UriFormatException or TimeZoneNotFoundException or InvalidTimeZoneException or ArgumentException)
        {
            fault = error.Message;
            return null;
        }
    }

    public static Source ToSource(SourceRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Url = new Uri(row.Url),
        Depth = row.Depth,
        FullText = Words<FullText>.Read(row.FullText),
        Rhythm = new PollRhythm(row.Schedule, row.TimeZone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(row.TimeZone), row.PollInterval),
        History = History(row),
        ETag = row.Etag,
        LastModified = row.LastModified,
        ValidatorsUrl = row.ValidatorsUrl is null ? null : new Uri(row.ValidatorsUrl),
        Trust = new ValidatorTrust(Words<TrustLevel>.Read(row.ValidatorTrust), row.ValidatorTrustAt ?? DateTimeOffset.MinValue),
        BodyHash = row.BodyHash,
        LastFullAt = row.LastFullAt,
        LastSuccessAt = row.LastSuccessAt,
        Move = row is { MovedTo: { } to, MovedSeen: { } seen, MovedSince: { } since } ? new PendingMove(new Uri(to), seen, since) : null,
        IsGone = row.State == SourceState.Gone,
        GuessAt = row.GuessAt,
        NextPollAt = row.NextPollAt,
        LastPolledAt = row.LastPolledAt,
    };

    private static PollHistory History(SourceRow row) => new(row.AdaptiveInterval, row.FailureWeight)
    {
        Asked = new RefreshHints(
            row.AskedInterval, [.. (row.SkipHours ?? []).Select(static hour => (int)hour)], [.. (row.SkipDays ?? []).Select(static day => (DayOfWeek)day)]),
        Fresh = row.FreshFor,
        Cost = new FeedCost(row.BodyBytes, row.BodyNews, row.VainBodies),
        Ceiling = row.IntervalCeiling,
        News = row is { NewsGap: { } gap, NewestEntryAt: { } newest, SilentSince: { } silent } && ProfileOf(row) is { } profile
            ? new NewsRhythm(gap, newest, silent, profile) { Gaps = GapsOf(row), SilentFrom = row.SilentFrom }
            : null,
    };

    private static UsualGaps GapsOf(SourceRow row) => row is { GapsSeen: > 0, UsualGap: { } usual, LongestGap: { } longest }
        ? new UsualGaps(row.GapsSeen, usual, longest)
        : UsualGaps.None;

    private static ActivityProfile? ProfileOf(SourceRow row) =>
        row is { NewsByHour: { Length: 24 } hours, NewsByDay: { Length: 7 } days, HoursByHour: { Length: 24 } byHour, HoursByDay: { Length: 7 } byDay }
            ? new ActivityProfile(hours, days, byHour, byDay)
            : null;
}
