using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Network;

/// <summary>Resolves a host name or a literal to addresses; fails with <see cref="SocketException"/>.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken ct);

/// <summary>Connects to one address and port.</summary>
internal delegate Task<Stream> ConnectAddress(IPEndPoint endPoint, CancellationToken ct);

/// <summary>No address of the host may be connected to.</summary>
internal sealed class AddressRefusedException(string host, IPAddress? address = null) : IOException(Describe(host, address))
{
    private static string Describe(string host, IPAddress? address)
    {
        if (address is null)
            return $"{host} is the name of no public host";
        var literal = address.ToString();
        return host.Trim('[', ']') == literal ? $"{literal} is not a public address" : $"{host} leads to {literal}, which is not a public address";
    }
}

/// <summary>
/// Opens connections for the HTTP handler. Resolves, checks and connects in one place, so that the address that was checked is the one
/// connected to whatever the name says next (DNS rebinding).
/// </summary>
internal sealed class GuardedConnector(ResolveHost resolve, ConnectAddress connect, AddressRules rules, ProxyServer? proxy, TimeProvider time)
{
    // RFC 8305, section 5: the recommended delay before the next address is tried beside the first.
    private static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);
    private const int MaxAddresses = 8;

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        var target = context.DnsEndPoint;
        return proxy?.Is(target) == true
            ? await proxy.ConnectAsync(() => RaceAsync(target, static _ => true, ct), ct)
            : await RaceAsync(target, rules.Allows, ct);
    }

    /// <summary>
    /// Checks a target that a proxy will connect to. A name that does not resolve here passes unless it is a private one: the proxy may know it.
    /// </summary>
    /// <exception cref="AddressRefusedException">One of its addresses is not allowed, or it can have none that is.</exception>
    public async Task CheckProxiedAsync(string host, CancellationToken ct)
    {
        IPAddress[] addresses;
        try
        {
            // What the proxy makes of odd spellings is its own affair: they are read as the loosest resolver would.
            addresses = PrivateNames.IsAddress(host, out var literal) ? [literal ?? throw new AddressRefusedException(host)] : await resolve(host, ct);
        }
        catch (SocketException)
        {
            if (PrivateNames.Has(host))
                throw new AddressRefusedException(host);
            return;
        }

        // The proxy picks among them, so each must pass.
        foreach (var address in addresses)
        {
            if (!rules.Allows(address))
                throw new AddressRefusedException(host, address);
        }
    }

    private async Task<Stream> RaceAsync(DnsEndPoint target, Func<IPAddress, bool> allows, CancellationToken ct)
    {
        var addresses = await resolve(target.Host, ct);
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        IPAddress[] permitted = [.. addresses.Where(allows)];
        if (permitted.Length == 0)
            throw new AddressRefusedException(target.Host, addresses[0]);
        return await RaceAsync([.. Interleave(permitted).Select(a => new IPEndPoint(a, target.Port))], ct);
    }

    private static List<IPAddress> Interleave(IPAddress[] addresses)
    {
        var families = addresses.GroupBy(a => a.AddressFamily).Select(g => g.ToArray()).ToArray();
        return [.. Enumerable.Range(0, addresses.Length).SelectMany(i => families.Where(f => i < f.Length).Select(f => f[i])).Take(MaxAddresses)];
    }

    /// <summary>RFC 8305: each address gets a head start over the next; the first connection wins.</summary>
    private async Task<Stream> RaceAsync(IReadOnlyList<IPEndPoint> endPoints, CancellationToken ct)
    {
        if (endPoints.Count == 1)
            return await connect(endPoints[0], ct);
        using var losers = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = new List<Task<Stream>>();
        Exception? failure = null;
        for (var next = 0; ;)
        {
            if (next < endPoints.Count)
                running.Add(connect(endPoints[next++], losers.Token));
            else if (running.Count == 0)
                throw failure!;
            var headStart = next < endPoints.Count ? Task.Delay(AttemptDelay, time, losers.Token) : Task.Delay(Timeout.Infinite, losers.Token);
            var ended = await Task.WhenAny([.. running, headStart]);
            if (ended is not Task<Stream> connection)
            {
                ct.ThrowIfCancellationRequested();
                continue;
            }

            running.Remove(connection);
            if (connection.IsCompletedSuccessfully)
            {
                await losers.CancelAsync();
                running.ForEach(DisposeWhenDone);
                return await connection;
            }

            ct.ThrowIfCancellationRequested();
            failure = connection.Exception?.InnerException ?? new SocketException((int)SocketError.TimedOut);
        }
    }

    private static void DisposeWhenDone(Task<Stream> loser) =>
        _ = loser.ContinueWith(
            static t =>
            {
                if (t.IsCompletedSuccessfully)
                    t.Result.Dispose();
                else
                    _ = t.Exception;
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
