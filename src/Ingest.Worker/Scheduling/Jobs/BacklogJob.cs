using System.Threading.Tasks;
using Ingest.Worker.Scheduling.Cluster;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Ingest.Worker.Scheduling.Jobs;

/// <summary>Says, once in a cluster, when somebody's open transaction holds up the change feed and the search, and when it is over.</summary>
[DisallowConcurrentExecution]
internal sealed partial class BacklogJob(Database database, HeldChanges held, StopSignal stop, TimeProvider time, ILogger<BacklogJob> log) : IJob
{
    public static readonly JobKey Key = new("change-backlog", "housekeeping");

    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop.Stopping, ct);
        try
        {
            Say(await ChangeBacklog.LoadAsync(database, stopping.Token));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next run looks again.
        }
        catch (System.Data.Common.DbException error)
        {
            LogFailed(log, error.Message);
        }
    }

    private void Say(ChangeBacklog backlog)
    {
        var (waiting, isOver) = held.Look(backlog);
        if (isOver) LogOver(log);
        if (waiting is not null) LogHeld(log, backlog.Words(time.GetUtcNow()));
    }

    [LoggerMessage(715, LogLevel.Warning, "The change feed and the search are held up: {Backlog}. They go on when it ends")]
    private static partial void LogHeld(ILogger logger, string backlog);

    [LoggerMessage(716, LogLevel.Information, "The change feed and the search go on: the transaction that held them up has ended")]
    private static partial void LogOver(ILogger logger);

    [LoggerMessage(717, LogLevel.Warning, "Whether changes are held up cannot be told now: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
