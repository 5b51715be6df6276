using System.Globalization;
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
    SourceStore sources, PageQueue pages, VisitRounds rounds, DueTimeCare care, IOptions<SchedulingOptions> options, StopSignal stop, TimeProvider time, ILogger<VisitPartitionJob> log) : IJob
{
    /// <summary>Key of the job data: which partition.</summary>
    public const string Partition = "partition";

    /// <summary>The group of the jobs of one number of partitions.</summary>
    public static string Group(SchedulingOptions options) => string.Create(CultureInfo.InvariantCulture, $"visits of {options.Partitions}");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
    {
        var settings = options.Value;

        // Left in a clustered store by another number of partitions: the jobs of this number do its work.
        if (context.JobDetail.Key.Group != Group(settings)) return;
        var partition = int.Parse(context.MergedJobDataMap.GetString(Partition)!, CultureInfo.InvariantCulture);
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
        await care.PullBackAsync(slots, ct);
        var now = time.GetUtcNow();
        var dueSources = await sources.LoadDueAsync(slots, now, settings.MaxPerTurn, ct);
        if (await care.SpreadAsync(slots, settings.Partitions, dueSources, ct)) dueSources = await sources.LoadDueAsync(slots, now, settings.MaxPerTurn, ct);
        var duePages = await pages.LoadDueAsync(slots, now, settings.MaxPerTurn, ct);
        await Task.WhenAll(
            rounds.VisitAsync(dueSources, settings.Concurrency, stopping, ct),
            rounds.VisitPagesAsync(duePages, settings.Concurrency, stopping, ct));
    }

    [LoggerMessage(701, LogLevel.Error, "Partition {Partition} cannot work, the database does not answer: {Error}")]
    private static partial void LogNoTurn(ILogger logger, int partition, string error);
}
