using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Ingestion.Turns;

/// <summary>A service in the background that no error ends, neither itself nor the worker: it is logged, and the work begins again after a while.</summary>
internal abstract partial class EndlessService(TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan After = TimeSpan.FromSeconds(5);

    protected TimeProvider Time => time;

    /// <summary>Works until it is cancelled; what it throws else is logged, and it is begun again.</summary>
    protected abstract Task WorkAsync(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the start of the host, which waits for the first step of each service.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WorkAsync(stoppingToken);
                return;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, error, GetType().Name, After);
                await Task.Delay(After, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // It was told to stop; what it was working with may be gone.
                return;
            }
        }
    }

    [LoggerMessage(613, LogLevel.Error, "{Service} failed unexpectedly; it restarts in {After}")]
    private static partial void LogFailed(ILogger logger, Exception error, string service, TimeSpan after);
}
