using System.Data.Common;
using System.Threading.Tasks;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace Ingest.Worker.Scheduling;

/// <summary>
/// Keeps a clustered worker to what is its own. Its claim on hosts lasts as long as the others, by Quartz's rules, will not write it off: after that, and
/// so whenever the process was held up, no request begins until the schedule was asked which turns were lost, and those have ended.
/// </summary>
internal sealed partial class ClusterWatch(
    ISchedulerFactory schedulers, ClusterStore cluster, RunningTurns turns, NodeTerm term, StopSignal stop, IOptions<SchedulingOptions> options, TimeProvider time, ILogger<ClusterWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        term.Begin();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Named once: a schedule that was shut down does not answer any more.
            var scheduler = await schedulers.GetScheduler(stoppingToken);
            var (name, instance) = (scheduler.SchedulerName, scheduler.SchedulerInstanceId);
            using var timer = new PeriodicTimer(Every, time);

            // On until the last visit has ended: the host stops services before it stops the process, and what is drained still asks.
            do await LookAsync(name, instance, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (SchedulerException) when (stop.Stopping.IsCancellationRequested)
        {
            // Stopped while it was starting.
        }
    }

    private async Task LookAsync(string scheduler, string instance, CancellationToken ct)
    {
        try
        {
            var (asked, now) = (time.GetTimestamp(), time.GetUtcNow());
            var member = await cluster.LoadAsync(scheduler, instance, ct);
            var lost = turns.EndAllBut(member.Turns, asked);
            if (lost > 0) LogLost(log, lost);
            var left = member.LastCheckIn + options.Value.CheckInEvery + SchedulingRegistration.CheckInGrace - SchedulingRegistration.ClockError - now;
            if (left > TimeSpan.Zero) term.Renew(asked, left.Value);
        }
        catch (DbException error)
        {
            LogBlind(log, error.Message);
        }
    }

    [LoggerMessage(702, LogLevel.Warning, "{Count} turns were taken over by other workers while this one was held up; they end here, unsaved")]
    private static partial void LogLost(ILogger logger, int count);

    [LoggerMessage(703, LogLevel.Warning, "The schedule cannot be asked what is still this worker's: {Error}")]
    private static partial void LogBlind(ILogger logger, string error);
}
