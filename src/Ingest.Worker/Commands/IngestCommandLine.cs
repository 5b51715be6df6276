using System.CommandLine;
using System.CommandLine.Help;
using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Commands.Databases;
using Ingest.Worker.Commands.Export;
using Ingest.Worker.Commands.Help;
using Ingest.Worker.Commands.Look;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Read;
using Ingest.Worker.Commands.Run;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Commands.Sources;

namespace Ingest.Worker.Commands;

/// <summary>The command line: <c>ingest-worker [verb]</c>.</summary>
internal static class IngestCommandLine
{
    public const string Name = "ingest-worker";

    private const string ConfigName = "--config";

    public static Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        StandardOutput.Prepare();
        Console.SetError(new MessageWriter(Console.Error));
        AppDomain.CurrentDomain.UnhandledException += static (_, unhandled) =>
        {
            // On a thread of its own: nobody else could say a word, and the process would end with a trace and a core.
            Console.Error.WriteLine(
                unhandled.ExceptionObject is Exception error ? LastWords.OfAsync(error, null).GetAwaiter().GetResult() : "An unknown error ended the program.");
            Environment.Exit(ExitCode.Failed);
        };
        return RunAsync(args, Console.Out, Console.Error, ct);
    }

    /// <summary>Runs a command line.</summary>
    /// <param name="args">Its words.</param>
    /// <param name="output">Where help goes, and what <c>read</c> reads; other results go to the console.</param>
    /// <param name="error">Where the faults of the command line go.</param>
    /// <param name="ct">Asks it to end; each command then ends in good order in its own time.</param>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (!await FileLimit.SufficesAsync(FileLimit.OfAnyVerb, error)) return ExitCode.Failed;
        var parsed = Create().Parse(args);
        try
        {
            if (!ReferenceEquals(error, Console.Error)) error = new MessageWriter(error);
            var exit = await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    // Where the line is wrong, the help is a message too, and no result.
                    Output = parsed.Errors.Count > 0 ? error : output, Error = error, ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false,
                },
                ct);
            if (parsed.Errors.Count > 0) return ExitCode.Usage;
            return exit == ExitCode.Interrupted ? Signals.ExitCode ?? exit : exit;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await error.WriteLineAsync("Interrupted.");
            return Signals.ExitCode ?? ExitCode.Interrupted;
        }
        catch (Exception unexpected) when (LastWords.IsBrokenPipe(unexpected))
        {
            return ExitCode.Ok;
        }
        catch (Exception unexpected)
        {
            // Of several faults a line each.
            var words = await LastWords.OfAsync(unexpected, parsed.GetValue<string?>(ConfigName));
            foreach (var line in words.Split(Environment.NewLine)) await error.WriteLineAsync(line);
            return unexpected is WordedException worded ? worded.ExitCode : ExitCode.Failed;
        }
    }

    /// <summary>The verbs with their options. Not System.CommandLine's root, which calls itself by the name of its file.</summary>
    public static Command Create()
    {
        var config = new Option<string?>(ConfigName)
        {
            Description = "The settings file; default ./appsettings.json, else that of /etc/ingest-worker, else the one beside the program.",
            Recursive = true,
        };
        var root = new Command(Name, "Feeds to dated articles in PostgreSQL.")
        {
            config,
            RunCommand.Create(config),
            CheckCommand.Create(config),
            new Command("read", "Read feeds or pages; no database is used.")
            { ReadFeedCommand.Create(config, ReadingWeb.Open), ReadPageCommand.Create(config, ReadingWeb.Open) },
            ImportCommand.Create(config),
            ExportCommand.Create(config),
            SourcesCommand.Create(config),
            HostsCommand.Create(config),
            SigningCommand.Create(config),
            StatusCommand.Create(config),
            SearchCommand.Create(config),
            ShowCommand.Create(config),
            SqlCommand.Create(config),
            DatabaseCommand.Create(config),
            CompletionCommand.Create(),
            CompleteCommand.Create(Create),
            ManualCommand.Create(Create),
            new HelpOption(),
            new VersionOption(),
        };
        root.SetAction((parsed, ct) => RunCommand.ServeAsync(parsed.GetValue(config), ct));
        return root;
    }
}
