using System.Threading.Tasks;
using Ingest.Worker.Scheduling.Cluster;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Search;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace Ingest.Worker.Scheduling.Jobs;

/// <summary>Keeps the full-text index up to date, once in a cluster.</summary>
[DisallowConcurrentExecution]
internal sealed partial class SearchIndexJob(
    SearchIndex index, WriteGate gate, IOptions<SearchOptions> options, StopSignal stop, ILogger<SearchIndexJob> log) : IJob
{
    public static readonly JobKey Key = new("search-index", "housekeeping");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
    {
        if (gate.Refused is not null) return;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop.Stopping, ct);
        try
        {
            var taken = await index.CatchUpAsync(options.Value.Scope, stopping.Token);
            if (taken > 0) LogIndexed(log, taken);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next round goes on from the last batch.
        }
        catch (System.Data.Common.DbException error)
        {
            LogFailed(log, error.Message);
        }
    }

    [LoggerMessage(711, LogLevel.Debug, "Search index: {Changes} changes taken in")]
    private static partial void LogIndexed(ILogger logger, long changes);

    [LoggerMessage(712, LogLevel.Error, "The search index cannot be brought up to date; the next round tries again: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
