using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Ingest.Worker.Scheduling;

/// <summary>Keeps up a clustered worker's claim on its hosts.</summary>
internal sealed class ClusterWatch(ISchedulerFactory schedulers, ClusterClaim claim, StopSignal stop, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        claim.Begin();
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
            do await claim.RenewAsync(name, instance, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (SchedulerException) when (stop.Stopping.IsCancellationRequested)
        {
            // Stopped while it was starting.
        }
    }
}
