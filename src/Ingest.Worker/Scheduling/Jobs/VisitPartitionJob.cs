using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Scheduling.Cluster;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Cluster;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace Ingest.Worker.Scheduling.Jobs;

/// <summary>A partition's turn: the due sources and due pages of its hosts, bounded in number and time.</summary>
[DisallowConcurrentExecution]
internal sealed partial class VisitPartitionJob(
    PartitionTurn turn, RunningTurns running, ClusterStore cluster, TurnPulse pulse, IOptions<SchedulingOptions> options, StopSignal stop,
    ILogger<VisitPartitionJob> log) : IJob
{
    /// <summary>Key of the job data: which partition.</summary>
    public const string Partition = "partition";

    /// <summary>The group of the jobs of one number of partitions.</summary>
    public static string Group(SchedulingOptions options) => string.Create(CultureInfo.InvariantCulture, $"visits of {options.Partitions}");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
    {
        var settings = options.Value;
        pulse.Beat();

        // Left in a clustered store by another number of partitions: the jobs of this number do its work.
        if (context.JobDetail.Key.Group != Group(settings)) return;
        var partition = int.Parse(context.MergedJobDataMap.GetString(Partition)!, CultureInfo.InvariantCulture);
        using var lost = new CancellationTokenSource();
        using var entry = running.TryAdd(context.FireInstanceId, partition, lost);
        if (entry is null) return;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop.Drained, lost.Token, ct);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop.Stopping, ended.Token);
        try
        {
            var key = context.JobDetail.Key;
            if (settings.Clustered && !await cluster.IsAloneAsync(context.Scheduler.SchedulerName, key.Name, key.Group, context.FireInstanceId, ct)) return;
            await turn.TakeAsync(HostSlot.OfPartition(partition, settings.Partitions), stopping.Token, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // What was under way is not saved: its rows are still due.
        }
        catch (System.Data.Common.DbException error)
        {
            LogNoTurn(log, partition, error.Message);
        }
    }

    [LoggerMessage(701, LogLevel.Error, "Partition {Partition} cannot work, the database does not answer: {Error}")]
    private static partial void LogNoTurn(ILogger logger, int partition, string error);
}
