using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Fetching.Memory;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Fetching.Robots;
using Ingest.Worker.Fetching.Signing;
using Ingest.Worker.Fetching.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching;

/// <summary>Registers the door to the web.</summary>
internal static class FetchingRegistration
{
    /// <summary>Adds <see cref="WebFetcher"/> and what it stands on, bound to <see cref="FetchingOptions.Section"/>.</summary>
    public static IServiceCollection AddFetching(this IServiceCollection services)
    {
        services.AddOptions<FetchingOptions>().BindConfiguration(FetchingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FetchingOptions>, FetchingOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ResolveHost>(HttpStack.ResolveAsync);
        services.TryAddSingleton<ConnectAddress>(HttpStack.ConnectAsync);
        services.TryAddSingleton(new CertificateTrust());
        services.AddSingleton<HttpStack>();
        services.AddSingleton<RequestSigner>();
        services.AddSingleton<HostThrottle>();
        services.AddSingleton<SharedServers>();
        services.AddSingleton<WorkerLease>();
        services.AddSingleton<HttpsPledges>();
        services.AddSingleton<HostRecords>();
        services.AddSingleton<HostPipelines>();
        services.AddSingleton<MemoryRoom>();
        services.AddSingleton<MemoryTrim>();
        services.AddSingleton(static services => new MemoryBudget(services.GetRequiredService<MemoryRoom>().Shared, services.GetRequiredService<MemoryTrim>()));
        services.TryAddSingleton(RobotsShelf.None);
        services.AddSingleton<RobotsGate>();
        services.AddSingleton<TdmGate>();
        services.AddMetrics();
        services.AddSingleton<FetchMetrics>();
        services.AddSingleton<OwnTrouble>();
        services.AddSingleton<WebFetcher>();
        return services;
    }
}
