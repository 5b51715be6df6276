using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Archive;
using Ingest.Worker.Storage;
using Ingest.Worker.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Commands;

/// <summary><c>export</c>: stored articles as an archive.</summary>
internal static class ExportCommand
{
    private const string Dated = "dated", JsonLines = "jsonl";

    private sealed record Request(ExportFilter Filter, ArchiveFormat Format, string Path, bool Overwrite);

    public static Command Create(Option<string?> config)
    {
        var from = DayOption("--from", "The first day, YYYY-MM-DD.");
        var to = DayOption("--to", "The last day, YYYY-MM-DD.");
        var source = new Option<string?>("--source") { Description = "Only articles that this source showed first." };
        var language = new Option<string?>("--language") { Description = "Only articles in this language: en holds en-GB too." };
        var format = new Option<string?>("--format") { Description = "dated or jsonl; by default what the extension of PATH says, else dated." };
        format.AcceptOnlyFromAmong(Dated, JsonLines);
        var path = new Option<string>("--out") { Description = "The file to write, gzipped when it ends with .gz; - for standard output.", DefaultValueFactory = static _ => ArchiveOutput.StandardOutput };
        var force = new Option<bool>("--force") { Description = "Replace the file when it exists." };
        var command = new Command("export", "Write articles in the order of their day.") { from, to, source, language, format, path, force };
        command.Validators.Add(result =>
        {
            if (DayOf(result.GetValue(from)) > DayOf(result.GetValue(to))) result.AddError("--from is later than --to.");
            if (result.GetValue(language) is { } stated && LanguageTag.Read(stated) is null) result.AddError($"--language {stated} is no language tag, such as en or pt-BR.");
        });
        command.SetAction((parsed, ct) =>
        {
            var filter = new ExportFilter(DayOf(parsed.GetValue(from)), DayOf(parsed.GetValue(to)), parsed.GetValue(source), LanguageTag.Read(parsed.GetValue(language)));
            var target = parsed.GetValue(path)!;
            return ExportAsync(parsed.GetValue(config), new Request(filter, FormatOf(parsed.GetValue(format), target), target, parsed.GetValue(force)), ct);
        });
        return command;
    }

    private static Option<string?> DayOption(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && DayOf(text) is null) result.AddError($"{name} {text} is no day; write YYYY-MM-DD.");
        });
        return option;
    }

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static ArchiveFormat FormatOf(string? named, string path) => named switch
    {
        Dated => ArchiveFormat.Dated,
        JsonLines => ArchiveFormat.JsonLines,
        _ => ArchiveFormats.OfName(path) ?? ArchiveFormat.Dated,
    };

    private static async Task<int> ExportAsync(string? config, Request request, CancellationToken ct)
    {
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        var articles = session.Services.GetRequiredService<ArticleExport>();
        try
        {
            if (request.Filter.Source is { } source && !await articles.HasSourceAsync(source, ct))
            {
                await Console.Error.WriteLineAsync($"There is no source {source}.");
                return ExitCode.Failed;
            }

            await using var output = ArchiveOutput.Open(request.Path, request.Overwrite);
            var count = await new ArchiveWriter(articles).WriteAsync(request.Filter, request.Format, output.Stream, ct);
            await output.CompleteAsync(ct);
            if (request.Path != ArchiveOutput.StandardOutput) await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} articles written to {request.Path}"));
            return ExitCode.Ok;
        }
        catch (IOException error) when (ArchiveOutput.IsBrokenPipe(error))
        {
            return ExitCode.Ok;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DbException)
        {
            await Console.Error.WriteLineAsync(error is DbException ? $"The database failed: {error.Message}" : error.Message);
            return ExitCode.Failed;
        }
    }
}
