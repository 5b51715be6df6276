using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Operations.Listening;
using Ingest.Worker.Operations.Metering;
using Ingest.Worker.Storage.Overview;

namespace Ingest.Worker.Operations.Site;

/// <summary>The status page and what it leads to. The overview is made at most once in 15 s, however many look.</summary>
internal sealed class SiteRoutes(ReaderQueries queries, OverviewCache overview, HealthChecks health, TimeProvider time)
{
    private readonly Lock turn = new();
    private Task<IReadOnlyList<IReadOnlyList<Row>>>? asking;
    private long asked;

    public IEnumerable<Route> All() =>
    [
        new Route("/", async (_, ct) => new Reply(200, Reply.Html, (await StatusAsync(ct)).Page())),
        new Route("/api/status.json", async (_, ct) => new Reply(200, Reply.Json, (await StatusAsync(ct)).ToJson() + "\n")),
        new Route("/sources", SourcesAsync),
        new Route("/source", SourceAsync),
        new Route("/article", ArticleAsync),
        new Route("/search", SearchAsync),
        new Route("/style.css", static (_, _) => Task.FromResult(new Reply(200, "text/css; charset=utf-8", Layout.Style))),
    ];

    private async Task<StatusView> StatusAsync(CancellationToken ct)
    {
        await overview.RefreshAsync(ct);
        return new StatusView(time.GetUtcNow(), await health.ReadyAsync(ct), overview.Latest, await AnswersAsync().WaitAsync(ct));
    }

    private Task<IReadOnlyList<IReadOnlyList<Row>>> AnswersAsync()
    {
        lock (turn)
        {
            var isFresh = asking is { IsCompletedSuccessfully: true } && time.GetElapsedTime(asked) < OverviewCache.Every;
            if (asking is not null && (isFresh || !asking.IsCompleted)) return asking;
            asked = time.GetTimestamp();
            return asking = queries.AskAsync(StatusView.Questions(time.GetUtcNow()), CancellationToken.None);
        }
    }

    private async Task<Reply> SourcesAsync(IReadOnlyDictionary<string, string> query, CancellationToken ct)
    {
        var (health, part) = (Of(query, "health"), Of(query, "name"));
        var rows = await queries.AskAsync([SourcesView.Question(time.GetUtcNow(), health, part, Of(query, "from"))], ct);
        return new Reply(200, Reply.Html, SourcesView.Page(rows[0], health, part));
    }

    private async Task<Reply> SourceAsync(IReadOnlyDictionary<string, string> query, CancellationToken ct) =>
        Found(SourceView.Page(await queries.AskAsync(SourceView.Questions(Of(query, "name"), time.GetUtcNow()), ct)), "There is no source of this name.");

    private async Task<Reply> ArticleAsync(IReadOnlyDictionary<string, string> query, CancellationToken ct) =>
        long.TryParse(Of(query, "id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? Found(ArticleView.Page(await queries.AskAsync(ArticleView.Questions(id), ct)), "There is no article of this number.")
            : Reply.Text(400, "An article is asked for by its number: /article?id=17.");

    private async Task<Reply> SearchAsync(IReadOnlyDictionary<string, string> query, CancellationToken ct)
    {
        var words = Of(query, "q");
        if (words.Length > SearchView.LongestQuery) words = words[..SearchView.LongestQuery];
        var rows = words.Trim().Length == 0 ? [] : (await queries.AskAsync([("page_search", [words])], ct))[0];
        return new Reply(200, Reply.Html, SearchView.Page(rows, words));
    }

    private static Reply Found(string? page, string none) =>
        page is null ? new Reply(404, Reply.Html, Layout.Page("Not found", Html.Of($"<p>{none}</p>"))) : new Reply(200, Reply.Html, page);

    // PostgreSQL knows no text with a zero character.
    private static string Of(IReadOnlyDictionary<string, string> query, string name) =>
        query.GetValueOrDefault(name, "").Replace("\0", "", StringComparison.Ordinal);
}
