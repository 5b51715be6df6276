using System.Threading.Tasks;
using Ingest.Worker.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace Ingest.Worker.Scheduling;

/// <summary>Housekeeping, once per cluster: takes lines out of the ledger that are older than their retention.</summary>
[DisallowConcurrentExecution]
internal sealed partial class TrimLedgerJob(LedgerRetention ledger, IOptions<StorageOptions> options, StopSignal stop, TimeProvider time, ILogger<TrimLedgerJob> log) : IJob
{
    public static readonly JobKey Key = new("trim the ledger", "housekeeping");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop.Stopping, ct);
        try
        {
            var trimmed = await ledger.TrimAsync(time.GetUtcNow() - TimeSpan.FromDays(options.Value.LedgerDays), ended.Token);
            LogTrimmed(log, trimmed, context.ScheduledFireTimeUtc ?? context.FireTimeUtc);
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

    [LoggerMessage(704, LogLevel.Information, "{Count} lines of the ledger were past their retention (due {Due:u})")]
    private static partial void LogTrimmed(ILogger logger, long count, DateTimeOffset due);

    [LoggerMessage(705, LogLevel.Error, "The ledger was not trimmed, which is tried again at the next time: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
