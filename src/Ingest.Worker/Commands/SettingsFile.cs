using System.IO;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Ingest.Worker.Commands;

/// <summary>A settings file that is read again when it changes, and that keeps its last good content while it is broken.</summary>
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

    /// <summary>What is wrong with the file as it is now; null when nothing is.</summary>
    public string? Fault { get; private set; }

    public override IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(this);

    private sealed class Provider(SettingsFile source) : JsonConfigurationProvider(source)
    {
        private bool wasLoaded;

        public override void Load(Stream stream)
        {
            try
            {
                base.Load(stream);
                wasLoaded = true;
                source.Fault = null;
            }
            catch (Exception error) when (wasLoaded && error is FormatException or System.Text.Json.JsonException)
            {
                source.Fault = error.Message;
            }
        }
    }
}
