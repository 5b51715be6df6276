using System.Data.Common;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Wire;
using Ingest.Worker.Storage.Cluster;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Scheduling.Cluster;

/// <summary>
/// What a clustered worker may take for its own. Its claim on hosts lasts as long as the others, by Quartz's rules, will not write it off: after that, and
/// so whenever the process was held up, no request begins until the schedule was asked which turns were lost, and those have ended.
/// </summary>
internal sealed partial class ClusterLease(
    ClusterStore cluster, RunningTurns turns, WorkerLease claim, IOptions<SchedulingOptions> options, TimeProvider time, ILogger<ClusterLease> log)
{
    /// <summary>Until it is first renewed there is no claim.</summary>
    public void Begin() => claim.Limit();

    /// <summary>Ends the turns that are lost, and renews the claim when the worker has reported in time.</summary>
    /// <param name="scheduler">The schedule's name.</param>
    /// <param name="instance">The worker's name in it.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task RenewAsync(string scheduler, string instance, CancellationToken ct)
    {
        try
        {
            var (asked, now) = (time.GetTimestamp(), time.GetUtcNow());
            var member = await cluster.LoadAsync(scheduler, instance, ct);
            EndLost(member, asked);
            var term = options.Value.CheckInEvery + SchedulingRegistration.CheckInGrace - SchedulingRegistration.ClockError;
            var left = member.LastCheckIn + term - now;
            if (left is null || left <= TimeSpan.Zero) return;

            // A report that stands in the future is from before the clock was put back.
            if (left > term) left = term;

            // Who was never late cannot be written off. Who was may be, even after reporting again, by a worker that had looked before.
            if (!claim.IsHeld)
            {
                await cluster.AwaitWriteOffsAsync(scheduler, ct);
                var settled = time.GetTimestamp();
                EndLost(await cluster.LoadAsync(scheduler, instance, ct), settled);
            }

            claim.Renew(asked, left.Value);
        }
        catch (DbException error)
        {
            LogBlind(log, error.Message);
        }
    }

    private void EndLost(ClusterMember member, long asked)
    {
        var lost = turns.EndAllBut(member.Turns, asked);
        if (lost > 0) LogLost(log, lost);
    }

    [LoggerMessage(702, LogLevel.Warning, "{Count} turns were taken over by other workers while this one was held up; they end here, unsaved")]
    private static partial void LogLost(ILogger logger, int count);

    [LoggerMessage(703, LogLevel.Warning, "The schedule cannot be asked which turns are still this worker's: {Error}")]
    private static partial void LogBlind(ILogger logger, string error);
}
