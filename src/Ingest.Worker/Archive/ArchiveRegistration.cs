using Ingest.Worker.Storage;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Ingest.Worker.Archive;

/// <summary>Registers retention.</summary>
internal static class ArchiveRegistration
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<ArticleRetention>();
        services.AddSingleton<RetentionRun>();
        return services;
    }

    /// <summary>The job of retention, when there is a rule.</summary>
    public static void AddRetention(this IQuartzBuilder quartz, RetentionOptions options)
    {
        quartz.AddJob<RetentionJob>(static job => job.WithIdentity(RetentionJob.Key).StoreDurably());
        quartz.AddTrigger(trigger => trigger
            .ForJob(RetentionJob.Key)
            .WithIdentity(RetentionJob.Key.Name, RetentionJob.Key.Group)
            .StartAt(DateTimeOffset.UnixEpoch)
            .WithSimpleSchedule(schedule => schedule.WithInterval(options.Every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)));
    }
}
