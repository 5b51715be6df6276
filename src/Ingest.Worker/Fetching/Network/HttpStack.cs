using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Hosts;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching.Network;

/// <summary>The one HTTP handler of the process: pooled connections, no cookies, no redirects, no headers of its own.</summary>
internal sealed class HttpStack : IDisposable
{
    private readonly HttpMessageInvoker invoker;
    private readonly GuardedConnector connector;
    private readonly bool proxied;

    public HttpStack(IOptions<FetchingOptions> options, ResolveHost resolve, ConnectAddress connect, NodeClaim claim, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        var proxy = string.IsNullOrEmpty(settings.Proxy) ? null : new Uri(settings.Proxy);
        proxied = proxy is not null;
        connector = new GuardedConnector(
            resolve, connect, new AddressRules(settings.AllowedNetworks.Select(IPNetwork.Parse)), proxy is null ? null : new DnsEndPoint(proxy.IdnHost, proxy.Port), time);
        invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // Trace headers are for our own services, not for publishers.
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = connector.ConnectAsync,
            ConnectTimeout = settings.ConnectTimeout,
            EnableMultipleHttp2Connections = false,
            MaxConnectionsPerServer = settings.PerHostConcurrency,
            MaxResponseDrainSize = 64 << 10,
            MaxResponseHeadersLength = settings.MaxHeaderKibibytes,
            PlaintextStreamFilter = (connection, _) => new(new ClaimedStream(connection.PlaintextStream, claim)),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            Proxy = proxy is null ? null : ProxyAt(proxy),
            // Validators must come back byte for byte, whatever bytes they hold.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            UseCookies = false,
            UseProxy = proxied,
        });
    }

    public static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct)
    {
        if (IPAddress.TryParse(host, out var literal))
            return [literal];
        try
        {
            // The system's resolver holds a thread until it has an answer, some name servers never give one, and the pool's threads are needed elsewhere.
            return await Task.Factory.StartNew(static host => Dns.GetHostAddresses((string)host!), host, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(ct);
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
    /// <exception cref="HttpRequestException">No answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (proxied)
            await connector.CheckProxiedAsync(request.RequestUri!.IdnHost, ct);
        return await invoker.SendAsync(request, ct);
    }

    public void Dispose() => invoker.Dispose();

    private static WebProxy ProxyAt(Uri proxy)
    {
        var parts = proxy.UserInfo.Split(':', 2);
        return new WebProxy(proxy.GetLeftPart(UriPartial.Scheme) + proxy.Authority)
        {
            Credentials = proxy.UserInfo.Length == 0 ? null : new NetworkCredential(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "")),
        };
    }
}
