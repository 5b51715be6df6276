using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Wire;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching.Network;

/// <summary>The HTTP handlers of the process: one, and one more for each route of its own that a source asks for.</summary>
internal sealed class HttpStack(
    IOptions<FetchingOptions> options, ResolveHost resolve, ConnectAddress connect, CertificateTrust trust, WorkerLease lease, TimeProvider time) : IDisposable
{
    // Connections are never shared between routes: what one source trusts, no other has to.
    private readonly ConcurrentDictionary<HttpRoute, Lazy<HttpConnections>> routes = new();

    public static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct)
    {
        if (IPAddress.TryParse(host, out var literal))
            return [literal];
        try
        {
            // The system's resolver holds a thread until it has an answer, some name servers never give one, and the pool's threads are needed elsewhere.
            return await Task.Factory
                .StartNew(
                    static host => Dns.GetHostAddresses((string)host!), host, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .WaitAsync(ct);
        }
        catch (ArgumentException)
        {
            // Too long to be a name.
            throw new SocketException((int)SocketError.HostNotFound);
        }
    }

    public static async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (Descriptors.IsReserved(socket.Handle))
                throw new SocketException((int)SocketError.TooManyOpenSockets);
            await socket.ConnectAsync(endPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends one request; the response's body is not read yet.</summary>
    /// <exception cref="AddressRefusedException">A proxy would have been asked for a private address; without one it is the inner exception.</exception>
    /// <exception cref="ProxyException">The proxy failed; where the handler noticed, it is the inner exception.</exception>
    /// <exception cref="HttpRequestException">No answer.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpRoute route, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        return routes.GetOrAdd(
            route, static (route, stack) => new Lazy<HttpConnections>(() => stack.Open(route)), this).Value.SendAsync(request, ct);
    }

    public void Dispose()
    {
        foreach (var connections in routes.Values.Where(static one => one.IsValueCreated)) connections.Value.Dispose();
    }

    private HttpConnections Open(HttpRoute route) => new(route, options.Value, resolve, connect, trust, lease, time);
}
