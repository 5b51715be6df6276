using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using Ingest.Text.Secrets;
using Ingest.Worker.Commands.Names;

namespace Ingest.Worker.Commands.SourceLists;

/// <summary><c>sources remove NAME…</c>: takes sources out of the settings.</summary>
internal static class RemoveSourceCommand
{
    public static Command Create(Option<string?> config)
    {
        var names = ConfiguredNames.Argument(config, "names", "Names of sources.", ArgumentArity.OneOrMore);
        var command = new Command(
            "remove",
            "Take sources out of the settings file, whose other text stays as it is. Their articles stay in the database; a running worker asks them no more.")
        { names };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(config), parsed.GetValue(names)!, ct));
        return command;
    }

    private static async Task<int> RunAsync(string? config, string[] names, CancellationToken ct)
    {
        var file = Settings.FileFor(config);
        if (!File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"There is no settings file {file}: give one with --config, or run where appsettings.json is.");
            return ExitCode.Failed;
        }

        try
        {
            var settings = EditedSettings.Read(file);
            var existing = settings.Sources.Select(static source => source.Key).ToList();
            var removed = new List<string>();
            foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (existing.Find(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } known)
                    await Console.Error.WriteLineAsync($"There is no source '{name}' in {file}: {UnknownName.Nearest(name, existing)}");
                else if (!settings.Remove(known))
                    await Console.Error.WriteLineAsync($"{known} is not a member of Ingest:Sources in {file}, but spelled otherwise: remove it there by hand.");
                else removed.Add(known);
            }

            if (removed.Count > 0) await settings.WriteAsync(ct);
            foreach (var name in removed) await Console.Out.WriteLineAsync(SafeLine.Of($"{name} removed from {file}"));
            return removed.Count == names.Distinct(StringComparer.OrdinalIgnoreCase).Count() ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCode.Failed;
        }
    }
}
