using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Ingest.Text.Languages;
using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Export;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Storage.Articles;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Commands.Export;

/// <summary><c>export</c>: stored articles as an archive.</summary>
internal static class ExportCommand
{
    private const string Dated = "dated", JsonLines = "jsonl", Parquet = "parquet", Gzip = "gzip", Zstd = "zstd", None = "none";

    private sealed record Request(ExportFilter Filter, ArchiveFormat Format, string Path, bool Daily, string Compression, bool Overwrite);

    public static Command Create(Option<string?> config)
    {
        var from = DayOption("--from", "The first day, YYYY-MM-DD.");
        var to = DayOption("--to", "The last day, YYYY-MM-DD.");
        var source = new Option<string?>("--source") { Description = "Only articles that this source showed first." };
        var language = new Option<string?>("--language") { Description = "Only articles in this language: en holds en-GB too." };
        var format = new Option<string?>("--format") { Description = "dated, jsonl or parquet; by default what the extension of PATH says, else dated." };
        format.AcceptOnlyFromAmong(Dated, JsonLines, Parquet);
        var changed = new Option<string?>("--changed-since")
        {
            Description = "Only articles that were added or changed since this moment: YYYY-MM-DD, or YYYY-MM-DDThh:mm:ssZ.",
        };
        changed.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && MomentOf(text) is null)
                result.AddError($"--changed-since {text} is not a moment; write YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.");
        });
        var daily = new Option<bool>("--daily")
        {
            Description =
                "One file a day, YYYY-MM-DD.EXTENSION in the folder PATH. Days whose file is there are skipped, so that a broken export can be run again.",
        };
        var compression = new Option<string>("--compression")
        {
            Description = "With --daily: none, gzip or zstd. Parquet is compressed in itself.",
            DefaultValueFactory = static _ => None,
        };
        compression.AcceptOnlyFromAmong(None, Gzip, Zstd);
        var path = new Option<string>("--out")
        {
            Description = "The file to write, compressed when it ends with .gz or .zst; with --daily the folder; - for standard output.",
            DefaultValueFactory = static _ => ArchiveOutput.StandardOutput,
        };
        var force = new Option<bool>("--force") { Description = "Replace files that exist." };
        var command = new Command("export", "Write articles in the order of their day.")
        { from, to, source, language, changed, format, path, daily, compression, force };
        command.Validators.Add(result =>
        {
            // A value that is none of those accepted tells of itself, and cannot be asked for.
            if (result.GetResult(format)?.Tokens is [{ Value: not (Dated or JsonLines or Parquet) }]) return;
            var (target, isDaily) = (result.GetValue(path) ?? ArchiveOutput.StandardOutput, result.GetValue(daily));
            if (DayOf(result.GetValue(from)) > DayOf(result.GetValue(to))) result.AddError("--from is later than --to.");
            if (result.GetValue(language) is { } stated && LanguageTag.Read(stated) is null)
                result.AddError($"--language {stated} is not a language tag, such as en or pt-BR.");
            var isParquet = FormatOf(result.GetValue(format), target) == ArchiveFormat.Parquet;
            if (isDaily && target == ArchiveOutput.StandardOutput) result.AddError("--daily needs a folder: give --out.");
            if (isParquet && target == ArchiveOutput.StandardOutput) result.AddError("Parquet is written to files: give --out.");
            if (isParquet && ArchiveFormats.CompressionOf(target) != ArchiveCompression.None)
                result.AddError("Parquet is compressed in itself: leave the extension of a compression out.");
        });
        command.SetAction((parsed, ct) =>
        {
            var filter = new ExportFilter(
                DayOf(parsed.GetValue(from)), DayOf(parsed.GetValue(to)), parsed.GetValue(source), LanguageTag.Read(parsed.GetValue(language)),
                MomentOf(parsed.GetValue(changed)));
            var target = parsed.GetValue(path)!;
            var request = new Request(
                filter, FormatOf(parsed.GetValue(format), target), target, parsed.GetValue(daily), parsed.GetValue(compression)!, parsed.GetValue(force));
            return ExportAsync(parsed.GetValue(config), request, ct);
        });
        return command;
    }

    private static Option<string?> DayOption(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && DayOf(text) is null) result.AddError($"{name} {text} is not a day; write YYYY-MM-DD.");
        });
        return option;
    }

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateTimeOffset? MomentOf(string? text) =>
        DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;

    private static string SuffixOf(ArchiveFormat format, string compression) => format switch
    {
        ArchiveFormat.Parquet => ".parquet",
        ArchiveFormat.JsonLines => ".jsonl",
        _ => ".txt",
    } + (format == ArchiveFormat.Parquet ? "" : compression switch { Gzip => ".gz", Zstd => ".zst", _ => "" });

    private static ArchiveFormat FormatOf(string? named, string path) => named switch
    {
        Dated => ArchiveFormat.Dated,
        JsonLines => ArchiveFormat.JsonLines,
        Parquet => ArchiveFormat.Parquet,
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

            var export = new ArchiveExport(articles);
            var tally = request.Daily
                ? await export.ToFolderAsync(request.Filter, request.Format, request.Path, SuffixOf(request.Format, request.Compression), request.Overwrite, ct)
                : await export.ToFileAsync(request.Filter, request.Format, request.Path, request.Overwrite, ct);
            if (request.Path != ArchiveOutput.StandardOutput) await Console.Error.WriteLineAsync(Say(tally, request));
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

    private static string Say(ExportTally tally, Request request) => request.Daily
        ? string.Create(
            CultureInfo.InvariantCulture, $"{tally.Articles} articles written to {tally.Files} files in {request.Path}; {tally.Passed} days already existed")
        : string.Create(CultureInfo.InvariantCulture, $"{tally.Articles} articles written to {request.Path}");
}
