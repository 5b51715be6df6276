using Quartz;

namespace Ingest.Worker.Scheduling.Jobs;

/// <summary>A job and when it runs. Rooms register theirs as services; <see cref="StoredSchedule"/> puts them into the schedule.</summary>
internal sealed record PlannedJob(IJobDetail Job, ITrigger Trigger)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    // Quartz writes into a trigger that it was given, such as when it starts: by a clock that may be wrong.
    private readonly Func<DateTimeOffset, ITrigger> trigger = _ => Trigger;

    private PlannedJob(IJobDetail job, Func<DateTimeOffset, ITrigger> trigger)
        : this(job, trigger(DateTimeOffset.UnixEpoch)) => this.trigger = trigger;

    /// <summary>A job that runs at an interval. A run that was missed is not made up for.</summary>
    /// <param name="key">Its name and group.</param>
    /// <param name="interval">From one run to the next.</param>
    /// <param name="offset">How far into the interval it runs.</param>
    /// <param name="data">What else it is told: a key and a text, because a clustered store keeps job data as text.</param>
    public static PlannedJob Every<TJob>(JobKey key, TimeSpan interval, TimeSpan offset = default, (string Key, string Value)? data = null)
        where TJob : IJob =>
        new(Of<TJob>(key, data), from => TriggerBuilder.Create()
            .ForJob(key)
            .WithIdentity(key.Name, key.Group)
            .StartAt(from + Left(from, interval, offset))
            .WithSimpleSchedule(
                schedule => schedule.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
            .Build());

    /// <summary>A job that runs by a Quartz cron expression in UTC. A run that was missed is not made up for.</summary>
    public static PlannedJob Cron<TJob>(JobKey key, string cron)
        where TJob : IJob =>
        new(Of<TJob>(key, null), from =>
        {
            var builder = TriggerBuilder.Create()
                .ForJob(key)
                .WithIdentity(key.Name, key.Group)
                .WithCronSchedule(
                    cron, static schedule => schedule.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing));
            return (from == DateTimeOffset.UnixEpoch ? builder : builder.StartAt(from)).Build();
        });

    /// <summary>The trigger, from a time on.</summary>
    public ITrigger From(DateTimeOffset now) => trigger(now);

    /// <summary>The latest that its next run may be, seen from now: what stands beyond was planned by a clock that was ahead.</summary>
    public DateTimeOffset Latest(DateTimeOffset now) =>
        Trigger is ISimpleTrigger simple ? now + simple.RepeatInterval + Tolerance
        : From(now).GetFireTimeAfter(now) is { } next ? next + Tolerance
        : DateTimeOffset.MaxValue;

    // Until the next time on the grid of intervals.
    private static TimeSpan Left(DateTimeOffset from, TimeSpan interval, TimeSpan offset)
    {
        var left = (DateTimeOffset.UnixEpoch + offset - from).Ticks % interval.Ticks;
        return TimeSpan.FromTicks(left < 0 ? left + interval.Ticks : left);
    }

    private static IJobDetail Of<TJob>(JobKey key, (string Key, string Value)? data)
        where TJob : IJob
    {
        var job = JobBuilder.Create<TJob>().WithIdentity(key).StoreDurably();
        if (data is { } told) job.UsingJobData(told.Key, told.Value);
        return job.Build();
    }
}
