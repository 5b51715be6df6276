using System.Data.Common;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Ingest.Worker.Scheduling.Jobs;

/// <summary>
/// Puts the planned jobs into the schedule before it starts. Into a clustered one only what is not there as planned, and all of that at once: each job that is
/// stored takes a lock that the whole cluster waits for, and a trigger that is stored again may fire again for a time that another worker has served.
/// </summary>
internal sealed partial class StoredSchedule(
    ISchedulerFactory schedulers, IEnumerable<PlannedJob> planned, TimeProvider time, ILogger<StoredSchedule> log) : IHostedService
{
    private const int Attempts = 10;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await TryStoreAsync(await schedulers.GetScheduler(cancellationToken), cancellationToken)) return;
            }
            catch (Exception error) when (attempt < Attempts && error is SchedulerException or DbException)
            {
                // A lock that was held for too long is taken away: by another worker, or by this one when it was held up itself.
                LogRetry(log, error.Message);
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // False when another worker that starts just now stored some of what was missing: that must not be stored again.
    private async Task<bool> TryStoreAsync(IScheduler scheduler, CancellationToken ct)
    {
        Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>> missing = [], different = [];
        foreach (var plan in planned)
        {
            var (job, trigger) = plan;
            var stored = await scheduler.GetTrigger(trigger.Key, ct);
            var storedJob = await scheduler.GetJobDetail(job.Key, ct);
            if (stored is null && storedJob is null) missing.Add(job, [trigger]);
            else if (!IsSame(stored, trigger) || IsAhead(stored, plan) || storedJob?.JobType.FullName != job.JobType.FullName
                || await HasEndedAsync(scheduler, trigger, ct))
                different.Add(job, [trigger]);
        }

        if (different.Count > 0) await scheduler.ScheduleJobs(different, ScheduleJobOptions.Replacing, ct);
        try
        {
            if (missing.Count > 0) await scheduler.ScheduleJobs(missing, new ScheduleJobOptions(), ct);
            return true;
        }
        catch (ObjectAlreadyExistsException)
        {
            return false;
        }
    }

    // By a worker whose clock was.
    private bool IsAhead(ITrigger? stored, PlannedJob plan) => stored?.NextFireTimeUtc > plan.Latest(time.GetUtcNow());

    private static async Task<bool> HasEndedAsync(IScheduler scheduler, ITrigger trigger, CancellationToken ct) =>
        await scheduler.GetTriggerState(trigger.Key, ct) is TriggerState.Error or TriggerState.Complete;

    private static bool IsSame(ITrigger? stored, ITrigger planned) => (stored, planned) switch
    {
        (ISimpleTrigger one, ISimpleTrigger other) => one.RepeatInterval == other.RepeatInterval,
        (ICronTrigger one, ICronTrigger other) => one.CronExpressionString == other.CronExpressionString,
        _ => false,
    };

    [LoggerMessage(709, LogLevel.Warning, "The schedule cannot be stored yet, and will be tried again: {Error}")]
    private static partial void LogRetry(ILogger logger, string error);
}
