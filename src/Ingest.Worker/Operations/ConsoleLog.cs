using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Ingest.Worker.Operations;

/// <summary>The log on the error output, so that results can be piped: lines for people, or, as the settings say, JSON or journald's.</summary>
internal static class ConsoleLog
{
    private const string FormatterKey = "Logging:Console:FormatterName";

    private static readonly string[] Formatters = [ConsoleFormatterNames.Simple, ConsoleFormatterNames.Json, ConsoleFormatterNames.Systemd];

    /// <summary>Adds it.</summary>
    /// <param name="logging">The log.</param>
    /// <param name="configuration">Its section <c>Logging</c> has the last word over what is set here.</param>
    /// <param name="showsTraces">Whether the trace of a start that failed is told.</param>
    public static void Add(ILoggingBuilder logging, IConfiguration configuration, bool showsTraces)
    {
        logging.AddConfiguration(configuration.GetSection("Logging"));

        // The host tells of a start that failed with the whole trace; the command says it in a sentence.
        if (!showsTraces) logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.Services.Configure<SimpleConsoleFormatterOptions>(static lines =>
        {
            Stamp(lines);
            lines.SingleLine = true;

            // The formatter itself would look at the other output.
            lines.ColorBehavior = HasColours() ? LoggerColorBehavior.Enabled : LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<JsonConsoleFormatterOptions>(static json =>
        {
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            json.UseUtcTimestamp = true;
        });
        logging.AddConsole();
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        // A service of systemd is given its formatter, unless the settings name another.
        if (configuration[FormatterKey] is { Length: > 0 } named)
            logging.Services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName = named.ToLowerInvariant());
        SafeFormatter.Register(logging.Services);
    }

    /// <summary>What is wrong with the settings, in words.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration) =>
        configuration[FormatterKey] is { Length: > 0 } named && !Formatters.Contains(named, StringComparer.OrdinalIgnoreCase)
            ? [$"{FormatterKey} is '{named}': give {string.Join(" or ", Formatters)}."]
            : [];

    private static void Stamp(ConsoleFormatterOptions options) => (options.TimestampFormat, options.UseUtcTimestamp) = ("yyyy-MM-ddTHH:mm:ssZ ", true);

    private static bool HasColours() => !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}
