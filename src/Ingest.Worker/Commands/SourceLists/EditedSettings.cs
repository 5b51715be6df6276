using System.IO;
using System.Threading.Tasks;
using Ingest.Identity;
using Ingest.Text.Secrets;
using Ingest.Worker.Commands.SourceLists.Opml;
using Ingest.Worker.Ingestion.Sources;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Commands.SourceLists;

/// <summary>A settings file whose sources are changed by a command; all other text in it stays.</summary>
internal sealed class EditedSettings
{
    // A link stays one: what it leads to is written.
    private readonly string target;
    private readonly Lazy<IReadOnlyDictionary<string, string>> namesByUrl;
    private byte[] text;

    private EditedSettings(string file, string target, byte[] text, IReadOnlyList<IConfigurationSection> sources)
    {
        (File, this.target, this.text, Sources) = (file, target, text, sources);
        namesByUrl = new(() =>
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var source in sources)
                if (CanonicalUrl.Parse(source["Url"])?.AbsoluteUri is { } url) names.TryAdd(url, source.Key);
            return names;
        });
    }

    public string File { get; }

    /// <summary>The sections of the sources that it held when it was read; none when there was no such file.</summary>
    public IReadOnlyList<IConfigurationSection> Sources { get; }

    /// <summary>Reads a settings file, which need not exist.</summary>
    /// <exception cref="InvalidDataException">It is no settings file; the message says what and where.</exception>
    public static EditedSettings Read(string file)
    {
        var target = System.IO.File.Exists(file) ? System.IO.File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file : file;
        if (!System.IO.File.Exists(file)) return new EditedSettings(file, target, "{}\n"u8.ToArray(), []);
        var settings = new SettingsFile(file);
        var configuration = new ConfigurationBuilder().Add(settings).Build();
        if (settings.Fault is { } fault) throw new InvalidDataException($"{file} cannot be read: {fault}");
        return new EditedSettings(
            file, target, System.IO.File.ReadAllBytes(target), [.. configuration.GetSection(SourceList.Section).GetChildren()]);
    }

    /// <summary>The name of the source that has this URL; null for none.</summary>
    public string? NameOf(Uri url) => namesByUrl.Value.GetValueOrDefault(UrlSecrets.WithoutUserInfo(url).AbsoluteUri);

    /// <summary>Adds sources whose names are not there yet.</summary>
    /// <returns>What the settings then say is wrong with these sources, one sentence a fault; nothing is added when there is one.</returns>
    /// <exception cref="InvalidDataException">The file has no place for them.</exception>
    public IReadOnlyList<string> Add(IReadOnlyList<(string Name, OpmlFeed Feed)> sources)
    {
        try
        {
            var after = SettingsText.Add(text, sources);
            var names = sources.Select(static source => source.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var list = ListOf(after);
            if (names.Any(name => list.Faulty.Contains(name, StringComparer.OrdinalIgnoreCase)))
                return [.. list.Faults.Where(fault => names.Any(name => fault.StartsWith($"{SourceList.Section}:{name}", StringComparison.OrdinalIgnoreCase)))];
            text = after;
            return [];
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{File} cannot be added to: {error.Message}", error);
        }
    }

    /// <summary>Removes a source.</summary>
    /// <returns>False when its name stands in another way in the file than as a member of <c>Ingest:Sources</c>.</returns>
    public bool Remove(string name)
    {
        if (SettingsCut.Without(text, name) is not { } after || ListNames(after).Contains(name, StringComparer.OrdinalIgnoreCase)) return false;
        text = after;
        return true;
    }

    /// <summary>Writes the file through one beside it, so that neither a crash nor a worker that watches it sees half of it.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        var temporary = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew))
            {
                await stream.WriteAsync(text, ct);
                stream.Flush(flushToDisk: true);
            }

            if (System.IO.File.Exists(target) && !OperatingSystem.IsWindows())
                System.IO.File.SetUnixFileMode(temporary, System.IO.File.GetUnixFileMode(target));
            System.IO.File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            System.IO.File.Delete(temporary);
        }
    }

    private static SourceList ListOf(byte[] settings) => SourceList.Read(Configuration(settings));

    private static IEnumerable<string> ListNames(byte[] settings) =>
        Configuration(settings).GetSection(SourceList.Section).GetChildren().Select(static source => source.Key);

    private static IConfigurationRoot Configuration(byte[] settings)
    {
        try
        {
            using var stream = new MemoryStream(settings);
            return new ConfigurationBuilder().AddJsonStream(stream).Build();
        }
        catch (FormatException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }
}
