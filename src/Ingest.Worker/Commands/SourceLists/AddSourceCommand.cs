using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using Ingest.Feeds;
using Ingest.Identity;
using Ingest.Text.Html;
using Ingest.Text.Secrets;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Read;
using Ingest.Worker.Commands.SourceLists.Opml;

namespace Ingest.Worker.Commands.SourceLists;

/// <summary><c>sources add URL</c>: looks what is there, and writes it into the settings.</summary>
internal static class AddSourceCommand
{
    private const int MostOthers = 5;

    private sealed record Request(string? Config, string Url, string? Name, string[] Tags);

    public static Command Create(Option<string?> config, Func<string?, FetchAsync> web)
    {
        var url = new Argument<string>("url") { Description = "A feed, a sitemap, or a page whose feed is looked for; https:// may be left out." };
        var name = new Option<string?>("--name") { Description = "What the source is called; without it, after the feed's title." };
        var tags = new Option<string[]>("--tag") { Description = "A word that is stored with the source; may be given several times." };
        url.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && UrlOf(text) is null)
                result.AddError($"'{UrlSecrets.Mask(text)}' is not a URL; write one with http or https.");
        });
        name.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && (text.Length == 0 || text.Contains(':', StringComparison.Ordinal)))
                result.AddError($"--name '{text}' cannot be the name of a source: write one without a colon.");
        });
        tags.Validators.Add(static result =>
        {
            foreach (var tag in result.Tokens.Select(static token => token.Value).Where(static tag => tag.Trim().Length == 0 || tag.Any(char.IsControl)))
                result.AddError($"--tag '{tag}' is empty, or has control characters.");
        });
        var command = new Command("add", "Find the feed at or behind a URL, read it once, and add it to the settings file, whose other text stays as it is.")
        { url, name, tags };
        command.SetAction((parsed, ct) =>
        {
            var request = new Request(parsed.GetValue(config), parsed.GetValue(url)!, parsed.GetValue(name), parsed.GetValue(tags) ?? []);
            return RunAsync(request, web(request.Config), ct);
        });
        return command;
    }

    private static Uri? UrlOf(string text) => CanonicalUrl.Parse(text) is not null ? new Uri(text.Trim())
        : !text.Contains("://", StringComparison.Ordinal) && CanonicalUrl.Parse($"https://{text}") is { } url
            && url.IdnHost.Contains('.', StringComparison.Ordinal)
            ? url
            : null;

    private static async Task<int> RunAsync(Request request, FetchAsync fetch, CancellationToken ct)
    {
        try
        {
            var url = UrlOf(request.Url)!;
            var settings = EditedSettings.Read(Settings.FileFor(request.Config));
            if (settings.NameOf(url) is { } same) return await SameAsync(url, same);
            if (request.Name is { } taken && settings.Sources.Any(source => source.Key.Equals(taken, StringComparison.OrdinalIgnoreCase)))
                return await FailAsync($"There is a source '{taken}' already: choose another --name.");
            var found = await FoundFeed.LookAsync(fetch, url, ct);
            if (found.Document is null) return await FailAsync($"{UrlSecrets.Without(url)} is not added: {found.Fault!.TrimEnd('.')}.");
            if (settings.NameOf(found.Url) is { } known) return await SameAsync(found.Url, known);
            var feed = new OpmlFeed(HtmlText.Line(found.Document.Title), found.Url, [.. request.Tags.Distinct(StringComparer.Ordinal)]);
            var name = request.Name ?? new SourceNames(settings.Sources.Select(static source => source.Key)).Take(feed);
            if (settings.Add([(name, feed)]) is { Count: > 0 } faults) return await FailAsync(string.Join(Environment.NewLine, faults));
            await settings.WriteAsync(ct);
            Tell(name, found, settings.File);
            await Console.Error.WriteLineAsync($"A running worker takes it up by itself; \"{IngestCommandLine.Name} run --once {name}\" visits it now.");
            return ExitCode.Ok;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return await FailAsync(error.Message);
        }
    }

    private static async Task<int> SameAsync(Uri url, string name)
    {
        await Console.Error.WriteLineAsync($"{UrlSecrets.Without(url)} is the source '{name}' already; nothing was changed.");
        return ExitCode.Ok;
    }

    private static async Task<int> FailAsync(string words)
    {
        await Console.Error.WriteLineAsync(words);
        return ExitCode.Failed;
    }

    private static void Tell(string name, FoundFeed found, string file)
    {
        var document = found.Document!;
        WriteLine($"{name}  {UrlSecrets.Without(found.Url).AbsoluteUri}");
        WriteLine($"  found     {Named(document)}{(found.Way is null ? "" : $", {found.Way}")}");
        WriteLine($"  holds     {Holds(document)}");
        foreach (var repair in document.Repairs) WriteLine($"  repaired  {repair}");
        foreach (var other in found.Others.Take(MostOthers)) WriteLine($"  also      {other.Url}{(other.Title is { } title ? $" \"{title}\"" : "")}");
        WriteLine($"  added to  {file}");
    }

    private static string Named(FeedDocument document) =>
        document.Title is { Length: > 0 } title ? $"{document.Format} \"{HtmlText.Line(title)}\"" : document.Format.ToString();

    private static string Holds(FeedDocument document)
    {
        if (document.Format == FeedFormat.SitemapIndex)
            return $"{Plural.Of(document.Children.Count, "sitemap")}, the newest of which become sources of their own";
        var newest = document.Entries.Select(static entry => (entry.Published ?? entry.Updated)?.Day).Max();
        var count = document.Entries.Count == 1 ? "1 entry" : $"{Plural.Of(document.Entries.Count)} entries";
        return newest is { } day ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count}, the newest of {day:yyyy-MM-dd}") : count;
    }

    private static void WriteLine(string line) => Console.Out.WriteLine(SafeLine.Of(line));
}
