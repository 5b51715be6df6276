using Ingest.Identity;
using Ingest.Worker.Articles;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Words;
using Ingest.Worker.Tests.Configuration;
using Npgsql;

namespace Ingest.Worker.Tests.Storage.Values;

/// <summary>What PostgreSQL refuses, whatever the reason, costs its neighbours nothing.</summary>
public sealed class RefusalTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Noon = SourceTable.Noon;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("article", "alter table ingest.articles add check (url not like '%/7')")]
    [InlineData("article", "alter table ingest.article_sightings add check (url not like '%/7')")]
    [InlineData("article", "alter table ingest.page_queue add check (url not like '%/7')")]
    [InlineData(
        "article",
        "create unique index on ingest.articles (left(url, 20)) "
            + "where url like '%/7'; insert into ingest.articles select (jsonb_populate_record(a, jsonb_build_object('id', 99, 'url', "
            + "'https://example.com/other/7', 'article_key', gen_random_uuid()))).* from ingest.articles a")]
    [InlineData(
        "article",
        "create function ingest.much(t text) returns text language sql immutable return (select string_agg(md5(t || i), '') "
            + "from generate_series(1, case when t like '%/7' then 400 else 1 end) i); create index on ingest.articles (ingest.much(url))")]
    [InlineData(
        "article",
        "create function ingest.divide(t text) returns int language sql immutable return 1 / case when t like '%/7' then 0 else 1 end; "
            + "create index on ingest.articles (ingest.divide(url))")]
    [InlineData("found source", "alter table ingest.sources add check (name not like '%/0000000b')")]
    [InlineData("event", "alter table ingest.source_events add check (kind <> 'gone')")]
    public async Task The_row_at_fault_alone_is_left_out_and_noted_and_the_source_goes_on(string kind, string refusal)
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a" }, "b": { "Url": "https://example.org/b" } }""");
        var sources = await table.Store.LoadActiveAsync([], Ct);
        if (refusal.Contains("populate", StringComparison.Ordinal)) await table.Articles.ImportAsync([Row(new Uri("https://other.example/0"))], Noon, Ct);
        await table.ExecuteAsync(refusal);

        // Together, so that they share a commit.
        var saves = await Task.WhenAll(table.Articles.SaveVisitAsync(Visit(sources[0]), Ct), table.Articles.SaveVisitAsync(Quiet(sources[1]), Ct));

        var stored = kind == "article" ? "24" : "25";
        (await table.ReadAsync("select count(*) from ingest.articles where source_id is not null")).ShouldBe([stored]);
        (await table.ReadAsync("select count(*) from ingest.article_sightings")).ShouldBe([stored]);
        (await table.ReadAsync("select count(*) from ingest.page_queue")).ShouldBe([stored]);
        (await table.ReadAsync("select count(*) from ingest.sources where parent_id is not null")).ShouldBe([kind == "found source" ? "1" : "2"]);
        (await table.ReadAsync("select count(*) from ingest.source_events")).ShouldBe([kind == "event" ? "1" : "2"]);
        (await table.ReadAsync(
            "select name, etag, last_polled_at = '2026-06-15 12:00Z', next_poll_at > '2026-06-15 12:00Z', coalesce(last_error, 'none') from ingest.sources "
                + "where parent_id is null order by name"))
            .ShouldBe(["a \"1\" True True none", "b - True True none"]);
        var refused = (await table.ReadAsync("select work, kind, times from ingest.refusals")).ShouldHaveSingleItem();
        refused.ShouldBe($"visit {kind} 1");
        var told = (await table.ReadAsync(
            "select cause, entries_new, entries_rejected, failure from ingest.fetches where source_id = (select id from ingest.sources where name = 'a')"))
            .ShouldHaveSingleItem();
        told.ShouldStartWith($"Refused {stored} {(kind == "article" ? 1 : 0)} 1 not stored, because PostgreSQL refuses it: {kind}");
        saves[0].Fetch.Cause.ShouldBe("Refused");
        saves[1].Fetch.Cause.ShouldBeNull();
    }

    [Fact]
    public async Task Many_rows_at_fault_are_all_found_and_a_second_time_they_count_twice()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a" } }""");
        await table.ExecuteAsync("alter table ingest.articles add check (url !~ '[02468]$')");
        for (var visit = 0; visit < 2; visit++)
        {
            var source = (await table.Store.LoadActiveAsync([], Ct)).Single();
            await table.Articles.SaveVisitAsync(Visit(source) with { Now = Noon.AddHours(visit), Children = [], Events = [] }, Ct);
        }

        (await table.ReadAsync("select count(*) from ingest.articles")).ShouldBe(["12"]);
        (await table.ReadAsync("select count(*), min(times), max(times), count(distinct url) from ingest.refusals")).ShouldBe(["13 2 2 13"]);
    }

    [Fact]
    public async Task A_page_whose_text_is_refused_is_given_up_and_the_others_are_stored()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a" } }""");
        var source = (await table.Store.LoadActiveAsync([], Ct)).Single();
        await table.Articles.SaveVisitAsync(Visit(source) with { Children = [], Events = [] }, Ct);
        await table.ExecuteAsync("alter table ingest.articles add check (body not like 'From the page of %/7')");
        var queue = new PageQueue(table.Database, new DuplicateSearch(new DuplicatesOptions()));
        var due = await queue.LoadDueAsync(new DueQuery(HostSlot.OfPartition(0, 1), Noon, 100), Ct);

        await Task.WhenAll(due.Select(
            page =>
                queue.SaveAsync(
                    page, new PageOutcome.Read(Row(page.Url).Article with { Body = $"From the page of {page.Url}" }, page.Url), Fetch(page.Url), Noon, Ct)));

        (await table.ReadAsync("select count(*) from ingest.articles where page_state = 'read' and body like 'From the page%'")).ShouldBe(["24"]);
        (await table.ReadAsync("select url, state from ingest.page_queue")).ShouldBe(["https://example.com/7 failed"]);
        (await table.ReadAsync("select page_state, page_error like 'PostgreSQL refuses article%23514%' from ingest.articles where url like '%/7'"))
            .ShouldBe(["failed True"]);
        (await table.ReadAsync("select work, kind, url from ingest.refusals")).ShouldBe(["page article https://example.com/7"]);
    }

    [Theory]
    [InlineData("alter database {0} set default_transaction_read_only = on", "25006")]
    [InlineData("revoke insert on ingest.articles from ingest_worker; alter database {0} set role = ingest_worker", "42501")]
    public async Task What_nobody_can_write_now_is_no_fault_of_the_rows(string trouble, string state)
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a" } }""");
        var source = (await table.Store.LoadActiveAsync([], Ct)).Single();
        await table.ExecuteAsync(string.Format(
            System.Globalization.CultureInfo.InvariantCulture, trouble, (await table.ReadAsync("select current_database()"))[0]));
        table.Database.DataSource.Clear();

        (await Should.ThrowAsync<PostgresException>(() => table.Articles.SaveVisitAsync(Visit(source), Ct))).SqlState.ShouldBe(state);

        (await table.ReadAsync("select count(*) from ingest.refusals")).ShouldBe(["0"]);
        (await table.ReadAsync("select count(*) from ingest.fetches")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Rows_that_somebody_wrote_by_hand_stop_no_other_source_and_no_other_page()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(
            """{ "a": { "Url": "https://example.com/a" }, "b": { "Url": "https://example.com/b" }, "c": { "Url": "https://example.com/c" } }""");
        await table.Articles.SaveVisitAsync(Visit((await table.Store.LoadActiveAsync(["c"], Ct)).Single()) with { Children = [], Events = [] }, Ct);
        await table.ExecuteAsync("""
            update ingest.sources set url = 'no address' where name = 'a';
            update ingest.sources set time_zone = 'Mars/Olympus', schedule = '0 0 * * * ?' where name = 'b';
            update ingest.page_queue set url = '//' where url like '%/7';
            update ingest.articles set enclosures = '7', url = 'nowhere' where url like '%/8'
            """);

        (await table.Store.LoadActiveAsync([], Ct)).Select(static source => source.Name).ShouldBe(["c"]);
        (await table.ReadAsync("select name from ingest.sources where last_error is not null and next_poll_at > now() + interval '50 minutes' order by name"))
            .ShouldBe(["a", "b"]);
        var queue = new PageQueue(table.Database, new DuplicateSearch(new DuplicatesOptions()));
        (await queue.LoadDueAsync(new DueQuery(HostSlot.OfPartition(0, 1), Noon, 100), Ct)).Count.ShouldBe(23);
        (await table.ReadAsync("select state, last_error is not null from ingest.page_queue where url = '//'")).ShouldBe(["failed True"]);
    }

    private static VisitWrites Visit(Source source) => Quiet(source) with
    {
        Facts = new SourceFacts("\"1\"", null, source.Url, Guid.Empty, null, null, null),
        Fetch = Fetch(source.Url) with { Entries = new EntryCounts(25, 0, 0, 0) },
        Changes = new EntryChanges
        {
            New = [.. Urls.Select(Row)],
            Sightings =
            [
                .. Urls.Select(static url => new Sighting(
                    EntryKey.OfGuid(url.AbsoluteUri), ArticleKey.Of(url), null, url.AbsoluteUri, "Title", Guid.NewGuid())),
            ],
            Pages = [.. Urls.Select(static url => new QueuedPage(ArticleKey.Of(url), url, null, Noon, Again: false))],
            Aliases =
            [
                new Alias(
                    ArticleKey.Of(new Uri("https://example.com/seven")), new Uri("https://example.com/seven"), ArticleKey.Of(Urls[7]), NameReason.Moved),
            ],
        },
        Children =
        [
            new ChildSource("a/0000000a", new Uri("https://example.com/child/a")),
            new ChildSource("a/0000000b", new Uri("https://example.com/child/b")),
        ],
        Events = [new SourceEvent(SourceEventKind.Gone, "one"), new SourceEvent(SourceEventKind.Recovered, "two")],
    };

    private static IReadOnlyList<Uri> Urls { get; } =
    [
        .. Enumerable.Range(0, 25).Select(static i => new Uri(FormattableString.Invariant($"https://example.com/{i}"))),
    ];

    private static VisitWrites Quiet(Source source) => new()
    {
        Source = source, ServerTrust = ServerTrust.Of(source), Now = Noon,
        Plan = PollPlan.After(source, new PollOutcome.NotModified(), PollBounds.Default, Noon), Fetch = Fetch(source.Url),
    };

    private static FetchEntry Fetch(Uri url) =>
        new()
        {
            Id = Guid.CreateVersion7(Noon), Url = url, Kind = LedgerKind.Feed, StartedAt = Noon, Duration = TimeSpan.Zero, Status = 200,
            Outcome = FetchOutcome.Fetched,
            Node = "test",
        };

    private static StoredArticle Row(Uri url) => new(
        ArticleKey.Of(url),
        new DatedArticle
        {
            Url = url, PublishedOn = null, DateSource = "none", Title = $"Title of {url}", TitleSource = "feed", Headline = "", Description = "",
            Body = $"Body of {url}", BodySource = "feed-content", Authors = [], Categories = [], Enclosures = [],
        },
        PageState.Waiting);
}
