using System.Globalization;
using Ingest.Worker.Scheduling.Cluster;
using Ingest.Worker.Scheduling.Following;
using Ingest.Worker.Scheduling.Jobs;
using Ingest.Worker.Storage.Cluster;
using Ingest.Worker.Storage.Search;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Ingest.Worker.Scheduling;

/// <summary>Registers Quartz and the partitions' jobs.</summary>
internal static class SchedulingRegistration
{
    /// <summary>How long after a missed check-in a worker is written off by the others.</summary>
    public static readonly TimeSpan CheckInGrace = TimeSpan.FromSeconds(7.5);

    /// <summary>How far the workers' clocks may be apart.</summary>
    public static readonly TimeSpan ClockError = TimeSpan.FromSeconds(5);

    /// <summary>Adds Quartz with the partitions' jobs and the housekeeping.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">How the work is shared out.</param>
    /// <param name="search">How often the search index is brought up to date.</param>
    public static IHostApplicationBuilder AddScheduling(this IHostApplicationBuilder builder, SchedulingOptions options, SearchOptions search)
    {
        builder.Services.AddSingleton<StopSignal>();
        builder.Services.AddSingleton<RunningTurns>();
        builder.Services.AddSingleton<ClusterLease>();
        builder.Services.AddSingleton<PartitionTurn>();
        builder.Services.AddSingleton<HeldChanges>();

        // Before Quartz, so that it is stopped after it: turns that are drained still need the claim.
        if (options.Clustered) builder.Services.AddHostedService<ClusterWatch>();
        builder.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "ingest";
                scheduler.GenerateInstanceId = true;
                scheduler.MaxBatchSize = Math.Min(20, options.Partitions);
            });
            // One thread more than partitions, so that housekeeping need not wait for a turn to end.
            quartz.UseDefaultThreadPool(options.Partitions + 1);
            if (options.Clustered) UsePostgres(quartz, options);
            else quartz.UseInMemoryStore(static _ => { });
        });
        foreach (var job in Jobs(options, search)) builder.Services.AddSingleton(job);
        builder.Services.AddHostedService<StoredSchedule>();
        builder.AddQuartzHostedService(static service => service.WaitForJobsToComplete = true);
        builder.Services.AddHostedService<ScheduleWatch>();
        builder.Services.AddSingleton<ServiceWatch>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<ServiceWatch>());
        return builder;
    }

    private static void UsePostgres(IQuartzBuilder quartz, SchedulingOptions options) => quartz.UsePersistentStore(store =>
    {
        store.UsePostgres(static source => source.DataSourceServiceKey = QuartzSchema.Connections);
        store.ConfigureStore(static ado =>
        {
            ado.TablePrefix = QuartzSchema.TablePrefix;
            ado.StoreJobDataAsStrings = true;

            // The migration made it. Where the look at it fails, as when the worker is held up just then, Quartz cannot be begun again in this process.
            ado.SchemaProvisioning = SchemaProvisioning.None;
        });
        store.UseClustering(cluster =>
        {
            cluster.CheckinInterval = options.CheckInEvery;
            cluster.CheckinMisfireThreshold = CheckInGrace;
        });
    });

    private static IEnumerable<PlannedJob> Jobs(SchedulingOptions options, SearchOptions search)
    {
        yield return PlannedJob.Every<SearchIndexJob>(SearchIndexJob.Key, search.Every);
        yield return PlannedJob.Every<BacklogJob>(BacklogJob.Key, BacklogJob.Every);
        yield return PlannedJob.Cron<TrimJob>(TrimJob.Key, options.Housekeeping);
        yield return PlannedJob.Every<ColumnFillJob>(ColumnFillJob.Key, ColumnFillJob.Every);
        yield return PlannedJob.Every<DriftJob>(DriftJob.Key, DriftJob.Every);

        // The number of partitions is part of the group, so that jobs that were stored under another number are not taken for these. Turns are spread over the
        // interval.
        for (var partition = 0; partition < options.Partitions; partition++)
        {
            var key = new JobKey(string.Create(CultureInfo.InvariantCulture, $"partition-{partition:000}"), VisitPartitionJob.Group(options));
            yield return PlannedJob.Every<VisitPartitionJob>(
                key,
                options.TurnEvery,
                options.TurnEvery * partition / options.Partitions,
                (VisitPartitionJob.Partition, partition.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
