using Ingest.Identity;
using Ingest.Worker.Articles;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Words;
using Ingest.Worker.Tests.Configuration;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

public sealed class SavingTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Noon = SourceTable.Noon;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_late_visit_leaves_only_its_line_in_the_ledger()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a" } }""");
        var loaded = (await table.Store.LoadActiveAsync([], Ct)).Single();

        await table.Articles.SaveVisitAsync(Visit(loaded, Noon.AddMinutes(2), "\"new\"", "second"), Ct);
        await table.Articles.SaveVisitAsync(Visit(loaded, Noon.AddMinutes(1), "\"old\"", "first"), Ct);

        (await table.ReadAsync("select etag, to_char(last_polled_at at time zone 'UTC', 'HH24:MI') from ingest.sources")).ShouldBe(["\"new\" 12:02"]);
        (await table.ReadAsync("select title from ingest.articles")).ShouldBe(["second"]);
        (await table.ReadAsync("select count(*) from ingest.fetches")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task Visits_that_end_together_share_commits_and_one_that_cannot_be_saved_fails_alone()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(
            "{"
                + string.Join(',', Enumerable.Range(0, 60).Select(
                    static n => FormattableString.Invariant($$"""  "s{{n}}": { "Url": "https://example.com/{{n}}" } """)))
                + "}");
        var visits = (await table.Store.LoadActiveAsync([], Ct)).Select(static source => Visit(source, Noon, "\"1\"", source.Name)).ToList();
        await table.ReadAsync("alter table ingest.fetches add check (status <> 599)");
        visits[30] = visits[30] with { Fetch = visits[30].Fetch with { Status = 599 } };

        var saves = visits.ConvertAll(visit => table.Articles.SaveVisitAsync(visit, Ct));
        await Task.WhenAll(saves).ShouldThrowAsync<PostgresException>();

        saves.Count(static save => save.IsFaulted).ShouldBe(1);
        (await table.ReadAsync("select count(*), count(distinct source_id) from ingest.articles")).ShouldBe(["59 59"]);
        (await table.ReadAsync("select count(*) from ingest.sources where last_polled_at is not null")).ShouldBe(["59"]);
    }

    [Fact]
    public async Task Visits_that_end_together_are_few_transactions()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(
            "{"
                + string.Join(',', Enumerable.Range(0, 60).Select(
                    static n => FormattableString.Invariant($$"""  "s{{n}}": { "Url": "https://example.com/{{n}}" } """)))
                + "}");
        var visits = (await table.Store.LoadActiveAsync([], Ct)).Select(static source => Visit(source, Noon, "\"1\"", "shared")).ToList();

        await Task.WhenAll(visits.Select(visit => table.Articles.SaveVisitAsync(visit, Ct)));

        (await table.ReadAsync("select count(*), count(distinct xmin::text) <= 3 from ingest.fetches")).ShouldBe(["60 True"]);
        (await table.ReadAsync("select count(*) from ingest.articles")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_late_visit_of_a_page_leaves_only_its_line_in_the_ledger()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a" } }""");
        var source = (await table.Store.LoadActiveAsync([], Ct)).Single();
        var url = new Uri("https://example.com/story");
        await table.Articles.SaveVisitAsync(
            Visit(source, Noon, null, null) with
            {
                Changes = new EntryChanges { Pages = [new QueuedPage(ArticleKey.Of(url), url, null, Noon, Again: false)] },
            },
            Ct);
        var queue = new PageQueue(table.Database, new DuplicateSearch(new DuplicatesOptions()));
        var page = (await queue.LoadDueAsync(new DueQuery(HostSlot.OfPartition(0, 1), Noon, 10), Ct)).Single();

        await queue.SaveAsync(page, new PageOutcome.Read(Article(url, "newer"), url), Fetch(url, Noon, LedgerKind.Page), Noon, Ct);
        await queue.SaveAsync(page, new PageOutcome.Read(Article(url, "older"), url), Fetch(url, Noon, LedgerKind.Page), Noon, Ct);

        (await table.ReadAsync("select title, revision from ingest.articles")).ShouldBe(["newer 1"]);
        (await table.ReadAsync("select count(*) from ingest.page_queue")).ShouldBe(["0"]);
        (await table.ReadAsync("select count(*) from ingest.fetches where kind = 'page'")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_host_with_much_to_do_displaces_nobody_and_busy_hosts_are_skipped()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync("{}");
        await table.ExecuteAsync("""
            insert into ingest.sources (name, url, configured_url, depth, state, slot, full_text, tags, next_poll_at, failure_weight, created_at, updated_at)
            select 'big-' || n, u, u, 0, 'active', 1, 'auto', '{}'::text[], '2026-06-15 10:00Z'::timestamptz, 0, now(), now()
              from generate_series(1, 500) n, lateral (select 'https://big.example/' || n) x(u)
            union all select 'small', 'https://small.example/', 'https://small.example/', 0, 'active', 2, 'auto', '{}'::text[],
              '2026-06-15 11:00Z'::timestamptz, 0, now(), now()
            union all select 'same-slot', 'https://other.example/', 'https://other.example/', 0, 'active', 1, 'auto', '{}'::text[],
              '2026-06-15 11:00Z'::timestamptz, 0, now(), now()
            """);
        var query = new DueQuery([1, 2], Noon, 40);

        var due = await table.Store.LoadDueAsync(query, Ct);
        var others = await table.Store.LoadDueAsync(query with { Except = ["big.example"] }, Ct);

        due.Count.ShouldBe(21);
        due.Select(static source => source.Name).ShouldContain("small");
        others.Select(static source => source.Name).ShouldBe(["small", "same-slot"], ignoreOrder: true);
    }

    [Fact]
    public async Task Every_fourth_page_is_the_one_that_waited_longest()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a" } }""");

        // The older an article, the longer it waits.
        await table.ExecuteAsync("""
            insert into ingest.page_queue (article_key, source_id, url, slot, state, published_at, attempts, next_attempt_at, queued_at)
            select gen_random_uuid(), (select id from ingest.sources), 'https://example.com/' || n, 7, 'waiting',
              '2026-01-01Z'::timestamptz + n * interval '1 day', 0, '2026-01-01Z'::timestamptz + n * interval '1 day', now()
            from generate_series(1, 100) n
            """);
        var due = await new PageQueue(table.Database, new DuplicateSearch(new DuplicatesOptions())).LoadDueAsync(new DueQuery([7], Noon, 8), Ct);

        due.Select(static page => page.Url.AbsolutePath).ShouldBe(["/100", "/99", "/98", "/1", "/97", "/96", "/95", "/2"]);
    }

    [Fact]
    public async Task The_ledger_is_trimmed_by_age()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a" } }""");
        var source = (await table.Store.LoadActiveAsync([], Ct)).Single();
        foreach (var days in (int[])[100, 91, 89, 0]) await table.Articles.SaveVisitAsync(Visit(source, Noon.AddDays(-days), null, null), Ct);

        (await new LedgerRetention(table.Database).TrimAsync(Noon, Ct)).ShouldBe(2);

        (await table.ReadAsync("select min(day) = '2026-06-15'::date - 89, sum(fetches) from ingest.fetches_per_day")).ShouldBe(["True 2"]);
    }

    private static VisitWrites Visit(Source source, DateTimeOffset now, string? etag, string? title) => new()
    {
        Source = source,
        ServerTrust = ServerTrust.Of(source),
        Now = now,
        Plan = PollPlan.After(source, new PollOutcome.NotModified(), PollBounds.Default, now),
        Fetch = Fetch(source.Url, now, LedgerKind.Feed),
        Facts = etag is null ? null : new SourceFacts(etag, null, source.Url, Guid.Empty, null, null, null),
        Changes = title is null
            ? EntryChanges.None
            : new EntryChanges
            {
                New =
                [
                    new StoredArticle(
                        ArticleKey.Of(new Uri($"https://example.com/stories/{title}")),
                        Article(new Uri($"https://example.com/stories/{title}"), title), PageState.None),
                ],
            },
    };

    private static FetchEntry Fetch(Uri url, DateTimeOffset at, LedgerKind kind) =>
        new()
        {
            Id = Guid.CreateVersion7(at), Url = url, Kind = kind, StartedAt = at, Duration = TimeSpan.Zero, Status = 200,
            Outcome = FetchOutcome.Fetched, Node = "test",
        };

    private static DatedArticle Article(Uri url, string title) =>
        new()
        {
            Url = url, PublishedOn = null, DateSource = "none", Title = title, TitleSource = "feed", Headline = title, Description = "", Body = title,
            BodySource = "feed-content", Authors = [], Categories = [], Enclosures = [],
        };
}
