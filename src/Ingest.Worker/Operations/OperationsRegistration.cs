using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Ingestion.Visits;
using Ingest.Worker.Operations.Listening;
using Ingest.Worker.Operations.Metering;
using Ingest.Worker.Operations.Site;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Operations;

/// <summary>Registers how the service shows itself.</summary>
internal static class OperationsRegistration
{
    /// <summary>
    /// Adds the listener and the sending of metrics, as far as the settings want them. Before all else, so that probes are answered while the rest starts.
    /// </summary>
    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OperationsOptions>().BindConfiguration(OperationsOptions.Section).ValidateDataAnnotations();
        var options = configuration.GetSection(OperationsOptions.Section).Get<OperationsOptions>() ?? new OperationsOptions();
        var (listens, sends) = (ListenAddress.Read(options.Listen), OtlpExport.IsOn(configuration));
        if (listens is ListenAddress.Nowhere && !sends) return services;
        services.AddSingleton<OverviewCache>();
        services.AddSingleton<WorkerMetrics>();
        services.AddHostedService(static services => services.GetRequiredService<WorkerMetrics>());
        if (sends)
        {
            OtlpExport.Add(services, configuration, VisitTrace.SourceName, NodeName.OfThisProcess.Value);
            services.AddHostedService<OverviewTimer>();
        }

        if (listens is not ListenAddress.Nowhere) AddListener(services, listens);
        return services;
    }

    private static void AddListener(IServiceCollection services, ListenAddress address)
    {
        services.AddSingleton(address);
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<HealthChecks>();
        services.AddSingleton<SiteRoutes>();
        services.AddSingleton(static services => new RequestDesk(
            [
                .. services.GetRequiredService<SiteRoutes>().All(),
                .. HealthRoutes.Of(services.GetRequiredService<HealthChecks>()),
                MetricsRoute.Of(services.GetRequiredService<MetricsCollector>(), services.GetRequiredService<OverviewCache>()),
            ],
            services.GetRequiredService<Microsoft.Extensions.Options.IOptions<OperationsOptions>>(),
            services.GetRequiredService<Microsoft.Extensions.Logging.ILogger<RequestDesk>>()));
        services.AddSingleton<Listener>();
        services.AddHostedService(static services => services.GetRequiredService<Listener>());
    }
}
