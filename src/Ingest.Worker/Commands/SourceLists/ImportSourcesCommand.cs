using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Ingest.Text.Secrets;
using Ingest.Worker.Ingestion.Sources;
using Microsoft.Extensions.Configuration;

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
            var target = into?.FullName;
            var configured = Configured(target ?? Settings.FileFor(config));
            var added = Choose(reading, configured);
            foreach (var repair in reading.Repairs) await Console.Error.WriteLineAsync($"{file.Name} was repaired: {repair}.");
            foreach (var words in reading.PassedOver) await Console.Error.WriteLineAsync(words);
            if (target is null) await Console.Out.WriteLineAsync(Encoding.UTF8.GetString(SettingsText.Add("{}"u8, added)));
            else if (added.Count > 0) await MergeAsync(target, added, ct);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{reading.Feeds.Count} feeds in {file.Name}: {added.Count} sources {(target is null ? "to add" : "added")}, "
                    + $"{reading.Feeds.Count - added.Count} configured already, {reading.PassedOver.Count} skipped."));
            return ExitCode.Ok;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCode.Failed;
        }
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

    /// <summary>The sections of the sources that a settings file holds, none when there is no such file.</summary>
    private static List<IConfigurationSection> Configured(string file)
    {
        if (!File.Exists(file)) return [];
        var settings = new SettingsFile(file);
        var configuration = new ConfigurationBuilder().Add(settings).Build();
        if (settings.Fault is { } fault) throw new InvalidDataException($"{file} cannot be read: {fault}");
        return [.. configuration.GetSection(SourceList.Section).GetChildren()];
    }

    private static List<(string Name, OpmlFeed Feed)> Choose(OpmlReading reading, List<IConfigurationSection> configured)
    {
        var urls = configured
            .Select(static source => Identity.CanonicalUrl.Parse(source["Url"])?.AbsoluteUri)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var names = new SourceNames(configured.Select(static source => source.Key));
        return [.. reading.Feeds.Where(feed => !urls.Contains(UrlSecrets.WithoutUserInfo(feed.Url).AbsoluteUri)).Select(feed => (names.Take(feed), feed))];
    }

    // Through a file beside it, so that neither a crash nor a worker that watches the file sees half of it.
    private static async Task MergeAsync(string file, IReadOnlyList<(string Name, OpmlFeed Feed)> added, CancellationToken ct)
    {
        var target = File.Exists(file) ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file : file;
        var before = File.Exists(target) ? await File.ReadAllBytesAsync(target, ct) : "{}\n"u8.ToArray();
        byte[] after;
        try
        {
            after = SettingsText.Add(before, added);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{file} cannot be added to: {error.Message}", error);
        }

        var temporary = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew))
            {
                await stream.WriteAsync(after, ct);
                stream.Flush(flushToDisk: true);
            }

            if (File.Exists(target) && !OperatingSystem.IsWindows()) File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
