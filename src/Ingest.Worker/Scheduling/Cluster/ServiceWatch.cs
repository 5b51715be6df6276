using System.Data.Common;
using System.Threading.Tasks;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Storage.Cluster;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Scheduling.Cluster;

/// <summary>
/// Keeps the service's lock: its session ends when the database is restarted, and is then opened again. Should another service have come in between, this one,
/// which was the first, has to go: two that know nothing of each other would ask every publisher twice.
/// </summary>
internal sealed partial class ServiceWatch(
    ServiceLock held, IOptions<SchedulingOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ServiceWatch> log)
    : EndlessService(time, log)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Whether the service ends because another one works with its database.</summary>
    public bool IsLost { get; private set; }

    protected override async Task WorkAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Every, Time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                if (await held.TakeAsync(options.Value.Clustered, ct) is not ServiceHold.Refused refused || held.IsOwn(refused)) continue;
                IsLost = true;
                LogLost(log, refused.By);
                lifetime.StopApplication();
                return;
            }
            catch (DbException error)
            {
                LogUnknown(log, error.Message);
            }
        }
    }

    [LoggerMessage(713, LogLevel.Critical, "Another service, {Other}, works with this database now; this one ends")]
    private static partial void LogLost(ILogger logger, string other);

    [LoggerMessage(714, LogLevel.Warning, "The service's lock cannot be renewed, and will be tried again: {Error}")]
    private static partial void LogUnknown(ILogger logger, string error);
}
