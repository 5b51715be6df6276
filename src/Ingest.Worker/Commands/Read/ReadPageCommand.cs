using System.CommandLine;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Ingest.Pages;
using Ingest.Text.Secrets;
using Ingest.Worker.Archive.Export;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Ingestion.Reading;

namespace Ingest.Worker.Commands.Read;

/// <summary><c>read page FILE|URL…</c>: extract only, print the article.</summary>
internal static class ReadPageCommand
{
    public static Command Create(Option<string?> config, Func<string?, FetchAsync> web)
    {
        var pages = new Argument<string[]>("pages") { Description = "Files (plain or gzipped) or http(s) URLs.", Arity = ArgumentArity.ZeroOrMore };
        var url = UrlOption.Create("The URL that the file came from; without it, the one that the page itself states.");
        var manifest = new Option<FileInfo?>("--manifest") { Description = "A file of lines {\"id\",\"url\",\"file\"}: many pages in one run." };
        var format = new Option<string>("--format") { Description = "jsonl or dated.", DefaultValueFactory = static _ => "jsonl" };
        var explain = new Option<bool>("--explain") { Description = "Show the candidates and why one won." };
        format.AcceptOnlyFromAmong("jsonl", "dated");
        var command = new Command("page", "Extract the article of pages and print it.") { pages, url, manifest, format, explain };
        command.Validators.Add(result =>
        {
            if (result.GetValue(pages) is not { Length: > 0 } && result.GetValue(manifest) is null)
                result.AddError("Name at least one file or URL, or a --manifest.");
        });
        command.SetAction((parsed, ct) =>
        {
            var inputs = (parsed.GetValue(pages) ?? []).Select(page => PageInput.Of(page, parsed.GetValue(url)));
            if (parsed.GetValue(manifest) is { } file) inputs = inputs.Concat(PageInput.OfManifest(file.FullName));
            return ReadAllAsync(inputs, web(parsed.GetValue(config)), parsed.GetValue(format) == "dated", parsed.GetValue(explain), ct);
        });
        return command;
    }

    private static async Task<int> ReadAllAsync(IEnumerable<PageInput> inputs, FetchAsync fetch, bool dated, bool explain, CancellationToken ct)
    {
        await using var output = new StreamWriter(ArchiveOutput.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
        var failed = false;
        try
        {
            foreach (var input in inputs) failed |= !await ReadOneAsync(input, fetch, dated, explain, output, ct);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(fault.Message.AsMemory(), ct);
            failed = true;
        }

        return failed ? ExitCode.Failed : ExitCode.Ok;
    }

    private static async Task<bool> ReadOneAsync(PageInput input, FetchAsync fetch, bool dated, bool explain, StreamWriter output, CancellationToken ct)
    {
        try
        {
            var page = await input.ReadAsync(fetch, ct);
            var result = PageOutput.Of(input.Id, page.Url, PageReader.Read(page.Bytes, page.Charset, page.Url, ReadingTime.DefaultLimit(ct), explain), explain);
            if (!dated)
            {
                await output.WriteLineAsync(result.ToJson().AsMemory(), ct);
                return true;
            }

            foreach (var line in result.Explanation ?? []) await Console.Error.WriteLineAsync(line.AsMemory(), ct);
            if (result.ToDatedText() is not { } text)
                throw new IOException(result.Rejected ?? "no date or no http(s) URL is known, so there is no dated record");
            await output.WriteAsync(text.AsMemory(), ct);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{input.Id}: {fault.Message}".AsMemory(), ct);
            if (!dated)
                await output.WriteLineAsync(
                    new PageOutput
                    {
                        Id = input.Id,
                        Url = input.Url is null ? null : UrlSecrets.Without(input.Url).AbsoluteUri,
                        Error = fault.Message,
                    }.ToJson().AsMemory(),
                    ct);
            return false;
        }
    }
}
