using Quartz;

namespace Ingest.Worker.Scheduling;

/// <summary>A job and when it runs. Rooms register theirs as services; <see cref="StoredSchedule"/> puts them into the schedule.</summary>
internal sealed record PlannedJob(IJobDetail Job, ITrigger Trigger)
{
    /// <summary>A job that runs at an interval. A run that was missed is not made up for.</summary>
    /// <param name="key">Its name and group.</param>
    /// <param name="interval">From one run to the next.</param>
    /// <param name="offset">How far into the interval it runs.</param>
    /// <param name="data">What else it is told: a key and a text, because a clustered store keeps job data as text.</param>
    public static PlannedJob Every<TJob>(JobKey key, TimeSpan interval, TimeSpan offset = default, (string Key, string Value)? data = null)
        where TJob : IJob =>
        Of<TJob>(key, data, TriggerBuilder.Create()
            .ForJob(key)
            .WithIdentity(key.Name, key.Group)
            .StartAt(DateTimeOffset.UnixEpoch + offset)
            .WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
            .Build());

    /// <summary>A job that runs by a Quartz cron expression in UTC. A run that was missed is not made up for.</summary>
    public static PlannedJob Cron<TJob>(JobKey key, string cron)
        where TJob : IJob =>
        Of<TJob>(key, null, TriggerBuilder.Create()
            .ForJob(key)
            .WithIdentity(key.Name, key.Group)
            .WithCronSchedule(cron, static schedule => schedule.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing))
            .Build());

    private static PlannedJob Of<TJob>(JobKey key, (string Key, string Value)? data, ITrigger trigger)
        where TJob : IJob
    {
        var job = JobBuilder.Create<TJob>().WithIdentity(key).StoreDurably();
        if (data is { } told) job.UsingJobData(told.Key, told.Value);
        return new PlannedJob(job.Build(), trigger);
    }
}
