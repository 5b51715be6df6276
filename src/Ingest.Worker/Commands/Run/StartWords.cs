using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Commands.Run;

/// <summary>What a service says when it has started: how to look at what it does.</summary>
internal static partial class StartWords
{
    private const string Category = "Ingest.Worker.Start";

    public static void Say(IServiceProvider services)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        LogStarted(
            log, services.GetRequiredService<Database>().Name, services.GetRequiredService<SettingsFile>().File, IngestCommandLine.Name);
    }

    [LoggerMessage(
        1080, LogLevel.Information,
        "Started on {Database} with {File}. To look inside while it runs: {Program} status, search WORDS, show URL, or sql; {Program} --help lists all")]
    private static partial void LogStarted(ILogger logger, string database, string file, string program);
}
