using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Origin;

/// <summary>A scripted HTTP origin on loopback. Start it, say what it serves, look at what it was asked.</summary>
/// <example><code>
/// await using var origin = await ScriptedOrigin.StartAsync();
/// origin.Serve("/feed", Reply.Error(503), Reply.Feed(xml).ETag("\"a\""));   // the first request fails, all later ones get the feed or 304
/// </code></example>
public sealed class ScriptedOrigin : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Script> scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SeenRequest> seen = new();
    private readonly List<(string Prefix, Func<string, SeenRequest, Reply?> Find)> fallbacks = [];
    private readonly WebApplication app;

    private ScriptedOrigin(WebApplication app) => this.app = app;

    /// <summary>The first address it listens on, as <c>http://127.0.0.1:49152/</c>.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>Every request so far, in order.</summary>
    public IReadOnlyCollection<SeenRequest> Requests => seen;

    /// <summary>Told of every request as it arrives.</summary>
    public Action<SeenRequest>? OnRequest { get; set; }

    /// <summary>Told of every request when its answer begins, or when its asker has gone without one.</summary>
    public Action<SeenRequest>? OnReply { get; set; }

    /// <summary>Starts on loopback, on a free port unless told otherwise.</summary>
    public static Task<ScriptedOrigin> StartAsync(CertificateFlaw? tls = null, int port = 0) => StartAsync([IPAddress.Loopback], port, tls);

    /// <summary>Starts on several loopback addresses (as 127.0.0.1 … 127.0.0.50), which readers take for as many hosts.</summary>
    public static Task<ScriptedOrigin> StartAsync(IEnumerable<IPAddress> addresses, int port, CertificateFlaw? tls = null) =>
        StartAsync(addresses, port, tls is { } flaw ? new HttpsConnectionAdapterOptions { ServerCertificate = Certificates.Make(flaw) } : null);

    /// <summary>Starts on loopback with a certificate that a reader who trusts the authority's root trusts, in HTTP/1.1 and HTTP/2.</summary>
    public static Task<ScriptedOrigin> StartAsync(Authority authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        return StartAsync(
            [IPAddress.Loopback],
            0,
            new HttpsConnectionAdapterOptions { ServerCertificate = authority.Issue(), ServerCertificateChain = [authority.Intermediate] });
    }

    private static async Task<ScriptedOrigin> StartAsync(IEnumerable<IPAddress> addresses, int port, HttpsConnectionAdapterOptions? tls)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            foreach (var address in addresses)
                kestrel.Listen(address, port, listen => Secure(listen, tls));
        });
        var host = builder.Build();
        var origin = new ScriptedOrigin(host);
        host.Run(origin.AnswerAsync);
        await host.StartAsync();
        origin.BaseUrl = new Uri(host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        return origin;
    }

    public Uri Url(string path) => new(BaseUrl, path);

    /// <summary>What a path answers: the replies in turn, the last one forever. Replaces what it answered before.</summary>
    public ScriptedOrigin Serve(string path, params Reply[] replies)
    {
        ArgumentNullException.ThrowIfNull(replies);
        scripts[path] = new Script(replies);
        return this;
    }

    /// <summary>What paths below a prefix answer that have no reply of their own; null for 404. Later ones are asked first.</summary>
    public ScriptedOrigin ServeBelow(string prefix, Func<string, Reply?> find) => ServeBelow(prefix, (path, _) => find(path));

    /// <summary>The same, by the request.</summary>
    public ScriptedOrigin ServeBelow(string prefix, Func<string, SeenRequest, Reply?> find)
    {
        lock (fallbacks)
            fallbacks.Insert(0, (prefix, find));
        return this;
    }

    /// <summary>Serves a folder's files with ETag and Last-Modified.</summary>
    public ScriptedOrigin ServeFolder(string prefix, string folder)
    {
        var files = new Folder(folder);
        return ServeBelow(prefix, files.Find);
    }

    /// <summary>Requests of one path, query included, in order.</summary>
    public IReadOnlyList<SeenRequest> RequestsOf(string path) => [.. seen.Where(r => r.Path == path)];

    public void ForgetRequests() => seen.Clear();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private static void Secure(ListenOptions listen, HttpsConnectionAdapterOptions? tls)
    {
        if (tls is null)
            return;
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(tls);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var fields = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new SeenRequest(DateTimeOffset.UtcNow, context.Request.Method, context.Request.Host.Value ?? "", path, fields, context.Request.Protocol);
        seen.Enqueue(request);
        OnRequest?.Invoke(request);
        var isTold = false;
        try
        {
            await ReplyPlayer.PlayAsync(request.Reply = Find(path, request), request, context, Tell);
        }
        finally
        {
            if (!isTold) Tell();
        }

        void Tell()
        {
            isTold = true;
            OnReply?.Invoke(request);
        }
    }

    private Reply Find(string path, SeenRequest request)
    {
        if (scripts.TryGetValue(path, out var script) || scripts.TryGetValue(path.Split('?')[0], out script))
            return script.Next();
        (string Prefix, Func<string, SeenRequest, Reply?> Find)[] candidates;
        lock (fallbacks)
            candidates = [.. fallbacks];
        return candidates
            .Where(f => path.StartsWith(f.Prefix, StringComparison.Ordinal))
            .Select(f => f.Find(path[f.Prefix.Length..], request))
            .FirstOrDefault(r => r is not null)
            ?? Reply.Error(404, "Not Found");
    }

    private sealed class Script(Reply[] replies)
    {
        private int next = -1;

        public Reply Next() => replies[Math.Min(Interlocked.Increment(ref next), replies.Length - 1)];
    }
}
