using System.CommandLine;
using System.CommandLine.Parsing;
using System.Data.Common;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Ingest.Text.Languages;
using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Export;
using Ingest.Worker.Commands.Names;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Commands.Export;

/// <summary><c>export</c>: stored articles as an archive.</summary>
internal static class ExportCommand
{
    private const string Dated = "dated", JsonLines = "jsonl", Parquet = "parquet", Csv = "csv", Gzip = "gzip", Zstd = "zstd", None = "none";

    private sealed record Request(ExportFilter Filter, ArchiveFormat Format, string Path, bool Daily, string Compression, bool Overwrite);

    private sealed record Options(
        Option<string?> From, Option<string?> To, Option<string?> Source, Option<string?> Language, Option<string?> Changed, Option<string?> Format,
        Option<string> Path, Option<bool> Daily, Option<string> Compression, Option<bool> Force);

    public static Command Create(Option<string?> config)
    {
        var (format, compression) = (FormatOption(), CompressionOption());
        var options = new Options(
            DayOption.Create("--from", "The first day, YYYY-MM-DD."),
            DayOption.Create("--to", "The last day, YYYY-MM-DD."),
            ConfiguredNames.Option(config, "--source", "Only articles that this source, or one found through it, showed first."),
            new("--language") { Description = "Only articles in this language: en holds en-GB too." },
            ChangedOption(),
            format,
            new("--out")
            {
                Description = "The file to write, compressed when it ends with .gz or .zst; with --daily the folder; - for standard output.",
                DefaultValueFactory = static _ => ArchiveOutput.StandardOutput,
            },
            new("--daily")
            {
                Description = "One file a day, YYYY-MM-DD.EXTENSION in the folder PATH. "
                    + "Days whose file is there are skipped, so that a broken export can be run again.",
            },
            compression,
            new("--force") { Description = "Replace files that exist." });
        var command = new Command("export", "Write articles in the order of their day.")
        {
            options.From, options.To, options.Source, options.Language, options.Changed, format, options.Path, options.Daily, compression, options.Force,
        };
        command.Validators.Add(result => Check(result, options));
        command.SetAction((parsed, ct) => ExportAsync(parsed.GetValue(config), RequestOf(parsed, options), ct));
        return command;
    }

    private static void Check(CommandResult result, Options options)
    {
        // A value that is missing, or none of those accepted, tells of itself, and cannot be asked for.
        if (result.Children.OfType<OptionResult>().Any(static given => given is { Implicit: false, Tokens.Count: 0 } && given.Option.ValueType != typeof(bool))
            || result.GetResult(options.Format)?.Tokens is [{ Value: not (Dated or JsonLines or Parquet or Csv) }]) return;
        var target = result.GetValue(options.Path) ?? ArchiveOutput.StandardOutput;
        if (DayOption.DayOf(result.GetValue(options.From)) > DayOption.DayOf(result.GetValue(options.To))) result.AddError("--from is later than --to.");
        if (result.GetValue(options.Language) is { } stated && LanguageTag.Read(stated) is null)
            result.AddError($"--language {stated} is not a language tag, such as en or pt-BR.");
        if (result.GetValue(options.Daily) && target == ArchiveOutput.StandardOutput) result.AddError("--daily needs a folder: give --out.");
        if (FormatOf(result.GetValue(options.Format), target) != ArchiveFormat.Parquet) return;
        if (target == ArchiveOutput.StandardOutput) result.AddError("Parquet is written to files: give --out.");
        if (ArchiveFormats.CompressionOf(target) != ArchiveCompression.None)
            result.AddError("Parquet is compressed in itself: leave the extension of a compression out.");
    }

    private static Request RequestOf(ParseResult parsed, Options options)
    {
        var filter = new ExportFilter(
            DayOption.DayOf(parsed.GetValue(options.From)), DayOption.DayOf(parsed.GetValue(options.To)), parsed.GetValue(options.Source),
            LanguageTag.Read(parsed.GetValue(options.Language)), MomentOf(parsed.GetValue(options.Changed)));
        var target = parsed.GetValue(options.Path)!;
        return new Request(
            filter, FormatOf(parsed.GetValue(options.Format), target), target, parsed.GetValue(options.Daily), parsed.GetValue(options.Compression)!,
            parsed.GetValue(options.Force));
    }

    private static Option<string?> FormatOption()
    {
        var format = new Option<string?>("--format") { Description = "dated, jsonl, parquet or csv; by default what the extension of PATH says, else dated." };
        format.AcceptOnlyFromAmong(Dated, JsonLines, Parquet, Csv);
        return format;
    }

    private static Option<string> CompressionOption()
    {
        const string About = "With --daily: none, gzip or zstd. Parquet is compressed in itself.";
        var compression = new Option<string>("--compression") { Description = About, DefaultValueFactory = static _ => None };
        compression.AcceptOnlyFromAmong(None, Gzip, Zstd);
        return compression;
    }

    private static Option<string?> ChangedOption()
    {
        const string About = "Only articles that were added or changed since this moment: YYYY-MM-DD, or YYYY-MM-DDThh:mm:ssZ.";
        var changed = new Option<string?>("--changed-since") { Description = About };
        changed.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && MomentOf(text) is null)
                result.AddError($"--changed-since {text} is not a moment; write YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.");
        });
        return changed;
    }

    private static DateTimeOffset? MomentOf(string? text) =>
        DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;

    private static string SuffixOf(ArchiveFormat format, string compression) => format switch
    {
        ArchiveFormat.Parquet => ".parquet",
        ArchiveFormat.JsonLines => ".jsonl",
        ArchiveFormat.Csv => ".csv",
        _ => ".txt",
    } + (format == ArchiveFormat.Parquet ? "" : compression switch { Gzip => ".gz", Zstd => ".zst", _ => "" });

    private static ArchiveFormat FormatOf(string? named, string path) => named switch
    {
        Dated => ArchiveFormat.Dated,
        JsonLines => ArchiveFormat.JsonLines,
        Parquet => ArchiveFormat.Parquet,
        Csv => ArchiveFormat.Csv,
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
                var names = (await session.Services.GetRequiredService<SourceControl>().ListAsync(count: false, ct)).Select(static one => one.Name).ToList();
                await Console.Error.WriteLineAsync($"There is no source '{source}': {UnknownName.Nearest(source, names)}");
                return ExitCode.Failed;
            }

            var export = new ArchiveExport(articles);
            await using var progress = ExportProgress.Begin(articles, request.Filter, request.Path, ct);
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
            await Console.Error.WriteLineAsync(
                error is DbException ? $"The database {DatabaseFault.Say(error)}{DatabaseFault.Setting(error)}." : error.Message);
            return ExitCode.Failed;
        }
    }

    private static string Say(ExportTally tally, Request request)
    {
        var articles = Plural.Of(tally.Articles, "article");
        return request.Daily
            ? $"{articles} written to {Plural.Of(tally.Files, "file")} in {request.Path}; {Plural.Of(tally.Passed, "day")} already existed"
            : $"{articles} written to {request.Path}";
    }
}
