using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Ingest.Worker.Origin;

/// <summary>A server on loopback whose every byte is the test's own: each connection is handed to what serves it, and then closed.</summary>
public sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<Stream, CancellationToken, Task> serve;
    private readonly Task accepting;
    private int connections;

    public WireServer(Func<Stream, CancellationToken, Task> serve)
    {
        this.serve = serve;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>As it stands in a URL.</summary>
    public string Port => ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Connections so far.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>A server that reads each request's head and answers with the next of the answers, the last one forever.</summary>
    public static WireServer OfAnswers(params byte[][] answers)
    {
        var next = -1;
        return new WireServer(async (stream, ct) =>
        {
            await ReadHeadAsync(stream, ct);
            await stream.WriteAsync(answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)], ct);
        });
    }

    /// <summary>Reads to the end of a request's head.</summary>
    public static async Task<string> ReadHeadAsync(Stream stream, CancellationToken ct)
    {
        var head = new List<byte>();
        var octet = new byte[1];
        while (!(head is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n']) && await stream.ReadAsync(octet, ct) == 1)
            head.Add(octet[0]);
        return System.Text.Encoding.Latin1.GetString([.. head]);
    }

    /// <summary>Speaks TLS as a server that sends these certificates and no other.</summary>
    public static async Task<SslStream> SecureAsync(
        Stream stream, X509Certificate2 leaf, X509Certificate2? intermediate, SslApplicationProtocol protocol, CancellationToken ct)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                // Offline: else it is the server that goes and looks for the issuer.
                ServerCertificateContext = SslStreamCertificateContext.Create(leaf, intermediate is null ? null : [intermediate], offline: true),
                ApplicationProtocols = [protocol],
            },
            ct);
        return secure;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref connections);
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await serve(stream, stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
                // Until the reader hangs up too, so that no reset overtakes the answer.
                await stream.CopyToAsync(Stream.Null, stop.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
            {
                // It hung up first, or wants nothing of this certificate.
            }
        }
    }
}
