using System.IO;
using System.Net.Sockets;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Operations.Listening;

/// <summary>
/// Serves health, metrics and the status page, where the settings say so: Kestrel alone, without a host of its own, which would listen for signals.
/// </summary>
internal sealed partial class Listener(
    ListenAddress address, RequestDesk desk, IServiceProvider services, ILoggerFactory loggers, ILogger<Listener> log) : IHostedService, IDisposable
{
    private static readonly string Setting = $"{OperationsOptions.Section}:{nameof(OperationsOptions.Listen)}";

    private KestrelServer? server;

    /// <summary>Where it listens, once it does; an address for people, and for port 0 the only way to know.</summary>
    public string? Url { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (address is ListenAddress.Socket(var path)) RemoveLeftBehind(path);
        server = new KestrelServer(
            Options.Create(ServerOptions()), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
        try
        {
            await server.StartAsync(new Application(desk), cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException or InvalidOperationException)
        {
            throw new IOException($"{Setting} is '{Say(address)}', which cannot be listened at: {(error.InnerException ?? error).Message}", error);
        }

        Url = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        LogListening(log, Url ?? Say(address), Setting);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (server is not null) await server.StopAsync(cancellationToken);
    }

    public void Dispose() => server?.Dispose();

    private static string Say(ListenAddress address) => address switch
    {
        ListenAddress.Tcp(var point) => point.ToString(),
        ListenAddress.Socket(var path) => "unix:" + path,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private KestrelServerOptions ServerOptions()
    {
        var options = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };

        // Nobody sends anything here but questions.
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.MaxConcurrentConnections = 200;
        options.Limits.MaxRequestLineSize = 4 << 10;
        options.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        if (address is ListenAddress.Tcp(var point)) options.Listen(point, static listen => listen.Protocols = HttpProtocols.Http1);
        else if (address is ListenAddress.Socket(var path)) options.ListenUnixSocket(path, static listen => listen.Protocols = HttpProtocols.Http1);
        return options;
    }

    // A process that was killed leaves its socket in the file system, where nobody else can listen then.
    private static void RemoveLeftBehind(string path)
    {
        if (!File.Exists(path)) return;
        if (new FileInfo(path).Length > 0 || IsFile(path)) throw new IOException($"{Setting} is 'unix:{path}', where there is a file that is no socket.");
        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }

        throw new IOException($"{Setting} is 'unix:{path}', where another process listens.");
    }

    // A socket cannot be opened as one.
    private static bool IsFile(string path)
    {
        try
        {
            File.OpenHandle(path).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private sealed class Application(RequestDesk desk) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => desk.AnswerAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }

    [LoggerMessage(903, LogLevel.Information, "Status page, metrics and health at {Url} ({Setting})")]
    private static partial void LogListening(ILogger logger, string url, string setting);
}
