using System.Net;
using System.Net.Http;
using Ingest.Worker.Operations;
using Ingest.Worker.Operations.Listening;
using Ingest.Worker.Tests.Ingestion;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ingest.Worker.Tests.Operations;

/// <summary>A worker that listens on a port of its own, and somebody who asks it.</summary>
internal sealed class StatusHost : IAsyncDisposable
{
    private readonly Lifetime lifetime = new();
    private readonly HttpClient client;

    private StatusHost(string connectionString, IReadOnlyDictionary<string, string> settings)
    {
        Worker = new TestWorker(
            connectionString,
            new Dictionary<string, string>(settings) { ["Ingest:Operations:Listen"] = settings.GetValueOrDefault("Ingest:Operations:Listen", "0") },
            also: (services, configuration) => services.AddSingleton<IHostApplicationLifetime>(lifetime).AddOperations(configuration));
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    }

    public TestWorker Worker { get; }

    public string Url => Worker.Get<Listener>().Url.ShouldNotBeNull();

    /// <summary>Starts listening; the service itself counts as started.</summary>
    public static async Task<StatusHost> StartAsync(string connectionString, params (string Key, string Value)[] settings)
    {
        var host = new StatusHost(connectionString, settings.ToDictionary(static one => one.Key, static one => one.Value));
        foreach (var service in host.Worker.Get<IEnumerable<IHostedService>>()) await service.StartAsync(TestContext.Current.CancellationToken);
        host.lifetime.Start();
        return host;
    }

    /// <summary>Asks for a path.</summary>
    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? host = null)
    {
        using var request = new HttpRequestMessage(method, Url.TrimEnd('/') + path);
        request.Headers.Host = host;
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public void Stop() => lifetime.StopApplication();

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        foreach (var service in Worker.Get<IEnumerable<IHostedService>>()) await service.StopAsync(CancellationToken.None);
        await Worker.DisposeAsync();
        lifetime.Dispose();
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource started = new(), stopping = new();

        public CancellationToken ApplicationStarted => started.Token;

        public CancellationToken ApplicationStopping => stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Start() => started.Cancel();

        public void StopApplication() => stopping.Cancel();

        public void Dispose()
        {
            started.Dispose();
            stopping.Dispose();
        }
    }
}
