using Ingest.Identity;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Hooks;
using Ingest.Worker.Storage.Hosts;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Words;
using Ingest.Worker.Tests.Configuration;
using static Ingest.Worker.Tests.Storage.Values.HostileRows;

namespace Ingest.Worker.Tests.Storage.Values;

/// <summary>
/// Hostile texts are written into every column of text by every road: visits, pages, imports, settings, holds. Nothing is refused, and the search finds the
/// others.
/// </summary>
public sealed class HostileValueTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Noon = SourceTable.Noon;

    // Columns that take words of ours only. Whoever adds a column of text adds it to the roads below, or here.
    private static readonly string[] OwnWords =
    [
        "article_aliases.reason", "article_changes.kind", "article_links.reason", "article_revisions.changed_fields", "article_revisions.kind",
        "articles.page_state", "fetch_counts.kind", "fetches.kind", "fetches.outcome", "page_queue.state",
        "refusals.kind", "refusals.sql_state", "refusals.version", "refusals.work", "schema_migrations.migration_id",
        "schema_migrations.product_version", "schema_objects.hash", "schema_objects.kind", "schema_objects.name", "schema_objects.version",
        "guesses.outcome", "robots_files.state", "search_progress.scope", "source_events.kind", "sources.full_text", "sources.state",
        "sources.validator_trust", "change_epoch.epoch",
        "source_drift.kinds", "drift_progress.cursor", "webhooks.cursor", "webhooks.event_cursor", "webhooks.state", "webhooks.url",
        // An address of ours is parsed before, which percent-encodes what is hostile in it.
        "article_aliases.url", "article_revisions.url", "articles.url", "articles.host", "fetches.final_url", "fetches.url", "guesses.url", "page_queue.url",
        "page_validators.url", "sources.configured_url", "sources.moved_to", "sources.url", "sources.validators_url",
        // Cut from another column, in lower case.
        "articles.language_base",
        // Read from known sets: cron expressions, zones of the machine.
        "sources.schedule", "sources.time_zone",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(HostileText.Kinds), MemberType = typeof(HostileText))]
    public async Task Every_column_of_text_takes_whatever_comes_by_every_road(string kind)
    {
        var hostile = HostileText.Of(kind);
        await using var table = await SourceTable.CreateAsync(postgres);
        await SettingsAsync(table, hostile);
        await VisitsAsync(table, hostile);
        await PagesAsync(table, hostile);
        await new HttpsHosts(table.Database).SaveAsync(hostile[..Math.Min(hostile.Length, 200)], Noon.AddDays(1), Noon, Ct);
        await new HostHolds(table.Database).SaveAsync(new HostHold(hostile[..Math.Min(hostile.Length, 200)], Noon.AddDays(1), 429), Noon, Ct);
        await RobotsAsync(table, hostile);
        await ImportAsync(table, hostile);
        await RefuseAsync(table, hostile);
        await HooksAsync(table, hostile);

        (await UntouchedAsync(table)).ShouldBeEmpty();
        (await table.ReadAsync("select count(*) from ingest.articles where title like 'Neighbour%'")).ShouldBe(["3"]);
        while ((await table.ReadAsync("select pg_snapshot_xmin(pg_current_snapshot()) > (select max(xid) from ingest.article_changes)"))[0] != "True")
            await Task.Delay(20, Ct);
        await new SearchIndex(table.Database).CatchUpAsync(SearchScope.Body, Ct);
        (await table.ReadAsync("select count(*) from ingest.refusals where work = 'search'")).ShouldBe(["0"]);
        (await table.ReadAsync("select count(*) from ingest.search('neighbour')")).ShouldBe(["3"]);
        (await table.ReadAsync("select count(*) from ingest.articles a left join ingest.article_search s on s.article_id = a.id where s is null"))
            .ShouldBe(["0"]);
    }

    private static async Task SettingsAsync(SourceTable table, string hostile)
    {
        // What settings must not hold is refused where they are read; the store must take what comes all the same.
        var tag = hostile[..Math.Min(hostile.Length, 300)];
        var source = new ConfiguredSource(
            tag[..Math.Min(tag.Length, 200)], new Uri("https://example.com/feed"), FullText.Auto, new PollRhythm(null, TimeZoneInfo.Utc, null), [tag]);
        await table.Store.SynchroniseAsync([source], [], new FirstPollPace(5, TimeSpan.MaxValue), Noon, Ct);
        await table.Control.PollAsync([source.Name], Noon, Ct);
    }

    private static async Task VisitsAsync(SourceTable table, string hostile)
    {
        var first = new Uri("https://example.com/1");
        var revised = Row(first, hostile + " Revised", PageState.None);
        var visits = new Func<Source, VisitWrites>[]
        {
            source => With(Visit(source, Noon, hostile), changes => changes with
            {
                New = [Row(first, hostile, PageState.None), Row(new Uri("https://example.com/2"), "Neighbour of a visit", PageState.None)],
            }),
            source => With(Visit(source, Noon.AddHours(1), hostile), changes => changes with
            {
                Changed = [revised with { Article = revised.Article with { Body = hostile + " Something else altogether, and at some length." } }],
            }),
        };
        foreach (var make in visits)
        {
            var source = (await table.Store.LoadActiveAsync([], Ct)).Single(static one => one.Depth == 0);
            (await table.Articles.SaveVisitAsync(make(source), Ct)).Fetch.Cause.ShouldBe(hostile);
        }
    }

    private static VisitWrites With(VisitWrites visit, Func<EntryChanges, EntryChanges> more) => visit with { Changes = more(visit.Changes) };

    private static async Task PagesAsync(SourceTable table, string hostile)
    {
        var queue = new PageQueue(table.Database, new DuplicateSearch(new DuplicatesOptions()));
        var source = (await table.Store.LoadActiveAsync([], Ct)).Single(static one => one.Depth == 0);
        Uri[] urls = [.. Enumerable.Range(1, 4).Select(static i => new Uri(FormattableString.Invariant($"https://example.com/page/{i}")))];
        await table.Articles.SaveVisitAsync(With(Visit(source, Noon.AddHours(2), hostile), changes => changes with
        {
            New = [.. urls.Skip(1).Select(url => Row(url, hostile, PageState.Waiting))],
            Pages = [.. urls.Select(static url => new QueuedPage(ArticleKey.Of(url), url, DateTimeOffset.MaxValue, Noon, Again: false))],
        }), Ct);
        var due = await queue.LoadDueAsync(new DueQuery(HostSlot.OfPartition(0, 1), Noon, 10), Ct);
        due.Count.ShouldBe(4);
        foreach (var page in due)
        {
            PageOutcome outcome = page.Url.AbsolutePath[^1] switch
            {
                '1' => new PageOutcome.Read(Row(page.Url, "Neighbour of a page", PageState.Read).Article, page.Url),
                '2' => new PageOutcome.Read(Row(page.Url, hostile, PageState.Read).Article, new Uri(
                    page.Url,
                    "?" + Uri.EscapeDataString(hostile[..Math.Min(hostile.Length, 100)].Replace('\uD800', ' ').Replace('\uD83D', ' ').Replace('\uDC00', ' '))))
                {
                    Validators = new Worker.Storage.Pages.PageValidators(page.Url, hostile, hostile),
                },
                '3' => new PageOutcome.GivenUp(hostile, IsGone: true),
                _ => new PageOutcome.Rejected(hostile),
            };
            await queue.SaveAsync(page, outcome, Fetch(page.Url, Noon, hostile), Noon, Ct);
        }
    }

    private static async Task RobotsAsync(SourceTable table, string hostile)
    {
        var (files, name) = (new RobotsFiles(table.Database), hostile[..Math.Min(hostile.Length, 200)]);
        var read = new RobotsFile(name, RobotsState.Read, Noon, Noon.AddDays(1)) { Body = [0, 1, 255], ETag = name, LastModified = name, ValidatorsUrl = name };
        await files.SaveAsync(read, Ct);
        await files.SaveAsync(read with { Failure = hostile, CheckedAt = Noon.AddHours(1) }, Ct);
        (await files.LoadAsync(name, Ct)).ShouldNotBeNull().Body.ShouldBe([0, 1, 255]);
    }

    private static Task<int> ImportAsync(SourceTable table, string hostile) => table.Articles.ImportAsync(
        [
            StoredArticle.FromArchive(
                Row(new Uri("https://archive.example/1"), hostile, PageState.None).Article with { PublishedOn = DateOnly.MinValue },
                new ArticleMarks(DateTimeOffset.MinValue, hostile, DateTimeOffset.MaxValue, hostile)),
            StoredArticle.FromArchive(
                Row(new Uri("https://archive.example/2"), "Neighbour of an import", PageState.None).Article with { PublishedOn = DateOnly.MaxValue },
                ArticleMarks.None),
        ],
        Noon,
        Ct);

    private static async Task RefuseAsync(SourceTable table, string hostile)
    {
        await using var connection = await table.Database.DataSource.OpenConnectionAsync(Ct);
        await using var batch = new Npgsql.NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Worker.Storage.Ledger.Refusal.Note("visit", [new(Guid.NewGuid(), "article", hostile, null, new InvalidOperationException(hostile))], Noon),
            },
        };
        await batch.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>The columns of text that no hostile text reached.</summary>
    private static async Task HooksAsync(SourceTable table, string hostile)
    {
        var (hooks, name) = (new HookStore(table.Database), hostile[..Math.Min(hostile.Length, 200)]);
        var place = (await hooks.LoadPlacesAsync([(name, new Uri("https://example.com/hook"))], Noon, Ct)).Single();
        (await hooks.SaveAsync(place, isOfEvents: false, new HookProgress(place.Cursor, 0) { Error = hostile }, Noon, Ct)).ShouldBeTrue();
        (await hooks.LoadChangesAsync(place.Cursor, 10, hostile, Ct)).ShouldNotBeNull();
    }

    private static async Task<IReadOnlyList<string>> UntouchedAsync(SourceTable table)
    {
        var columns = await table.ReadAsync("""
            select c.table_name || '.' || c.column_name
            from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
            where c.table_schema = 'ingest' and t.table_type = 'BASE TABLE' and c.table_name !~ '^fetches_' and (c.data_type in ('text', 'jsonb', 'json', 'character varying', 'xml')
              or c.udt_name in ('_text', '_varchar'))
            order by 1
            """);
        columns.ShouldContain("articles.title");
        OwnWords.Except(columns, StringComparer.Ordinal).ShouldBeEmpty("no such column any more");
        var untouched = new List<string>();
        foreach (var column in columns.Except(OwnWords, StringComparer.Ordinal))
        {
            var (relation, name) = (column.Split('.')[0], column.Split('.')[1]);
            if ((await table.ReadAsync($"select exists (select from ingest.{relation} where {name}::text like '%{HostileText.Mark}%')"))[0] != "True")
                untouched.Add(column);
        }

        return untouched;
    }
}
