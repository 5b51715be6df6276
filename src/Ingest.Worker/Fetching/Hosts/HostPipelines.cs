using System.Collections.Concurrent;
using System.Threading.Tasks;
using Ingest.Identity.Sites;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Requests;
using Ingest.Worker.Fetching.Signing;
using Ingest.Worker.Fetching.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>One pipeline a host: requests to a host go through its retry, breaker, concurrency and pace; all share the node's places.</summary>
internal sealed class HostPipelines : IDisposable
{
    // A pipeline holds no promise to a publisher (those are the throttle's), so idle ones may go.
    private const int SweepAbove = 4096;
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, HostPipeline> pipelines = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource closing = new();
    private readonly NodePlaces places;
    private readonly HostRecords records;
    private readonly FetchingOptions options;
    private readonly HttpExchange exchange;
    private readonly HostThrottle pace;
    private readonly SharedServers servers;
    private readonly WorkerLease lease;
    private readonly TimeProvider time;
    private readonly ILoggerFactory loggers;
    private int sweepAt = SweepAbove;

    public HostPipelines(
        Network.HttpStack stack, RequestSigner signer, HostThrottle pace, SharedServers servers, WorkerLease lease, HostRecords records,
        IOptions<FetchingOptions> options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        this.pace = pace;
        this.servers = servers;
        this.lease = lease;
        this.records = records;
        this.time = time;
        this.loggers = loggers;
        exchange = new HttpExchange(stack, signer, this.options, time);
        places = new NodePlaces(this.options.Concurrency, time);
    }

    /// <summary>Sends one request through its host's pipeline, with retries; attempts and time are charged to <paramref name="budget"/>.</summary>
    public Task<Exchange> SendAsync(OutgoingRequest request, Uri url, FetchBudget budget, CancellationToken ct)
    {
        var host = WebUrl.HostKey(url);
        if (pipelines.Count >= sweepAt)
            Sweep();
        var pipeline = pipelines.GetOrAdd(
            host,
            h => new HostPipeline(h, Site.HoldOf(url), exchange, pace, servers.TurnsOf(url), lease, places, records, closing.Token, options, time, loggers));
        return pipeline.SendAsync(request, budget, ct);
    }

    /// <summary>Gives up what waits to be asked first; what has something already goes on. Giving up is an <see cref="OperationCanceledException"/>.</summary>
    public void BeginNoMore() => closing.Cancel();

    public bool IsClosing => closing.IsCancellationRequested;

    public void Dispose() => closing.Dispose();

    private void Sweep()
    {
        foreach (var (host, pipeline) in pipelines)
        {
            if (pipeline.IsIdle(IdleAfter))
                pipelines.TryRemove(host, out _);
        }

        sweepAt = Math.Max(SweepAbove, pipelines.Count * 2);
    }
}
