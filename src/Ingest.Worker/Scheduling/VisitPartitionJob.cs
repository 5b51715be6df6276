using System.Threading.Tasks;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace Ingest.Worker.Scheduling;

/// <summary>A partition's turn: the due sources and due pages of its hosts, bounded in number and time.</summary>
[DisallowConcurrentExecution]
internal sealed partial class VisitPartitionJob(
    SourceStore sources, PageQueue pages, VisitRounds rounds, IOptions<SchedulingOptions> options, StopSignal stop, TimeProvider time, ILogger<VisitPartitionJob> log) : IJob
{
    /// <summary>Key of the job data: which partition.</summary>
    public const string Partition = "partition";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
    {
        var settings = options.Value;
        var partition = context.MergedJobDataMap.GetInt(Partition);
        var slots = HostSlot.OfPartition(partition, settings.Partitions);
        using var turn = new CancellationTokenSource(settings.TurnLength, time);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(turn.Token, stop.Stopping);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop.Drained, ct);
        try
        {
            await TakeTurnAsync(slots, settings, stopping.Token, ended.Token);
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

    private async Task TakeTurnAsync(short[] slots, SchedulingOptions settings, CancellationToken stopping, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var dueSources = await sources.LoadDueAsync(slots, now, settings.MaxPerTurn, ct);
        var duePages = await pages.LoadDueAsync(slots, now, settings.MaxPerTurn, ct);
        await Task.WhenAll(
            rounds.VisitAsync(dueSources, settings.Concurrency, stopping, ct),
            rounds.VisitPagesAsync(duePages, settings.Concurrency, stopping, ct));
    }

    [LoggerMessage(701, LogLevel.Error, "Partition {Partition} cannot work, the database does not answer: {Error}")]
    private static partial void LogNoTurn(ILogger logger, int partition, string error);
}
