using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Fetching;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Commands;

/// <summary>The command line: <c>ingest-worker [verb]</c>.</summary>
internal static class IngestCommandLine
{
    // Long enough for an embedded PostgreSQL to shut down in good order.
    private static readonly TimeSpan Termination = TimeSpan.FromSeconds(90);

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <summary>Runs a command line.</summary>
    /// <param name="args">Its words.</param>
    /// <param name="output">Where help goes, and what <c>read</c> reads; other results go to the console.</param>
    /// <param name="error">Where the faults of the command line go.</param>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (!await FileLimit.SufficesAsync(FileLimit.OfAnyVerb, error)) return ExitCode.Failed;
        var web = Web();
        var config = new Option<string?>("--config") { Description = "The settings file; default ./appsettings.json, else the one beside the program.", Recursive = true };
        var root = new RootCommand("Feeds to dated articles in PostgreSQL.")
        {
            config,
            RunCommand.Create(config),
            CheckCommand.Create(config),
            new Command("read", "Read feeds or pages; no database is used.") { ReadFeedCommand.Create(web), ReadPageCommand.Create(web) },
            ImportCommand.Create(config),
            ExportCommand.Create(config),
            SourcesCommand.Create(config),
            HostsCommand.Create(config),
            StatusCommand.Create(config),
            DatabaseCommand.Create(config),
        };
        root.SetAction((parsed, ct) => RunCommand.ServeAsync(parsed.GetValue(config), ct));
        var parsed = root.Parse(args);
        try
        {
            var exit = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = Termination, EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? ExitCode.Usage : exit;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted.");
            return ExitCode.Failed;
        }
    }

    /// <summary>The web for commands without a session: the same door, with the settings of the usual file when it is there.</summary>
    private static FetchAsync Web()
    {
        // Made at the first URL, once: pace, robots.txt and connections are kept from one to the next.
        var fetcher = new Lazy<WebFetcher>(static () =>
        {
            var builder = new ConfigurationBuilder();
            var file = Settings.FileFor(null);
            if (File.Exists(file)) builder.Add(new SettingsFile(file));
            return new ServiceCollection()
                .AddSingleton<IConfiguration>(builder.AddEnvironmentVariables().Build())
                .AddLogging(static logging => logging.SetMinimumLevel(LogLevel.None))
                .AddFetching()
                .BuildServiceProvider()
                .GetRequiredService<WebFetcher>();
        });
        return (request, ct) => fetcher.Value.FetchAsync(request, ct);
    }
}
