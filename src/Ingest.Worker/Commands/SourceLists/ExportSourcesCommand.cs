using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Commands.SourceLists.Opml;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Storage.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Commands.SourceLists;

/// <summary><c>sources export</c>: the configured sources as OPML.</summary>
internal static class ExportSourcesCommand
{
    public static Command Create(Option<string?> config)
    {
        var output = new Option<FileInfo?>("--out") { Description = "The file to write; default standard output." };
        var secrets = new Option<bool>("--with-secrets")
        {
            Description = "Write users, passwords and tokens that stand in the URLs of the settings too; without it they are left out.",
        };
        var force = new Option<bool>("--force") { Description = "Replace a file that exists." };
        var command = new Command("export", "Write the configured sources as OPML 2.0: name as text, tags as category, title and site as the feeds state them.")
        { output, secrets, force };
        command.SetAction((parsed, ct) => RunAsync(
            parsed.GetValue(config), parsed.GetValue(output), parsed.GetValue(secrets), parsed.GetValue(force), ct));
        return command;
    }

    private static async Task<int> RunAsync(string? config, FileInfo? output, bool withSecrets, bool isForced, CancellationToken ct)
    {
        if (output is { Exists: true } && !isForced && !output.FullName.StartsWith("/dev/", StringComparison.Ordinal))
        {
            await Console.Error.WriteLineAsync($"{output} exists; --force replaces it.");
            return ExitCode.Failed;
        }

        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        var list = SourceList.Read(session.Services.GetRequiredService<IConfiguration>());
        foreach (var fault in list.Faults) await Console.Error.WriteLineAsync($"{fault} This source is left out.");
        var views = (await session.Services.GetRequiredService<SourceControl>().ListAsync(
            count: false, ct)).ToDictionary(static view => view.Name, StringComparer.Ordinal);
        var feeds = list.Sources.Select(source => new OpmlFeed(source.Name, withSecrets ? list.Access[source.Name].UrlWithSecrets : source.Url, source.Tags)
        {
            Title = views.GetValueOrDefault(source.Name)?.Title,
            SiteUrl = views.GetValueOrDefault(source.Name)?.SiteUrl,
        }).ToList();
        try
        {
            // Written in one go, so that a full disk or a closed pipe leaves no half of a list behind unnoticed.
            using var opml = new MemoryStream();
            OpmlWriter.Write(opml, feeds);
            opml.WriteByte((byte)'\n');
            if (output is not null) await File.WriteAllBytesAsync(output.FullName, opml.ToArray(), ct);
            else await Console.OpenStandardOutput().WriteAsync(opml.ToArray(), ct);
            return list.Faults.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCode.Failed;
        }
    }
}
