using System.Globalization;
using Ingest.Feeds;
using Ingest.Identity;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>
/// <c>storage-updates [ARTICLES [FOLDER]]</c>: what visits and updates write into a database of so many articles (100,000) and 2,000 sources: log, dead rows,
/// and the share of updates that touch no index.
/// </summary>
internal static class StorageUpdates
{
    private const int Visits = 4_000;
    private const int Pages = 2_000;

    // As many visits end together on a busy worker.
    private const int AtOnce = 20;

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "ingest-updates-" + Path.GetRandomFileName());
        try
        {
            await using var server = await GrowthServer.StartAsync(folder);
            await using var database = await server.OpenAsync("updates");
            var articles = new GeneratedArticles();
            if (await Sql.ValueAsync<long>(database, "select count(*) from (select from ingest.articles limit 1) x") == 0)
                await GrowthLoad.RunAsync(database, articles, count, Console.WriteLine);
            await Sql.RunAsync(database, "vacuum analyze");
            await new Run(database, articles, count).TakeAsync();
            return 0;
        }
        finally
        {
            if (args.Length < 2 && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Run(Database database, GeneratedArticles articles, long stored)
    {
        private readonly WriteMeter meter = new(database, Console.WriteLine);
        private readonly ArticleStore store = new(database, new DuplicateSearch(new DuplicatesOptions()));
        private readonly PageQueue queue = new(database, new DuplicateSearch(new DuplicatesOptions()));
        private readonly SourceStore sources = new(database);
        private DateTimeOffset now = DateTimeOffset.UtcNow;
        private readonly long total = stored;
        private long next = stored;

        public async Task TakeAsync()
        {
            // Pages that are touched for the first time since a checkpoint are logged whole: they are touched before.
            await VisitAsync(2_000, static (_, _) => EntryChanges.None);
            await meter.TellAsync("visits that brought nothing (304)", Visits, () => VisitAsync(Visits, static (_, _) => EntryChanges.None));
            await meter.TellAsync("visits that brought an article", Pages, () => VisitAsync(Pages, Added));
            var revised = await AddedAsync(Pages);
            await meter.TellAsync("articles that their feed revised", Pages, () => VisitAsync(Pages, (_, i) => Revised(revised[i])));
            await VisitAsync(Pages, Queued);
            var due = await queue.LoadDueAsync(new DueQuery(HostSlot.OfPartition(0, 1), now.AddDays(1), Pages), CancellationToken.None);
            now += TimeSpan.FromMinutes(5);
            var failing = due.Take(Pages / 2).ToList();
            await meter.TellAsync("pages that failed and wait", failing.Count, () => SaveAsync(failing, static (_, at) => Failed(at)));
            var rest = due.Skip(Pages / 2).ToList();
            await meter.TellAsync("pages that completed their article", rest.Count, () => SaveAsync(rest, (page, _) => Read(page)));
        }

        private async Task VisitAsync(int count, Func<Source, int, EntryChanges> changes)
        {
            for (var done = 0; done < count;)
            {
                var round = (await sources.LoadActiveAsync([], CancellationToken.None)).Take(count - done).ToList();
                now += TimeSpan.FromMinutes(5);
                foreach (var group in round.Select((source, i) => VisitOf(source, changes(source, done + i))).Chunk(AtOnce))
                    await Task.WhenAll(group.Select(visit => store.SaveVisitAsync(visit, CancellationToken.None)));
                done += round.Count;
            }
        }

        private VisitWrites VisitOf(Source source, EntryChanges changes) => new()
        {
            Source = source,
            ServerTrust = ServerTrust.Of(source),
            Now = now,
            Plan = PollPlan.After(
                source, changes.IsEmpty ? new PollOutcome.NotModified() : new PollOutcome.Read(RefreshHints.None) { News = [now] }, PollBounds.Default, now),
            Fetch = Fetch(source.Url, LedgerKind.Feed),
            Changes = changes,
        };

        private FetchEntry Fetch(Uri url, LedgerKind kind) => new()
        {
            Id = Guid.CreateVersion7(now), Url = url, Kind = kind, StartedAt = now, Duration = TimeSpan.FromMilliseconds(80), Status = 200,
            Outcome = FetchOutcome.Fetched, Attempts = 1, Conditional = true, Node = "node:1",
        };

        private EntryChanges Added(Source source, int visit) => Added(1);

        private EntryChanges Added(int count)
        {
            var made = Enumerable.Range(0, count).Select(_ => articles.Make(next++, total).Stored with { PageState = PageState.None }).ToList();
            return new EntryChanges { New = made, Sightings = made.ConvertAll(SightingOf) };
        }

        // One in five is revised later, as a page of the table holds some that are and others that are not.
        private async Task<List<StoredArticle>> AddedAsync(int count)
        {
            var added = new List<StoredArticle>();
            await VisitAsync(count, (_, _) =>
            {
                var changes = Added(5);
                added.Add(changes.New[2]);
                return changes;
            });
            return added;
        }

        private static EntryChanges Revised(StoredArticle article) => new()
        {
            Changed =
            [
                article with
                {
                    Article = article.Article with { Body = article.Article.Body + "\n\nThe paper has added, in a paragraph of its own, what it heard." },
                },
            ],
        };

        // As a feed of teasers shows it: without its text, and often without its authors.
        private EntryChanges Queued(Source source, int visit)
        {
            var made = articles.Make(next++, total).Stored;
            var told = made.Article with { Body = "", Authors = visit % 2 == 0 ? made.Article.Authors : [] };
            var teaser = made with { Article = told, PageState = PageState.Waiting };
            return new EntryChanges
            {
                New = [teaser], Sightings = [SightingOf(made)],
                Pages = [new QueuedPage(made.Key, made.Article.Url, made.Article.PublishedAt, now, Again: false)],
            };
        }

        private static Sighting SightingOf(StoredArticle made) =>
            new(new EntryKey(made.Key.Value), made.Key, made.Article.Url.AbsoluteUri, made.Article.Url.AbsoluteUri, made.Article.Title, made.Key.Value);

        private async Task SaveAsync(IReadOnlyList<DuePage> pages, Func<DuePage, DateTimeOffset, PageOutcome> outcome)
        {
            foreach (var group in pages.Chunk(AtOnce))
                await Task.WhenAll(
                    group.Select(page => queue.SaveAsync(page, outcome(page, now), Fetch(page.Url, LedgerKind.Page), now, CancellationToken.None)));
        }

        private static PageOutcome Failed(DateTimeOffset now) => new PageOutcome.Later(now.AddHours(1), "HTTP 503", CountsAsAttempt: true);

        // The number of a generated article ends its URL.
        private PageOutcome Read(DuePage page) => new PageOutcome.Read(
            articles.Make(long.Parse(page.Url.AbsoluteUri.Split('-')[^1], CultureInfo.InvariantCulture), total).Stored.Article, page.Url);
    }
}
