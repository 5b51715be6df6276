using Ingest.Worker.Ingestion;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Scheduling.Cluster;

/// <summary>How work ends when the worker stops: first nothing new begins, and after the drain timeout what is still under way is cancelled.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource drained;
    private readonly CancellationTokenRegistration registration;

    public StopSignal(IHostApplicationLifetime lifetime, VisitRounds rounds, IOptions<SchedulingOptions> options, TimeProvider time)
    {
        Stopping = lifetime.ApplicationStopping;
        drained = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        registration = Stopping.Register(() =>
        {
            drained.CancelAfter(options.Value.DrainTimeout);
            rounds.BeginNoMore();
        });
    }

    /// <summary>No further visit begins.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Visits under way end.</summary>
    public CancellationToken Drained => drained.Token;

    public void Dispose()
    {
        registration.Dispose();
        drained.Dispose();
    }
}
