using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Ingest.Feeds;
using Ingest.Text.Decoding;
using Ingest.Worker.Commands.Output;

namespace Ingest.Worker.Commands.Read;

/// <summary><c>read feed FILE|URL…</c>: parse only, print what was read.</summary>
internal static class ReadFeedCommand
{
    public static Command Create(Option<string?> config, Func<string?, FetchAsync> web)
    {
        var inputs = new Argument<string[]>("inputs")
        {
            Description = "Files, folders, http(s) URLs, or - for a list of them on standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var manifest = new Option<FileInfo?>("--manifest")
        {
            Description = "JSONL with a line {\"file\", \"headers\", \"base_url\"} per input; files are relative to it, and named as in it.",
        };
        var charset = new Option<string?>("--charset") { Description = "The HTTP charset to assume for files." };
        charset.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var label }] && EncodingLabels.Find(label) is null)
                result.AddError($"--charset {label} is not a charset, such as utf-8 or windows-1252.");
        });
        var url = UrlOption.Create("The URL the files came from, the base of relative addresses.");
        var format = new Option<string>("--format") { Description = "jsonl (one line per input) or table.", DefaultValueFactory = static _ => "jsonl" };
        format.AcceptOnlyFromAmong("jsonl", "table");
        var command = new Command("feed", "Parse feeds, sitemaps and pages that announce feeds, and print their entries. Exits with 1 when none could be read.")
        { inputs, manifest, charset, url, format };
        command.SetAction(async (parsed, ct) =>
        {
            var error = parsed.InvocationConfiguration.Error;
            var manifestFile = parsed.GetValue(manifest);
            var names = parsed.GetValue(inputs) ?? [];
            if ((names.Length == 0) == manifestFile is null)
            {
                await error.WriteLineAsync("Name files, folders or URLs, - for a list on standard input, or a --manifest (and not both).");
                return ExitCode.Usage;
            }

            var source = manifestFile is not null
                ? FeedInput.OfManifest(manifestFile)
                : FeedInput.OfNames(names, Console.In, parsed.GetValue(charset), parsed.GetValue(url));
            using var report = FeedReport.Create(parsed.GetValue(format)!, parsed.InvocationConfiguration.Output);
            return await RunAsync(source, new FeedLoader(web(parsed.GetValue(config))), report, error, ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(IEnumerable<FeedInput> inputs, FeedLoader loader, FeedReport report, TextWriter error, CancellationToken ct)
    {
        var (read, failed) = (0, 0);
        try
        {
            foreach (var input in inputs)
            {
                ct.ThrowIfCancellationRequested();
                var reading = await loader.ReadAsync(input, ct);
                report.Write(input.Name, reading);
                if (reading is FeedReading.Unreadable) failed++;
                else read++;
            }
        }
        catch (FeedInputException e)
        {
            await error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }

        if (failed > 0) await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{failed} of {failed + read} could not be read."));
        return read == 0 ? ExitCode.Failed : ExitCode.Ok;
    }
}
