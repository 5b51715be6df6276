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

/// <summary>One lane a host: requests to a host go through its retry, breaker, concurrency and pace; all share the node's places.</summary>
internal sealed class HostLanes : IDisposable
{
    // A lane holds no promise to a publisher (those are HostPace's), so idle ones may go.
    private const int SweepAbove = 4096;
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, HostLane> lanes = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource closing = new();
    private readonly NodePlaces places;
    private readonly HostRecords records;
    private readonly FetchingOptions options;
    private readonly HttpExchange exchange;
    private readonly HostPace pace;
    private readonly SharedServers servers;
    private readonly NodeClaim claim;
    private readonly TimeProvider time;
    private readonly ILoggerFactory loggers;
    private int sweepAt = SweepAbove;

    public HostLanes(
        Network.HttpStack stack, RequestSigner signer, HostPace pace, SharedServers servers, NodeClaim claim, HostRecords records,
        IOptions<FetchingOptions> options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        this.pace = pace;
        this.servers = servers;
        this.claim = claim;
        this.records = records;
        this.time = time;
        this.loggers = loggers;
        exchange = new HttpExchange(stack, signer, this.options, time);
        places = new NodePlaces(this.options.Concurrency, time);
    }

    /// <summary>Sends one request through its host's lane, with retries; attempts and time are charged to <paramref name="budget"/>.</summary>
    public Task<Exchange> SendAsync(OutgoingRequest request, Uri url, FetchBudget budget, CancellationToken ct)
    {
        var host = WebUrl.HostKey(url);
        if (lanes.Count >= sweepAt)
            Sweep();
        var lane = lanes.GetOrAdd(
            host, h => new HostLane(h, Site.HoldOf(url), exchange, pace, servers.TurnsOf(url), claim, places, records, closing.Token, options, time, loggers));
        return lane.SendAsync(request, budget, ct);
    }

    /// <summary>Gives up what waits to be asked first; what has something already goes on. Giving up is an <see cref="OperationCanceledException"/>.</summary>
    public void BeginNoMore() => closing.Cancel();

    public bool IsClosing => closing.IsCancellationRequested;

    public void Dispose() => closing.Dispose();

    private void Sweep()
    {
        foreach (var (host, lane) in lanes)
        {
            if (lane.IsIdle(IdleAfter))
                lanes.TryRemove(host, out _);
        }

        sweepAt = Math.Max(SweepAbove, lanes.Count * 2);
    }
}
