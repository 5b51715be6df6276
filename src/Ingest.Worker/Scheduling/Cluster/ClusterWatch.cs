using System.Threading.Tasks;
using Ingest.Worker.Ingestion.Turns;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Ingest.Worker.Scheduling.Cluster;

/// <summary>Keeps up a clustered worker's claim on its hosts.</summary>
internal sealed class ClusterWatch(ISchedulerFactory schedulers, ClusterLease claim, TimeProvider time, ILogger<ClusterWatch> log) : EndlessService(time, log)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private (string Scheduler, string Instance)? names;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        claim.Begin();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task WorkAsync(CancellationToken ct)
    {
        // Named once: a schedule that was shut down does not answer any more.
        var (name, instance) = names ??= await NamesAsync(ct);
        using var timer = new PeriodicTimer(Every, Time);

        // On until the last visit has ended: the host stops services before it stops the process, and what is drained still asks.
        do await claim.RenewAsync(name, instance, ct);
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task<(string Scheduler, string Instance)> NamesAsync(CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        return (scheduler.SchedulerName, scheduler.SchedulerInstanceId);
    }
}
