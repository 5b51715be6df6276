using System.Net;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Fetching.Memory;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Fetching.Wire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>The door as the product registers it, with loopback open and no waits unless a test asks for them.</summary>
internal sealed class Door : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public Door(
        Dictionary<string, string?>? settings = null, TimeProvider? time = null, ResolveHost? resolve = null, ConnectAddress? connect = null,
        CertificateTrust? trust = null)
    {
        var configuration = new Dictionary<string, string?>
        {
            ["Ingest:Fetching:AllowedNetworks:0"] = "127.0.0.0/8",
            ["Ingest:Fetching:MinimumHostDelay"] = "00:00:00",
            ["Ingest:Fetching:SharedServerDelay"] = "00:00:00",
            ["Ingest:Fetching:RetryDelay"] = "00:00:00.001",
            ["Ingest:Fetching:RobotsForPages"] = "false",
        };
        foreach (var (key, value) in settings ?? [])
        {
            if (value is null)
                configuration.Remove("Ingest:Fetching:" + key);
            else
                configuration["Ingest:Fetching:" + key] = value;
        }

        var collection = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build())
            .AddLogging(logging => logging.AddProvider(Log));
        if (time is not null)
            collection.AddSingleton(time);
        if (resolve is not null)
            collection.AddSingleton(resolve);
        if (connect is not null)
            collection.AddSingleton(connect);
        if (trust is not null)
            collection.AddSingleton(trust);
        services = collection.AddFetching().BuildServiceProvider();
    }

    /// <summary>What the door said in the log.</summary>
    public LogOfTest Log { get; } = new();

    public WebFetcher Fetcher => services.GetRequiredService<WebFetcher>();

    public WorkerLease Claim => services.GetRequiredService<WorkerLease>();

    public MemoryRoom Room => services.GetRequiredService<MemoryRoom>();

    public MemoryBudget Memory => services.GetRequiredService<MemoryBudget>();

    public HostThrottle Pace => services.GetRequiredService<HostThrottle>();

    /// <summary>A resolver to which every name is the loopback.</summary>
    public static ResolveHost ToLoopback { get; } = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

    public Task<FetchResult> FetchAsync(Uri url, FetchKind kind = FetchKind.Feed, Validators? validators = null) =>
        Fetcher.FetchAsync(new FetchRequest(url, kind, validators), TestContext.Current.CancellationToken);

    public async Task<FetchResult.Fetched> FetchWholeAsync(Uri url, FetchKind kind = FetchKind.Feed) =>
        (await FetchAsync(url, kind)).ShouldBeOfType<FetchResult.Fetched>();

    public async Task<FetchResult.Fetched> FetchWholeAsync(Uri url, Validators validators) =>
        (await FetchAsync(url, validators: validators)).ShouldBeOfType<FetchResult.Fetched>();

    public async Task<FetchResult.Failed> FailAsync(Uri url, FetchKind kind = FetchKind.Feed) =>
        (await FetchAsync(url, kind)).ShouldBeOfType<FetchResult.Failed>();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

/// <summary>Keeps warnings.</summary>
internal sealed class LogOfTest : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> warnings = new();

    public IReadOnlyCollection<string> Warnings => warnings;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            warnings.Enqueue(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
