using System.Globalization;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;

namespace Ingest.Worker.Scheduling;

/// <summary>
/// Puts the partitions' jobs into the schedule before it starts. Of a clustered one only what is not there yet, and all of that at once: each job that is stored
/// takes a lock that the whole cluster waits for.
/// </summary>
internal sealed class PartitionSchedule(ISchedulerFactory schedulers, IOptions<SchedulingOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var missing = new Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>>();
        for (var partition = 0; partition < options.Value.Partitions; partition++)
        {
            var trigger = TriggerOf(partition);
            if (!await IsStoredAsync(scheduler, trigger, cancellationToken)) missing.Add(JobOf(partition), [trigger]);
        }

        if (missing.Count > 0) await scheduler.ScheduleJobs(missing, ScheduleJobOptions.Replacing, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> IsStoredAsync(IScheduler scheduler, ITrigger trigger, CancellationToken ct) =>
        await scheduler.GetTrigger(trigger.Key, ct) is ISimpleTrigger stored
        && stored.RepeatInterval == options.Value.TurnEvery
        && await scheduler.GetTriggerState(trigger.Key, ct) is not (TriggerState.Error or TriggerState.Complete);

    // The number of partitions is part of the group, so that jobs that were stored under another number are not taken for these.
    private JobKey KeyOf(int partition) => new(string.Create(CultureInfo.InvariantCulture, $"partition-{partition:000}"), VisitPartitionJob.Group(options.Value));

    // Text, because a clustered store keeps job data as text.
    private IJobDetail JobOf(int partition) => JobBuilder.Create<VisitPartitionJob>()
        .WithIdentity(KeyOf(partition))
        .StoreDurably()
        .UsingJobData(VisitPartitionJob.Partition, partition.ToString(CultureInfo.InvariantCulture))
        .Build();

    // Turns are spread over the interval; one that was missed is not made up for, since due times are in the tables.
    private ITrigger TriggerOf(int partition) => TriggerBuilder.Create()
        .ForJob(KeyOf(partition))
        .WithIdentity(KeyOf(partition).Name, KeyOf(partition).Group)
        .StartAt(DateTimeOffset.UnixEpoch.AddSeconds(options.Value.TurnEvery.TotalSeconds * partition / options.Value.Partitions))
        .WithSimpleSchedule(schedule => schedule.WithInterval(options.Value.TurnEvery).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
        .Build();
}
