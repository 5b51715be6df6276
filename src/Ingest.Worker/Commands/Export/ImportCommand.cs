using System.CommandLine;
using System.Data.Common;
using System.Threading.Tasks;
using Ingest.Worker.Archive.Import;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Commands.Export;

/// <summary><c>import PATH…</c>: archives into the database.</summary>
internal static class ImportCommand
{
    public static Command Create(Option<string?> config)
    {
        var paths = new Argument<string[]>("paths")
        {
            Description =
                "Files of dated-article text or JSON lines, plain or compressed with gzip or zstd, or of Parquet; folders of .txt, .dated, "
                    + ".jsonl and .ndjson (.gz and .zst too) and .parquet files; - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = OutputFormat.Option();
        var command = new Command("import", "Add the articles of archives; those that are known stay as they are, so a broken import can be run again.")
        { paths, format };
        command.SetAction((parsed, ct) => ImportAsync(parsed.GetValue(config), parsed.GetValue(paths)!, parsed.GetValue(format)!, ct));
        return command;
    }

    private static async Task<int> ImportAsync(string? config, string[] paths, string format, CancellationToken ct)
    {
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        var tally = new ImportTally();
        var import = new ArchiveImport(session.Services.GetRequiredService<ArticleStore>(), TimeProvider.System, Console.Error.WriteLine);
        var finished = false;
        try
        {
            await using var progress = Progress.Begin(() => new Measure("records", tally.Saved, null)
            {
                Share = tally.Bytes > 0 ? Math.Min(1, (double)tally.BytesRead / tally.Bytes.Value) : null,
            });
            await import.RunAsync(paths, tally, ct);
            finished = true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted: what is counted as added stays; the same import again goes on from there.");
        }
        catch (DbException error)
        {
            await Console.Error.WriteLineAsync(
                $"The database failed: {error.Message} What is counted as added stays; the same import again goes on from there.");
        }

        Write(tally, format);
        if (ct.IsCancellationRequested && !finished) return ExitCode.Interrupted;
        if (finished && tally is { Records: 0, Faults: 0 }) await Console.Error.WriteLineAsync("There was no record to import.");
        return finished && tally is { Records: > 0, Faults: 0 } ? ExitCode.Ok : ExitCode.Failed;
    }

    private static void Write(ImportTally tally, string format) => ListOutput.Write([tally], format,
    [
        new("files", static tally => tally.Files),
        new("records", static tally => tally.Records),
        new("added", static tally => tally.Added),
        new("known", static tally => tally.Known),
        new("faults", static tally => tally.Faults),
    ]);
}
