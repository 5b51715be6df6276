using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Archive.Export;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.Configuration;
using Quartz;

namespace Ingest.Worker.Commands.Sessions;

/// <summary>What is said of an error that ends a command: one sentence without secrets, and the trace only where the log's level is Debug or Trace.</summary>
internal static class LastWords
{
    // Shorter ones would be found in any text, and show themselves by what is missing.
    private const int ShortestSecret = 4;

    /// <summary>Whether the reader of the output went away, which ends a command and is nobody's failure.</summary>
    public static bool IsBrokenPipe(Exception error) =>
        DatabaseFault.Chain(error).Any(static cause => cause is IOException io and not FileNotFoundException && ArchiveOutput.IsBrokenPipe(io));

    /// <summary>Whether the log's level asks for traces.</summary>
    public static bool ShowsTraces(IConfiguration settings) => settings["Logging:LogLevel:Default"]?.ToUpperInvariant() is "DEBUG" or "TRACE";

    /// <summary>The words for an error.</summary>
    /// <param name="error">What nobody expected.</param>
    /// <param name="config">The settings file of the command; null for the usual one.</param>
    public static async Task<string> OfAsync(Exception error, string? config)
    {
        var settings = new ConfigurationBuilder().Add(new SettingsFile(Settings.FileFor(config))).AddEnvironmentVariables().Build();
        var words = Say(error);
        if (ShowsTraces(settings)) words += Environment.NewLine + error;
        foreach (var secret in await SecretsAsync(settings)) words = words.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        return words;
    }

    private static string Say(Exception error)
    {
        if (error is AggregateException { InnerExceptions: [var only] }) error = only;
        if (DatabaseFault.Say(error) is { } words) return $"The database {words}{DatabaseFault.Setting(error)}.";
        if (error is WordedException) return error.Message;
        var message = error.Message.Split('\n')[0].Trim();
        return error switch
        {
            SchedulerException => $"The schedule failed: {message}",
            OutOfMemoryException => "There is not enough memory.",
            // A full disk or a broken device behind standard output has no name.
            IOException when !message.Contains('\'', StringComparison.Ordinal) => $"Reading or writing failed: {message}",
            IOException or UnauthorizedAccessException or InvalidDataException => message,
            _ => $"{error.GetType().Name}: {message} (unexpected; Logging:LogLevel:Default = Debug shows where)",
        };
    }

    private static async Task<IReadOnlyList<string>> SecretsAsync(IConfiguration settings)
    {
        var secrets = new List<string?> { Environment.GetEnvironmentVariable("PGPASSWORD") };
        foreach (var setting in ((string[])[ConnectionText.Key, ReadingDatabase.Key]).Select(key => settings[key]).Where(static set => set is { Length: > 0 }))
        {
            if (await ConnectionText.ReadAsync(setting!, CancellationToken.None) is { Connection: { } connection })
                secrets.AddRange(ConnectionText.PasswordsOf(connection));
        }

        return [.. secrets.OfType<string>().Where(static secret => secret.Length >= ShortestSecret)];
    }
}

/// <summary>A fault that its message says in words fit for people, found where no result can carry it.</summary>
/// <param name="message">The words; of several faults a line each.</param>
/// <param name="exitCode">What the command exits with.</param>
internal sealed class WordedException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode => exitCode;
}
