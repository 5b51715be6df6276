using Ingest.Worker.Storage;
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
    /// <param name="more">Adds the jobs of rooms that this one may not use.</param>
    public static IHostApplicationBuilder AddScheduling(this IHostApplicationBuilder builder, SchedulingOptions options, SearchOptions search, Action<IQuartzBuilder> more)
    {
        builder.Services.AddSingleton<StopSignal>();
        builder.Services.AddSingleton<RunningTurns>();
        builder.Services.AddSingleton<ClusterClaim>();
        builder.Services.AddSingleton<PartitionTurn>();

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
            AddSearchIndex(quartz, search);
            AddHousekeeping(quartz, options);
            more(quartz);
        });
        builder.Services.AddHostedService<PartitionSchedule>();
        builder.AddQuartzHostedService(static service => service.WaitForJobsToComplete = true);
        return builder;
    }

    private static void UsePostgres(IQuartzBuilder quartz, SchedulingOptions options) => quartz.UsePersistentStore(store =>
    {
        store.UsePostgres(static source => source.DataSourceServiceKey = QuartzSchema.Connections);
        store.ConfigureStore(static ado =>
        {
            ado.TablePrefix = QuartzSchema.TablePrefix;
            ado.StoreJobDataAsStrings = true;
        });
        store.UseClustering(cluster =>
        {
            cluster.CheckinInterval = options.CheckInEvery;
            cluster.CheckinMisfireThreshold = CheckInGrace;
        });
    });

    private static void AddSearchIndex(IQuartzBuilder quartz, SearchOptions options)
    {
        quartz.AddJob<SearchIndexJob>(static job => job.WithIdentity(SearchIndexJob.Key).StoreDurably());
        quartz.AddTrigger(trigger => trigger
            .ForJob(SearchIndexJob.Key)
            .WithIdentity(SearchIndexJob.Key.Name, SearchIndexJob.Key.Group)
            .StartAt(DateTimeOffset.UnixEpoch)
            .WithSimpleSchedule(schedule => schedule.WithInterval(options.Every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)));
    }

    private static void AddHousekeeping(IQuartzBuilder quartz, SchedulingOptions options)
    {
        quartz.AddJob<TrimJob>(static job => job.WithIdentity(TrimJob.Key).StoreDurably());
        quartz.AddTrigger(trigger => trigger
            .ForJob(TrimJob.Key)
            .WithIdentity(TrimJob.Key.Name, TrimJob.Key.Group)
            .WithCronSchedule(options.Housekeeping, static cron => cron.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing)));
    }
}
