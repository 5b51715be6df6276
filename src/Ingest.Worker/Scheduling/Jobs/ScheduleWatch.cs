using System.Threading.Tasks;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Storage.Cluster;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace Ingest.Worker.Scheduling.Jobs;

/// <summary>
/// Pulls the schedule back to the present. Triggers fire by the clock of the wall, so one that was ahead leaves them in the future when it is put right, and in
/// a cluster so does a worker that is gone. What another worker, whose clock is ahead now, still serves is left alone: only what stands still is stuck.
/// </summary>
internal sealed partial class ScheduleWatch(
    ISchedulerFactory schedulers, IEnumerable<PlannedJob> planned, ClusterStore cluster, IOptions<SchedulingOptions> options, TurnPulse pulse,
    TimeProvider time, ILogger<ScheduleWatch> log)
    : EndlessService(time, log)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // Longer than a worker that lives takes from one report to the next, and more than any turn that is served stands still.
    private static readonly TimeSpan LookEvery = SchedulingRegistration.CheckInGrace * 2;

    // Clocks that are kept right are moved by less at a time.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    // What the clock was moved over would otherwise wait for Quartz to look after it, which it does once a minute.
    private static readonly TimeSpan Missed = TimeSpan.FromSeconds(10);

    private readonly List<PlannedJob> jobs = [.. planned];
    private Dictionary<TriggerKey, DateTimeOffset> ahead = [];
    private Dictionary<TriggerKey, DateTimeOffset> seen = [];
    private IReadOnlyList<MemberAhead> members = [];

    protected override async Task WorkAsync(CancellationToken ct)
    {
        pulse.Expect(options.Value.TurnEvery);
        var scheduler = await schedulers.GetScheduler(ct);
        using var timer = new PeriodicTimer(Every, Time);
        var clock = new ClockWatch(Time);
        long? looked = null;
        while (await timer.WaitForNextTickAsync(ct))
        {
            var step = clock.Step();
            var wasMoved = step.Duration() > Step;
            if (wasMoved) LogStep(log, step);
            if (!wasMoved && looked is { } last && Time.GetElapsedTime(last) < LookEvery) continue;
            await LookAsync(scheduler, wasMoved, ct);
            looked = Time.GetTimestamp();
        }
    }

    private async Task LookAsync(IScheduler scheduler, bool wasMoved, CancellationToken ct)
    {
        var next = await NextTimesAsync(scheduler, ct);
        if (next.Any(time => seen.TryGetValue(time.Key, out var before) && before != time.Value)) pulse.Beat();
        seen = next;
        var now = Time.GetUtcNow();
        var late = jobs.Where(job => next.TryGetValue(job.Trigger.Key, out var at) && at > job.Latest(now)).ToList();
        var stuck = wasMoved
            ? jobs.Where(job => next.TryGetValue(job.Trigger.Key, out var at) && (at > job.Latest(now) || at < now - Missed)).ToList()
            : late.Where(job => ahead.TryGetValue(job.Trigger.Key, out var before) && before == next[job.Trigger.Key]).ToList();
        foreach (var job in stuck) await scheduler.RescheduleJob(job.Trigger.Key, job.From(now), ct);
        if (stuck.Count > 0) LogPulledBack(log, stuck.Count);
        ahead = late.Except(stuck).ToDictionary(static job => job.Trigger.Key, job => next[job.Trigger.Key]);
        if (options.Value.Clustered) await ForgetDeadAsync(scheduler, now, ct);
    }

    // Who died while its clock was ahead seems to live until that time has come, and keeps its partitions.
    private async Task ForgetDeadAsync(IScheduler scheduler, DateTimeOffset now, CancellationToken ct)
    {
        var ahead = await cluster.LoadAheadAsync(scheduler.SchedulerName, now + SchedulingRegistration.ClockError, ct);
        foreach (var dead in ahead.Intersect(members))
            if (await cluster.ForgetAsync(scheduler.SchedulerName, dead, ct)) LogForgotten(log, dead.Instance);
        members = ahead;
    }

    private async Task<Dictionary<TriggerKey, DateTimeOffset>> NextTimesAsync(IScheduler scheduler, CancellationToken ct)
    {
        if (options.Value.Clustered)
            return (await cluster.LoadNextTimesAsync(scheduler.SchedulerName, ct)).ToDictionary(
                static trigger => new TriggerKey(trigger.Name, trigger.Group), static trigger => trigger.At);
        var next = new Dictionary<TriggerKey, DateTimeOffset>();
        foreach (var job in jobs)
            if ((await scheduler.GetTrigger(job.Trigger.Key, ct))?.NextFireTimeUtc is { } at) next[job.Trigger.Key] = at;
        return next;
    }

    [LoggerMessage(706, LogLevel.Warning, "The clock was moved by {Step}")]
    private static partial void LogStep(ILogger logger, TimeSpan step);

    [LoggerMessage(707, LogLevel.Warning, "{Count} jobs were scheduled by a clock that was wrong; they continue from now")]
    private static partial void LogPulledBack(ILogger logger, int count);

    [LoggerMessage(708, LogLevel.Warning, "The worker {Instance} is gone, and its last report stands in the future; its work is given to others")]
    private static partial void LogForgotten(ILogger logger, string instance);
}
