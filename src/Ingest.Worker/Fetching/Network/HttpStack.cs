using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Wire;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching.Network;

/// <summary>The one HTTP handler of the process: pooled connections, no cookies, no redirects, no headers of its own.</summary>
internal sealed class HttpStack : IDisposable
{
    private readonly HttpMessageInvoker invoker;
    private readonly GuardedConnector connector;
    private readonly ProxyServer? proxy;

    public HttpStack(
        IOptions<FetchingOptions> options, ResolveHost resolve, ConnectAddress connect, CertificateTrust trust, WorkerLease lease, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        proxy = string.IsNullOrEmpty(settings.Proxy) ? null : new ProxyServer(new Uri(settings.Proxy), trust);
        connector = new GuardedConnector(resolve, connect, new AddressRules(settings.AllowedNetworks.Select(IPNetwork.Parse)), proxy, time);
        invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // Trace headers are for our own services, not for publishers.
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = connector.ConnectAsync,
            ConnectTimeout = settings.ConnectTimeout,
            EnableMultipleHttp2Connections = false,

            // Behind a proxy all http hosts are one server to the handler: who is slow would keep the others waiting. The hosts' pipelines keep the limit.
            MaxConnectionsPerServer = proxy is null ? settings.PerHostConcurrency : int.MaxValue,
            MaxResponseDrainSize = 64 << 10,
            MaxResponseHeadersLength = settings.MaxHeaderKibibytes,
            PlaintextStreamFilter = (connection, _) => new(new LeaseGuardedStream(new AnswerStream(connection.PlaintextStream), lease)),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            Proxy = proxy?.ToWebProxy(),
            RequestHeaderEncodingSelector = SentOnce.EncodingOf,
            ResponseHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
            SslOptions = trust.ToOptions(),
            UseCookies = false,
            UseProxy = proxy is not null,
        });
    }

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
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (proxy is null)
            return await invoker.SendAsync(request, ct);
        var url = request.RequestUri!;
        await connector.CheckProxiedAsync(url.IdnHost, ct);
        try
        {
            var response = await invoker.SendAsync(request, ct);
            // Only in clear does the proxy itself speak in an answer's place.
            return response.StatusCode != HttpStatusCode.ProxyAuthenticationRequired || WebUrl.IsSecure(url) ? response : throw Unauthorized(response);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ProxyTunnelError)
        {
            throw new ProxyException($"The proxy {proxy.Name} makes no connection: {e.GetBaseException().Message}", e);
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException && !ct.IsCancellationRequested)
        {
            throw new ProxyException($"The proxy {proxy.Name} made no connection in time.", e);
        }
    }

    public void Dispose() => invoker.Dispose();

    private ProxyException Unauthorized(HttpResponseMessage response)
    {
        response.Dispose();
        return new ProxyException($"The proxy {proxy!.Name} wants a user and password other than those of Ingest:Fetching:Proxy (407).");
    }
}
