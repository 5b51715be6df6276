using System.Threading.Tasks;
using Ingest.Worker.Scheduling.Cluster;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Ingest.Worker.Scheduling.Jobs;

/// <summary>Fills in what an upgrade added to the articles, once in a cluster; afterwards it finds nothing to do.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ColumnFillJob(ColumnFill fill, WriteGate gate, StopSignal stop, ILogger<ColumnFillJob> log) : IJob
{
    public static readonly JobKey Key = new("column-fill", "housekeeping");

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
    {
        if (gate.Refused is not null) return;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop.Stopping, ct);
        try
        {
            if (await fill.RunAsync(stopping.Token) is var filled and > 0) LogFilled(log, filled);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next run goes on where this one stopped.
        }
        catch (System.Data.Common.DbException error)
        {
            LogFailed(log, error.Message);
        }
    }

    [LoggerMessage(
        718, LogLevel.Information, "Filled in host, day of the last change and base of the language of {Articles} articles that an earlier version had stored")]
    private static partial void LogFilled(ILogger logger, long articles);

    [LoggerMessage(719, LogLevel.Error, "The hosts of articles of an earlier version cannot be filled in; the next run tries again: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
