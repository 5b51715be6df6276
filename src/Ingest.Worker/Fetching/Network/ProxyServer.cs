using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Network;

/// <summary>The proxy cannot be reached, or refuses us; the message is for people.</summary>
internal sealed class ProxyException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>The configured proxy.</summary>
/// <param name="url">Its URL, with user info where it asks for it.</param>
/// <param name="trust">How its certificate is judged, where it is an https proxy.</param>
internal sealed class ProxyServer(Uri url, CertificateTrust trust)
{
    private const int SocksPort = 1080;

    private readonly int port = url.Port < 0 ? SocksPort : url.Port;

    /// <summary>Its host and port, as may be shown.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{url.Host}:{port}");

    /// <summary>What the HTTP handler is told. TLS to the proxy is ours, so that its failures are known from those of the target's.</summary>
    public WebProxy ToWebProxy()
    {
        var parts = url.UserInfo.Split(':', 2);
        return new WebProxy($"{(url.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeHttp : url.Scheme)}://{Name}")
        {
            Credentials = url.UserInfo.Length == 0
                ? null
                : new NetworkCredential(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "")),
        };
    }

    public bool Is(DnsEndPoint target) => target.Port == port && string.Equals(target.Host, url.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a connection to it.</summary>
    /// <exception cref="ProxyException">It cannot be reached.</exception>
    public async Task<Stream> ConnectAsync(Func<Task<Stream>> connect, CancellationToken ct)
    {
        try
        {
            var wire = await connect();
            return url.Scheme switch
            {
                "https" => new ProxyStream(await SecureAsync(wire, ct), Name),
                "http" => new ProxyStream(wire, Name),
                _ => wire,
            };
        }
        catch (SocketException e)
        {
            throw new ProxyException($"The proxy {Name} cannot be reached: {e.SocketErrorCode}.", e);
        }
        catch (AuthenticationException e)
        {
            throw new ProxyException($"No trusted TLS connection to the proxy {Name}: {e.Message}.", e);
        }
        catch (IOException e)
        {
            throw new ProxyException($"No connection to the proxy {Name}: {e.Message}", e);
        }
    }

    private async Task<Stream> SecureAsync(Stream wire, CancellationToken ct)
    {
        var secure = new SslStream(wire);
        try
        {
            await secure.AuthenticateAsClientAsync(trust.ToOptions(url.IdnHost), ct);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }
}
