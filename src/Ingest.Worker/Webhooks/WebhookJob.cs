using System.Threading.Tasks;
using Ingest.Worker.Scheduling.Cluster;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Ingest.Worker.Webhooks;

/// <summary>Tells webhooks, once in a cluster, what has happened. What the settings say of them is read at each run.</summary>
[DisallowConcurrentExecution]
internal sealed partial class WebhookJob(WebhookDelivery delivery, WriteGate gate, StopSignal stop, ILogger<WebhookJob> log) : IJob
{
    public static readonly JobKey Key = new("webhooks", "housekeeping");

    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct = default)
    {
        if (gate.Refused is not null) return;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop.Stopping, ct);
        try
        {
            await delivery.RunAsync(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What the receiver has taken and the database does not know is delivered again.
        }
        catch (System.Data.Common.DbException error)
        {
            LogUnknown(log, error.Message);
        }
    }

    [LoggerMessage(1053, LogLevel.Error, "What webhooks are to be told cannot be had now; the next run tries again: {Error}")]
    private static partial void LogUnknown(ILogger logger, string error);
}
