using Ingest.Worker.Scheduling.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Webhooks;

/// <summary>Registers the webhooks.</summary>
internal static class WebhookRegistration
{
    /// <summary>Adds them, and the job that serves them.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookPost>();
        services.AddSingleton<WebhookDelivery>();
        services.AddSingleton(PlannedJob.Every<WebhookJob>(WebhookJob.Key, WebhookJob.Every));
        return services;
    }
}
