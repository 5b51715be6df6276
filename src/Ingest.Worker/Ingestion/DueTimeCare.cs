using System.Collections.Concurrent;
using System.Threading.Tasks;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Ingestion;

/// <summary>Looks after due times before a turn: spreads what an outage left overdue, and pulls back what a clock that was ahead has planned.</summary>
internal sealed partial class DueTimeCare(DueTimes dueTimes, TimeProvider time, ILogger<DueTimeCare> log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<short, DateTimeOffset> looked = new();

    /// <summary>Pulls back, at a partition's first turn, after every hour, and when the clock went back.</summary>
    public async Task PullBackAsync(IReadOnlyList<short> slots, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (slots.Count == 0 || (looked.TryGetValue(slots[0], out var last) && now >= last && now - last < LookEvery)) return;
        if (await dueTimes.PullBackAsync(slots, now, ct) is var put and > 0) LogPulledBack(log, put);
        looked[slots[0]] = now;
    }

    /// <summary>Spreads, when one of the due sources is long overdue.</summary>
    /// <returns>Whether there was something to spread, so that the due sources are others now.</returns>
    public async Task<bool> SpreadAsync(IReadOnlyList<short> slots, int partitions, IReadOnlyList<Source> due, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (!due.Any(source => source.LastSuccessAt is not null && now - source.NextPollAt > OverdueSpread.After)) return false;
        var spread = await dueTimes.SpreadAsync(slots, partitions, now, ct);
        if (spread > 0) LogSpread(log, spread, OverdueSpread.Window(spread, partitions));
        return spread > 0;
    }

    [LoggerMessage(611, LogLevel.Warning, "{Count} sources or pages were planned by a clock that was ahead; their due times are pulled back")]
    private static partial void LogPulledBack(ILogger logger, int count);

    [LoggerMessage(612, LogLevel.Information, "{Count} sources are overdue after an outage; they are spread over {Window}")]
    private static partial void LogSpread(ILogger logger, int count, TimeSpan window);
}
