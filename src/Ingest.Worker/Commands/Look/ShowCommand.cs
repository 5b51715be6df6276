using System.CommandLine;
using System.Globalization;
using System.Threading.Tasks;
using Ingest.Identity;
using Ingest.Text.Secrets;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Storage.Overview;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Commands.Look;

/// <summary><c>show URL|ID</c>: an article, its text and where each part of it came from.</summary>
internal static class ShowCommand
{
    private const string Text = "text", Dated = "dated", Json = "json";

    public static Command Create(Option<string?> config)
    {
        var article = new Argument<string>("article") { Description = "Its number, or one of its URLs." };
        var format = new Option<string>("--format")
        {
            Description = "text, dated (dated-article text) or json (all that is known of it).", DefaultValueFactory = static _ => Text,
        };
        format.AcceptOnlyFromAmong(Text, Dated, Json);
        article.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && IdOf(text) is null && CanonicalUrl.Parse(text) is null)
                result.AddError($"'{UrlSecrets.Mask(text)}' is neither the number of an article nor a URL.");
        });
        var command = new Command("show", "Print an article: its text, and where each part of it came from.") { article, format };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(config), parsed.GetValue(article)!, parsed.GetValue(format)!, ct));
        return command;
    }

    private static long? IdOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static async Task<int> RunAsync(string? config, string article, string format, CancellationToken ct)
    {
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        var queries = session.Services.GetRequiredService<ReaderQueries>();
        var ids = IdOf(article) is { } stated ? [stated] : await FindAsync(queries, CanonicalUrl.Parse(article)!, ct);
        if (ids.Count > 1)
            await Console.Error.WriteLineAsync(
                $"{Plural.Of(ids.Count, "article")} share this URL: {string.Join(", ", ids.Select(static id => Plural.Of(id)))}; the newest is shown.");
        if (ids.Count > 0 && await WriteAsync(queries, ids[0], format, ct)) return ExitCode.Ok;
        await Console.Error.WriteLineAsync(
            IdOf(article) is { } id ? $"There is no article of the number {Plural.Of(id)}."
                : $"There is no article with the URL {UrlSecrets.Mask(article)}; \"{IngestCommandLine.Name} search WORDS\" finds articles by their words.");
        return ExitCode.Failed;
    }

    private static async Task<IReadOnlyList<long>> FindAsync(ReaderQueries queries, Uri url, CancellationToken ct)
    {
        var stored = UrlSecrets.Without(url);
        object[] values = [ArticleKey.Of(stored).Value, stored.AbsoluteUri, stored.Host];
        return [.. (await queries.AskAsync([("page_article_of_key", values)], ct))[0].Select(static row => row.Count("id"))];
    }

    private static async Task<bool> WriteAsync(ReaderQueries queries, long id, string format, CancellationToken ct)
    {
        switch (format)
        {
            case Dated:
                if ((await queries.AskAsync([("page_article_dated", [id])], ct))[0] is not [var dated]) return false;
                await Console.Out.WriteAsync(ArticleText.Lines(dated.Text("text")));
                return true;
            case Json:
                if ((await queries.AskAsync([("page_article_whole", [id])], ct))[0] is not [var whole]) return false;
                await Console.Out.WriteLineAsync(SafeLine.InJson(whole.Text("json")));
                return true;
            default:
                var answers = await queries.AskAsync(ArticleText.Questions(id), ct);
                if (answers[0].Count == 0) return false;
                ArticleText.Write(answers);
                return true;
        }
    }
}
