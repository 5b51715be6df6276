using Ingest.Worker.Archive.Retention;
using Ingest.Worker.Storage.Articles;
using Microsoft.Extensions.DependencyInjection;

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
}
