using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Wire;

namespace Ingest.Worker.Fetching.Network;

/// <summary>The HTTP handler of one route: pooled connections, no cookies, no redirects, no headers of its own.</summary>
internal sealed class HttpConnections : IDisposable
{
    private readonly HttpMessageInvoker invoker;
    private readonly GuardedConnector connector;
    private readonly ProxyServer? proxy;
    private readonly string proxySetting;

    public HttpConnections(
        HttpRoute route, FetchingOptions settings, ResolveHost resolve, ConnectAddress connect, CertificateTrust trust, WorkerLease lease, TimeProvider time)
    {
        var url = route.Proxy ?? settings.Proxy;
        proxySetting = route.Proxy is null ? "Ingest:Fetching:Proxy" : "the source's Proxy";
        proxy = string.IsNullOrEmpty(url) ? null : new ProxyServer(new Uri(url), trust);
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
            SslOptions = (route.Certificate is null ? trust : CertificateTrust.Of(route.Certificate)).ToOptions(),
            UseCookies = false,
            UseProxy = proxy is not null,
        });
    }

    /// <summary>Sends one request; the response's body is not read yet.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
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
        return new ProxyException($"The proxy {proxy!.Name} wants a user and password other than those of {proxySetting} (407).");
    }
}
