using Ingest.Worker.Fetching.Memory;
using Ingest.Worker.Ingestion.Discovery;
using Ingest.Worker.Ingestion.Reading;
using Ingest.Worker.Ingestion.Settings;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Ingestion.Visits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ingest.Worker.Ingestion;

/// <summary>Registers the corridors.</summary>
internal static class IngestionRegistration
{
    public static IServiceCollection AddIngestion(this IServiceCollection services)
    {
        services.AddOptions<PollingOptions>().BindConfiguration(PollingOptions.Section).ValidateDataAnnotations();
        services.AddOptions<PagesOptions>().BindConfiguration(PagesOptions.Section).ValidateDataAnnotations();
        services.AddOptions<ReadingOptions>().BindConfiguration(ReadingOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<ReadingTime>();
        services.AddSingleton(NodeName.OfThisProcess);
        services.AddSingleton<SourceAccess>();
        services.AddSingleton<MissedEntries>();
        services.AddSingleton<FeedGuesses>();
        services.AddSingleton<RobotsMemory>();
        services.AddSingleton(static services => services.GetRequiredService<RobotsMemory>().Shelf);
        services.AddSingleton<ReadingMetrics>();
        services.AddSingleton<ReadingDesk>();
        services.TryAddSingleton(static services => new VisitSlots(VisitSlots.Usual, services.GetRequiredService<MemoryBudget>()));
        services.AddSingleton<HostMemory>();
        services.AddSingleton<TwinVisits>();
        services.AddSingleton<VisitPreparation>();
        services.AddSingleton<VisitMetrics>();
        services.AddSingleton<SourceVisit>();
        services.AddSingleton<PageVisit>();
        services.AddSingleton<OverdueRebalancer>();
        services.AddSingleton<UnsavedVisits>();
        services.AddSingleton<TurnPulse>();
        services.AddSingleton<VisitRounds>();
        services.AddSingleton<SourceSync>();
        services.AddSingleton<RunOnce>();
        services.AddSingleton<SourceCheck>();
        return services;
    }
}
