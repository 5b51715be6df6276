using System.Threading.Tasks;
using Ingest.Worker.Scheduling.Cluster;
using Ingest.Worker.Storage.Drift;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Ingest.Worker.Scheduling.Following;

/// <summary>Looks, once in a cluster, whether the articles of sources are still what they were.</summary>
[DisallowConcurrentExecution]
internal sealed partial class DriftJob(DriftStore drift, WriteGate gate, StopSignal stop, TimeProvider time, ILogger<DriftJob> log) : IJob
{
    public static readonly JobKey Key = new("source-drift", "housekeeping");

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
    {
        if (gate.Refused is not null) return;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop.Stopping, ct);
        try
        {
            if (await drift.FollowAsync(time.GetUtcNow(), stopping.Token) is var told and > 0) LogTold(log, told);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next run goes on from the last batch.
        }
        catch (System.Data.Common.DbException error)
        {
            LogFailed(log, error.Message);
        }
    }

    [LoggerMessage(1040, LogLevel.Warning, "The articles of {Sources} sources began to differ from what they were, or ceased to: source_events says in what")]
    private static partial void LogTold(ILogger logger, int sources);

    [LoggerMessage(1041, LogLevel.Error, "Whether articles are still what they were cannot be told now; the next run tries again: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
