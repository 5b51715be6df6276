using System.IO;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace Ingest.Worker.Commands;

/// <summary>A settings file that is read again when it changes, and that keeps its last good content while it is broken, faulty or gone.</summary>
/// <param name="file">The file, or a link to it.</param>
/// <param name="isWatched">True reads it again when it changes.</param>
internal sealed class SettingsFile(string file, bool isWatched = false) : IConfigurationSource
{
    public string File => file;

    /// <summary>Why the file as it is now is not taken up; null when it is.</summary>
    public string? Fault { get; private set; }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(this, isWatched);

    private sealed class Provider(SettingsFile source, bool isWatched) : SortedSettings, IDisposable
    {
        private readonly Lock turn = new();
        private byte[]? lastRead;
        private bool isLoaded;
        private SettingsWatch? watch;

        // The values of the first reading are the starter's to judge, who tells all faults at once.
        public override void Load()
        {
            lock (turn)
            {
                if (isLoaded) return;
                isLoaded = true;
                if (isWatched) watch = new SettingsWatch(source.File, Reload, TimeProvider.System);
                (lastRead, source.Fault) = Read(source.File);
                if (lastRead is null) return;
                (var values, source.Fault) = Parse(lastRead);
                if (values is not null) Data = values;
            }
        }

        public void Dispose() => watch?.Dispose();

        private void Reload()
        {
            lock (turn)
            {
                // While an editor replaces the file it is gone for a moment, which does not mean that all settings were removed.
                var (read, fault) = Read(source.File);
                if (read is null && fault is null) return;
                if (read is not null && lastRead is not null && read.AsSpan().SequenceEqual(lastRead)) return;
                lastRead = read;
                source.Fault = read is null ? fault : TakeUp(read);
            }

            OnReload();
        }

        // The values that options are bound to: one that cannot be bound would fail wherever the options are asked for.
        private string? TakeUp(byte[] read)
        {
            var (values, fault) = Parse(read);
            if (values is null) return fault;
            var faults = Settings.Faults(new ConfigurationBuilder().Add(new SortedSettings(values)).AddEnvironmentVariables().Build());
            if (faults.Count > 0) return string.Join(" ", faults);
            Data = values;
            return null;
        }
    }

    /// <summary>The bytes of a file, or why they cannot be had; neither when there is no file.</summary>
    private static (byte[]? Read, string? Fault) Read(string file)
    {
        try
        {
            return Directory.Exists(file) ? (null, "it is a folder.") : (System.IO.File.ReadAllBytes(file), null);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, null);
        }
        catch (UnauthorizedAccessException)
        {
            return (null, "this user may not read it.");
        }
        catch (IOException error)
        {
            return (null, error.Message);
        }
    }

    /// <summary>The settings by their keys, or what is wrong with the JSON, and where. Comments and trailing commas are no fault.</summary>
    private static (IDictionary<string, string?>? Values, string? Fault) Parse(byte[] read)
    {
        try
        {
            using var stream = new MemoryStream(read);
            return (new Parser(stream).Read(), null);
        }
        catch (JsonException error)
        {
            // What follows the first sentence counts from 0, and in bytes.
            var words = error.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
            return (null, FormattableString.Invariant($"line {error.LineNumber + 1}, column {Column(read, error)}: {words}"));
        }
        catch (FormatException error)
        {
            return (null, error.Message.Split(" LineNumber:")[0].Split(" Path:")[0]);
        }
    }

    private static int Column(byte[] read, JsonException error)
    {
        using var reader = new StreamReader(new MemoryStream(read));
        var line = reader.ReadToEnd().Split('\n').ElementAtOrDefault((int)(error.LineNumber ?? 0)) ?? "";
        var before = Encoding.UTF8.GetBytes(line).AsSpan();
        return Encoding.UTF8.GetCharCount(before[..(int)Math.Min(before.Length, error.BytePositionInLine ?? 0)]) + 1;
    }

    private sealed class Parser(Stream stream) : JsonStreamConfigurationProvider(new JsonStreamConfigurationSource { Stream = stream })
    {
        public IDictionary<string, string?> Read()
        {
            Load();
            return Data;
        }
    }
}
