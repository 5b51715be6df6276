using System.CommandLine;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.SourceLists.Opml;

namespace Ingest.Worker.Commands.SourceLists;

/// <summary><c>sources import FILE</c>: OPML to settings.</summary>
internal static class ImportSourcesCommand
{
    public static Command Create(Option<string?> config)
    {
        var file = new Argument<FileInfo>("file") { Description = "The OPML file." };
        var into = new Option<FileInfo?>("--into")
        {
            Description =
                "Add the sources to this settings file, which keeps everything it holds; a running worker picks them up automatically. Without it, "
                    + "they are printed.",
        };
        var command = new Command("import", "Turn an OPML list into sources: those whose URL is configured already are left out.") { file, into };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(config), parsed.GetValue(file)!, parsed.GetValue(into), ct));
        return command;
    }

    private static async Task<int> RunAsync(string? config, FileInfo file, FileInfo? into, CancellationToken ct)
    {
        try
        {
            var reading = Read(file);
            var settings = EditedSettings.Read(into?.FullName ?? Settings.FileFor(config));
            var added = Choose(reading, settings);
            foreach (var repair in reading.Repairs) await Console.Error.WriteLineAsync($"{file.Name} was repaired: {repair}.");
            foreach (var words in reading.PassedOver) await Console.Error.WriteLineAsync(words);
            if (into is null) await Console.Out.WriteLineAsync(Encoding.UTF8.GetString(SettingsText.Add("{}"u8, added)));
            else if (added.Count > 0) await AddAsync(settings, added, ct);
            await Console.Error.WriteLineAsync(
                $"{Plural.Of(reading.Feeds.Count, "feed")} in {file.Name}: {Plural.Of(added.Count, "source")} {(into is null ? "to add" : "added")}, "
                    + $"{Plural.Of(reading.Feeds.Count - added.Count)} configured already, {Plural.Of(reading.PassedOver.Count)} skipped.");
            return ExitCode.Ok;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCode.Failed;
        }
    }

    private static async Task AddAsync(EditedSettings settings, List<(string Name, OpmlFeed Feed)> added, CancellationToken ct)
    {
        if (settings.Add(added) is { Count: > 0 } faults) throw new InvalidDataException(string.Join(" ", faults));
        await settings.WriteAsync(ct);
    }

    private static OpmlReading Read(FileInfo file)
    {
        using var stream = file.OpenRead();
        try
        {
            return OpmlReader.Read(stream);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{file.FullName} cannot be read as OPML: {error.Message}", error);
        }
    }

    private static List<(string Name, OpmlFeed Feed)> Choose(OpmlReading reading, EditedSettings settings)
    {
        var names = new SourceNames(settings.Sources.Select(static source => source.Key));
        return [.. reading.Feeds.Where(feed => settings.NameOf(feed.Url) is null).Select(feed => (names.Take(feed), feed))];
    }
}
