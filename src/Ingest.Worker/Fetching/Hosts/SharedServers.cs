using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Ingest.Identity.Sites;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Network;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>
/// Paces requests to hosts of one platform that share an address: hundreds of its names may be one machine, which the pace of each host does not spare. Servers
/// with addresses of their own are paced by themselves, and a name that is the only one of its platform is not even looked up.
/// </summary>
internal sealed class SharedServers(ResolveHost resolve, IOptions<FetchingOptions> options, TimeProvider time)
{
    private const int SweepAbove = 16_384;
    private const int MostHosts = 50_000;
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(10);

    // By platform: its only host so far, or null once there were two.
    private readonly ConcurrentDictionary<string, string?> platforms = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, (IPAddress Address, TimeSpan Until)> addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<(string Platform, IPAddress Address), Turn> turns = new();
    private readonly FetchingOptions options = options.Value;
    private readonly long origin = time.GetTimestamp();
    private int sweepAt = SweepAbove;

    // By a clock that does not jump.
    private TimeSpan Now => time.GetElapsedTime(origin);

    // What a proxy makes of a name is its own affair.
    private bool IsOff => options.SharedServerDelay == TimeSpan.Zero || !string.IsNullOrEmpty(options.Proxy);

    /// <summary>How requests to a host wait for the turn of its server; null where it shares none.</summary>
    public Func<CancellationToken, Task<Exchange.Fault?>>? TurnsOf(Uri url) =>
        IsOff || Site.PlatformOf(url) is not { } platform ? null : ct => AwaitTurnAsync(url.IdnHost, platform, ct);

    private async Task<Exchange.Fault?> AwaitTurnAsync(string host, string platform, CancellationToken ct)
    {
        if (!IsShared(host, platform) || await AddressAsync(host, ct) is not { } address)
            return null;
        if (turns.Count >= sweepAt)
            Sweep();
        var turn = turns.GetOrAdd((platform, address), static (_, delay) => new Turn { Delay = delay }, options.SharedServerDelay);
        var now = Now;
        if (!turn.Take(now, TimeSpan.Zero, options.MaxHostWait, out var start))
        {
            var at = time.GetUtcNow() + (start - now);
            return new(
                FailureKind.Transient,
                FailureCause.HostWaits,
                string.Create(CultureInfo.InvariantCulture, $"Other hosts of {platform} at {address} are asked before, until {at:u}."))
            {
                NotBefore = at,
            };
        }

        if (start > now)
            await Task.Delay(start - now, time, ct);
        return null;
    }

    private bool IsShared(string host, string platform)
    {
        if (platforms.Count >= MostHosts)
            platforms.Clear();
        var only = platforms.GetOrAdd(platform, host);
        if (only is null || only.Equals(host, StringComparison.OrdinalIgnoreCase))
            return only is null;
        platforms[platform] = null;
        return true;
    }

    /// <summary>Of several addresses the lowest, in whatever order they are told; null where the name leads nowhere, which the request will find out.</summary>
    private async Task<IPAddress?> AddressAsync(string host, CancellationToken ct)
    {
        var now = Now;
        if (addresses.TryGetValue(host, out var known) && known.Until > now)
            return known.Address;
        using var limit = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            var found = (await resolve(host, either.Token)).MinBy(
                static address => Convert.ToHexString(address.MapToIPv6().GetAddressBytes()), StringComparer.Ordinal);
            if (found is null)
                return null;
            if (addresses.Count >= MostHosts)
                addresses.Clear();
            addresses[host] = (found, now + KnownFor);
            return found;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    private void Sweep()
    {
        var now = Now;
        foreach (var (server, turn) in turns)
        {
            if (turn.IsForgettable(now, options.SharedServerDelay))
                turns.TryRemove(server, out _);
        }

        sweepAt = Math.Max(SweepAbove, turns.Count * 2);
    }
}
