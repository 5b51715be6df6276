using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Ingest.Worker.Archive.Retention;

/// <summary>Housekeeping, once per cluster: articles past their time are archived and removed.</summary>
[DisallowConcurrentExecution]
internal sealed partial class RetentionJob(RetentionRun run, WriteGate gate, ILogger<RetentionJob> log) : IJob
{
    public static readonly JobKey Key = new("retention", "housekeeping");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
    {
        if (gate.Refused is not null) return;
        try
        {
            var removed = await run.RunAsync(ct);
            if (removed > 0) LogRemoved(log, removed);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The next run goes on where this one stopped.
        }
        catch (Exception error) when (error is System.Data.Common.DbException or IOException or UnauthorizedAccessException)
        {
            LogFailed(log, error.Message);
        }
    }

    [LoggerMessage(801, LogLevel.Information, "{Articles} articles were past their time and are removed")]
    private static partial void LogRemoved(ILogger logger, long articles);

    [LoggerMessage(802, LogLevel.Error, "Articles past their time stay; will retry at the next run: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
