using System.CommandLine;
using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Overview;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Search;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Commands.Look;

/// <summary><c>search WORDS</c>: the articles that have these words, once the index has all that is stored.</summary>
internal static class SearchCommand
{
    private const int MostRows = 1_000, UsualRows = 20, LongestQuery = 10_000;

    private static readonly IReadOnlyList<ListColumn<Row>> Shown =
    [
        new("id", static row => row.Count("article_id")),
        new("day", static row => row.Day("published_on")?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("source", static row => row.TextOrNone("source")),
        new("title", static row => row.TextOrNone("title")),
    ];

    private static readonly IReadOnlyList<ListColumn<Row>> All =
    [
        new("id", static row => row.Count("article_id")),
        new("published_on", static row => row.Day("published_on")?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("source", static row => row.TextOrNone("source")),
        new("url", static row => row.TextOrNone("url")),
        new("title", static row => row.TextOrNone("title")),
        new("snippet", static row => row.TextOrNone("snippet")),
    ];

    private sealed record Request(string Words, string? From, string? To, string? Language, int Rows, string Format)
    {
        public object[] Values => [Words, From ?? "", To ?? "", Language ?? "", Rows];
    }

    public static Command Create(Option<string?> config)
    {
        var words = new Argument<string[]>("words")
        {
            Description = "Words that all must be there; \"or\" between two lets one do, -word excludes, and a phrase is quoted within the shell's quotes.",
            Arity = ArgumentArity.OneOrMore,
        };
        words.Validators.Add(static result =>
        {
            var text = string.Join(' ', result.Tokens.Select(static token => token.Value));
            if (text.Length > 0 && !text.EnumerateRunes().Any(System.Text.Rune.IsLetterOrDigit)) result.AddError($"'{text}' has no word to look for.");
        });
        var from = DayOption.Create("--from", "The first day, YYYY-MM-DD.");
        var to = DayOption.Create("--to", "The last day, YYYY-MM-DD.");
        var language = new Option<string?>("--language") { Description = "Only articles in this language, whose words are then understood by its rules." };
        var limit = new Option<int>("--limit") { Description = $"How many are shown, 1 to {MostRows}.", DefaultValueFactory = static _ => UsualRows };
        var format = OutputFormat.Option();
        language.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && Ingest.Text.Languages.LanguageTag.Read(text) is null)
                result.AddError($"--language {text} is not a language tag, such as en or pt-BR.");
        });
        limit.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, CultureInfo.InvariantCulture, out var rows) && rows is >= 1 and <= MostRows))
                result.AddError($"--limit {text} is not a number from 1 to {MostRows}.");
        });
        var command = new Command("search", "Find articles by words, the likeliest first. The index is brought up to date before.")
        { words, from, to, language, limit, format };
        command.SetAction((parsed, ct) => RunAsync(
            parsed.GetValue(config),
            new Request(
                Cut(string.Join(' ', parsed.GetValue(words)!)), parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(language), parsed.GetValue(limit),
                parsed.GetValue(format)!),
            ct));
        return command;
    }

    private static string Cut(string words) => words.Length > LongestQuery ? words[..LongestQuery] : words;

    private static async Task<int> RunAsync(string? config, Request request, CancellationToken ct)
    {
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        if (!await CatchUpAsync(session.Services, ct)) return ExitCode.Failed;
        var rows = (await session.Services.GetRequiredService<ReaderQueries>().AskAsync([("page_found", request.Values)], ct))[0];
        ListOutput.Write(rows, request.Format, request.Format == OutputFormat.Table ? Shown : All);
        await Console.Error.WriteLineAsync(Summary(rows, request));
        return ExitCode.Ok;
    }

    private static async Task<bool> CatchUpAsync(IServiceProvider services, CancellationToken ct)
    {
        var scope = services.GetRequiredService<IOptions<SearchOptions>>().Value.Scope;
        if (scope == SearchScope.Off)
        {
            await Console.Error.WriteLineAsync("There is no search index: Ingest:Search:Scope is Off.");
            return false;
        }

        await services.GetRequiredService<SearchIndex>().CatchUpAsync(scope, ct);
        var backlog = await ChangeBacklog.LoadAsync(services.GetRequiredService<Database>(), ct);
        if (backlog.Held > 0)
            await Console.Error.WriteLineAsync($"Not all that is stored can be found yet: {backlog.Words(TimeProvider.System.GetUtcNow())}.");
        return true;
    }

    private static string Summary(IReadOnlyList<Row> rows, Request request)
    {
        if (rows.Count == 0) return $"Nothing was found for {request.Words}";
        var (matches, isExact) = (rows[0].Count("matches"), rows[0].Flag("all_found"));
        if (matches <= rows.Count && isExact) return $"{Plural.Of(rows.Count, "article")} found; \"{IngestCommandLine.Name} show ID\" prints one.";
        return
            $"{Plural.Of(rows.Count)} of {(isExact ? "" : "at least ")}{Plural.Of(matches)} articles shown; --limit shows more, --from and --to choose days.";
    }
}
