using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Commands.Read;

/// <summary>The web for commands without a session: the same door, with the same settings.</summary>
internal static class ReadingWeb
{
    /// <summary>The door. A settings file that is named is read at once; the usual one with the first URL, since files are read without any.</summary>
    /// <param name="config">The file named by <c>--config</c>; null for the usual one, where it is there.</param>
    /// <exception cref="WordedException">The settings are missing or faulty.</exception>
    public static FetchAsync Open(string? config)
    {
        // Made once: pace, robots.txt and connections are kept from one URL to the next.
        var fetcher = new Lazy<WebFetcher>(() => Create(config));
        if (config is not null) _ = fetcher.Value;
        return (request, ct) => fetcher.Value.FetchAsync(AccessRules.Of(request.Url).Request(request.Url, request.Kind, request.Validators), ct);
    }

    private static WebFetcher Create(string? config)
    {
        var configuration = new ConfigurationManager();
        var (_, fault) = Settings.Load(configuration, config, isWatched: false);
        if (fault is not null) throw new WordedException(fault, ExitCode.Usage);
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging(static logging => logging.SetMinimumLevel(LogLevel.None))
            .AddFetching()
            .BuildServiceProvider()
            .GetRequiredService<WebFetcher>();
    }
}
