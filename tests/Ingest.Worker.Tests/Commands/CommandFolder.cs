using System.Text.Json;
using Ingest.Worker.Tests.Configuration;

namespace Ingest.Worker.Tests.Commands;

/// <summary>How a command ended, and what it wrote.</summary>
internal sealed record Run(int Exit, string Out, string Error);

/// <summary>A folder with settings files, and commands that are run with them.</summary>
internal sealed class CommandFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ingest-cli-").FullName;

    public string Settings(string text)
    {
        var file = System.IO.Path.Combine(Path, System.IO.Path.GetRandomFileName() + ".json");
        File.WriteAllText(file, text);
        return file;
    }

    public string Settings(SourceTable table, string sources) => Settings(
        $$"""
        { "ConnectionStrings": { "Ingest": {{JsonSerializer.Serialize(table.ConnectionString)}} },
          "Ingest": { "Sources": {{sources}}, "Fetching": { "AllowedNetworks": ["127.0.0.0/8"], "MinimumHostDelay": "00:00:00" } } }
        """);

    public static async Task<Run> RunAsync(params string[] arguments)
    {
        var run = await WorkerProgram.RunAsync(arguments);
        return new Run(run.Exit, run.Out, run.Error);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
