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
        var missing = new Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>>();
        foreach (var (job, trigger) in planned)
        {
            if (!await IsStoredAsync(scheduler, job, trigger, cancellationToken)) missing.Add(job, [trigger]);
        }

        if (missing.Count > 0) await scheduler.ScheduleJobs(missing, ScheduleJobOptions.Replacing, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<bool> IsStoredAsync(IScheduler scheduler, IJobDetail job, ITrigger trigger, CancellationToken ct) =>
        await scheduler.GetTrigger(trigger.Key, ct) is { } stored
        && IsSame(stored, trigger)
        && (await scheduler.GetJobDetail(job.Key, ct))?.JobType.FullName == job.JobType.FullName
        && await scheduler.GetTriggerState(trigger.Key, ct) is not (TriggerState.Error or TriggerState.Complete);

    private static bool IsSame(ITrigger stored, ITrigger planned) => (stored, planned) switch
    {
        (ISimpleTrigger one, ISimpleTrigger other) => one.RepeatInterval == other.RepeatInterval,
        (ICronTrigger one, ICronTrigger other) => one.CronExpressionString == other.CronExpressionString,
        _ => false,
    };
}
