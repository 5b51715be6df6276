using System.IO;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Ingest.Worker.Commands;

/// <summary>A settings file that is read again when it changes, and that keeps its last good content while it is broken, faulty or gone.</summary>
internal sealed class SettingsFile : JsonConfigurationSource
{
    public SettingsFile(string file)
    {
        File = file;
        FileProvider = new PhysicalFileProvider(System.IO.Path.GetDirectoryName(file)!);
        Path = System.IO.Path.GetFileName(file);
        ReloadOnChange = true;
    }

    public string File { get; }

    /// <summary>Why the file as it is now is not taken up; null when it is. Faults of the first reading are the starter's to tell.</summary>
    public string? Fault { get; private set; }

    public override IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(this);

    private sealed class Provider(SettingsFile source) : JsonConfigurationProvider(source)
    {
        private IDictionary<string, string?>? lastGood;

        public override void Load(Stream stream)
        {
            if (lastGood is null)
            {
                base.Load(stream);
                lastGood = Data;
                return;
            }

            source.Fault = TryLoad(stream);
            if (source.Fault is null) lastGood = Data;
            else Data = lastGood;
        }

        public override bool TryGet(string key, out string? value)
        {
            KeepWhenGone();
            return base.TryGet(key, out value);
        }

        public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
        {
            KeepWhenGone();
            return base.GetChildKeys(earlierKeys, parentPath);
        }

        // The values that options are bound to: one that cannot be bound would fail wherever the options are asked for.
        private string? TryLoad(Stream stream)
        {
            try
            {
                base.Load(stream);
            }
            catch (Exception error) when (error is FormatException or System.Text.Json.JsonException)
            {
                return error.InnerException?.Message ?? error.Message;
            }

            var faults = Settings.Faults(new ConfigurationBuilder().AddInMemoryCollection(Data).AddEnvironmentVariables().Build());
            return faults.Count == 0 ? null : string.Join(" ", faults);
        }

        // Editors replace files: while the file is gone the base class holds nothing, which would mean defaults for everything and no sources.
        private void KeepWhenGone()
        {
            if (Data.Count == 0 && lastGood is not null) Data = lastGood;
        }
    }
}
