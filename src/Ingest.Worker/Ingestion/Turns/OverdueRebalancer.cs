using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Tasks;
using Ingest.Worker.Ingestion.Settings;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Ingestion.Turns;

/// <summary>Looks after due times in each turn: spreads what an outage left overdue, and pulls back what a clock that was ahead has planned.</summary>
internal sealed partial class OverdueRebalancer(
    DueTimes dueTimes, WriteGate gate, TurnPulse pulse, IOptions<PollingOptions> polling, IOptions<PagesOptions> pages, TimeProvider time,
    ILogger<OverdueRebalancer> log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    // Clocks that are kept right are moved by less at a time.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<short, Look> looked = new();

    /// <summary>Pulls back, at a partition's first turn, after every hour, and when the clock went back.</summary>
    public async Task PullBackAsync(IReadOnlyList<short> slots, CancellationToken ct)
    {
        if (slots.Count == 0) return;
        var last = looked.GetValueOrDefault(slots[0]);
        if (last is not null && last.Clock.Step() >= -Step && time.GetElapsedTime(last.Since) < LookEvery) return;
        if (gate.Enter() is null) return;
        try
        {
            if (await gate.TryAsync(ct => dueTimes.PullBackAsync(slots, Waits(polling.Value, pages.Value), time.GetUtcNow(), ct), ct) is var put and > 0)
                LogPulledBack(log, put);
        }
        catch (DbException error) when (RefusalScopes.Of(error) == RefusalScope.Some)
        {
            // The visits will tell whether they need what is refused here.
            LogRefused(log, error.Message);
        }

        looked[slots[0]] = new Look(time.GetTimestamp(), last?.Clock ?? new ClockWatch(time));
    }

    /// <summary>Spreads, when one of the due sources is long overdue.</summary>
    /// <returns>Whether there was something to spread, so that the due sources are others now.</returns>
    public async Task<bool> SpreadAsync(IReadOnlyList<short> slots, int partitions, IReadOnlyList<Source> due, CancellationToken ct)
    {
        pulse.Beat();
        var now = time.GetUtcNow();
        if (!due.Any(source => source.LastSuccessAt is not null && now - source.NextPollAt > OverdueSpread.After)) return false;
        var spread = await gate.TryAsync(ct => dueTimes.SpreadAsync(slots, partitions, now, ct), ct);
        if (spread > 0) LogSpread(log, spread, OverdueSpread.Window(spread, partitions));
        return spread > 0;
    }

    private static PlausibleWaits Waits(PollingOptions polling, PagesOptions pages) => new(
        polling.ToBounds().LongestWait,
        pages.RevisitDelay > pages.RetryDelay ? pages.RevisitDelay : pages.RetryDelay,
        pages.RevisitDelay > pages.LongestRetryDelay ? pages.RevisitDelay : pages.LongestRetryDelay);

    [LoggerMessage(611, LogLevel.Warning, "{Count} sources or pages were planned by a clock that was ahead; their due times are pulled back")]
    private static partial void LogPulledBack(ILogger logger, int count);

    [LoggerMessage(612, LogLevel.Information, "{Count} sources are overdue after an outage; they are spread over {Window}")]
    private static partial void LogSpread(ILogger logger, int count, TimeSpan window);

    [LoggerMessage(614, LogLevel.Error, "Due times cannot be corrected; will retry: {Error}")]
    private static partial void LogRefused(ILogger logger, string error);

    private sealed record Look(long Since, ClockWatch Clock);
}
