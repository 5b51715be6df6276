using System.Threading.Tasks;
using Ingest.Worker.Scheduling.Cluster;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Hosts;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Ingest.Worker.Scheduling.Jobs;

/// <summary>
/// Housekeeping, once per cluster: takes out of the ledger, the log of changes, the index of near-duplicates and what spares publishers requests what is
/// older than their retention.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class TrimJob(
    WriteGate gate, LedgerRetention ledger, ChangeRetention changes, DuplicateRetention index, StoryUpkeep stories, CourtesyRetention courtesies,
    StopSignal stop, TimeProvider time, ILogger<TrimJob> log) : IJob
{
    public static readonly JobKey Key = new("trim", "housekeeping");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
    {
        if (gate.Refused is not null) return;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop.Stopping, ct);
        try
        {
            var now = time.GetUtcNow();
            await courtesies.TrimAsync(now, ended.Token);
            await changes.TrimAsync(now, ended.Token);
            LogTrimmed(
                log,
                await ledger.TrimAsync(now, ended.Token),
                await index.TrimAsync(now, ended.Token),
                context.ScheduledFireTimeUtc ?? context.FireTimeUtc);
            if (await stories.RunAsync(ended.Token) is > 0 and var mended) LogMended(log, mended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The next run goes on where this one stopped.
        }
        catch (System.Data.Common.DbException error)
        {
            LogFailed(log, error.Message);
        }
    }

    [LoggerMessage(
        704, LogLevel.Information, "{Lines} lines of the ledger and {Rows} rows of the index of near-duplicates were past their retention (due {Due:u})")]
    private static partial void LogTrimmed(ILogger logger, long lines, long rows, DateTimeOffset due);

    [LoggerMessage(1020, LogLevel.Information, "{Stories} stories did not tell the articles that they have, and do now")]
    private static partial void LogMended(ILogger logger, int stories);

    [LoggerMessage(705, LogLevel.Error, "Not trimmed; will retry at the next run: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
