using System.Diagnostics.Metrics;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Cluster;
using Ingest.Worker.Storage.Drift;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Hooks;
using Ingest.Worker.Storage.Hosts;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Overview;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Sql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Storage;

/// <summary>Registers the door to PostgreSQL.</summary>
internal static class StorageRegistration
{
    /// <summary>Registers it all.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="reading">The replica that is read from; null for none.</param>
    public static IServiceCollection AddStorage(this IServiceCollection services, string connectionString, string? reading = null)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations();
        services.AddOptions<DuplicatesOptions>().BindConfiguration(DuplicatesOptions.Section)
            .Configure<IConfiguration>(static (options, configuration) => options.Mode = DuplicatesOptions.ModeAlone(configuration) ?? options.Mode)
            .ValidateDataAnnotations();
        services.AddSingleton(static provider => new DuplicateSearch(provider.GetRequiredService<IOptions<DuplicatesOptions>>().Value));
        services.AddSingleton(
            static provider =>
                new DuplicateRetention(provider.GetRequiredService<Database>(), provider.GetRequiredService<IOptions<DuplicatesOptions>>().Value));
        services.AddSingleton<StoryUpkeep>();
        services.TryAddSingleton<Outage>();
        services.AddSingleton(provider => new Database(
            connectionString,
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Database>>())
        {
            Outage = provider.GetRequiredService<Outage>(),
            Metrics = provider.GetService<IMeterFactory>() is { } meters
                ? new StorageMetrics(meters.Create(StorageMetrics.MeterName))
                : StorageMetrics.OfNobody,
        });

        services.AddSingleton(provider => new ReadingDatabase(
            provider.GetRequiredService<Database>(),
            reading is null ? null : ReadingDatabase.Open(
                reading,
                provider.GetRequiredService<IOptions<StorageOptions>>().Value,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<Database>>())));
        services.AddKeyedSingleton<System.Data.Common.DbDataSource>(
            QuartzSchema.Connections, static (provider, _) => provider.GetRequiredService<Database>().CreateScheduleSource());
        services.AddSingleton<WriteGate>();
        services.AddSingleton<ServiceLock>();
        services.AddSingleton<Migrator>();
        services.AddSingleton<SourceStore>();
        services.AddSingleton<SourceControl>();
        services.AddSingleton<ArticleStore>();
        services.AddSingleton(static provider => new ArticleExport(provider.GetRequiredService<ReadingDatabase>().Door));
        services.AddSingleton<ColumnFill>();
        services.AddSingleton<PageQueue>();
        services.AddSingleton<HostHolds>();
        services.AddSingleton<HttpsHosts>();
        services.AddSingleton<HostControl>();
        services.AddSingleton<Guesses>();
        services.AddSingleton<RobotsFiles>();
        services.AddSingleton<CourtesyRetention>();
        services.AddSingleton<DueTimes>();
        services.AddSingleton<StatusStore>();
        services.AddSingleton<OverviewStore>();
        services.AddSingleton<DriftStore>();
        services.AddSingleton<HookStore>();
        services.AddSingleton<ReaderQueries>();
        services.AddOptions<SearchOptions>().BindConfiguration(SearchOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<SearchIndex>();
        services.AddSingleton<ClusterStore>();
        services.AddSingleton<LedgerRetention>();
        services.AddSingleton<ChangeRetention>();
        return services;
    }
}
