using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Ingest.Worker.Scheduling;

/// <summary>
/// Puts the planned jobs into the schedule before it starts. Into a clustered one only what is not there as planned, and all of that at once: each job that is
/// stored takes a lock that the whole cluster waits for, and a trigger that is stored again may fire again for a time that another worker has served.
/// </summary>
internal sealed class StoredSchedule(ISchedulerFactory schedulers, IEnumerable<PlannedJob> planned) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        bool isStored;
        do isStored = await TryStoreAsync(scheduler, cancellationToken);
        while (!isStored);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // False when another worker that starts just now stored some of what was missing: that must not be stored again.
    private async Task<bool> TryStoreAsync(IScheduler scheduler, CancellationToken ct)
    {
        Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>> missing = [], different = [];
        foreach (var (job, trigger) in planned)
        {
            var stored = await scheduler.GetTrigger(trigger.Key, ct);
            var storedJob = await scheduler.GetJobDetail(job.Key, ct);
            if (stored is null && storedJob is null) missing.Add(job, [trigger]);
            else if (!IsSame(stored, trigger) || storedJob?.JobType.FullName != job.JobType.FullName || await HasEndedAsync(scheduler, trigger, ct)) different.Add(job, [trigger]);
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

    private static async Task<bool> HasEndedAsync(IScheduler scheduler, ITrigger trigger, CancellationToken ct) =>
        await scheduler.GetTriggerState(trigger.Key, ct) is TriggerState.Error or TriggerState.Complete;

    private static bool IsSame(ITrigger? stored, ITrigger planned) => (stored, planned) switch
    {
        (ISimpleTrigger one, ISimpleTrigger other) => one.RepeatInterval == other.RepeatInterval,
        (ICronTrigger one, ICronTrigger other) => one.CronExpressionString == other.CronExpressionString,
        _ => false,
    };
}
