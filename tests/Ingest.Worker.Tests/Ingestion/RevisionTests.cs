using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Texts that change, go, come back, and are told twice, through whole visits.</summary>
[Collection(Alone.Name)]
public sealed class RevisionTests(PostgresFixture postgres)
{
    private const string Versions = "select revision, title, changed_fields, valid_to > valid_from from ingest.article_revisions order by id";

    [Fact]
    public async Task A_page_that_counts_its_readers_settles_and_a_real_change_after_that_is_kept()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin));
        for (var visit = 1; visit <= 6; visit++)
        {
            origin.Serve("/feed", Reply.Feed(Feed(origin, "Fire at the mill", $"teaser {visit}")));
            origin.Serve("/fire", Reply.Page(Page("Fire at the mill", $"Read by {visit * 17} people so far, and shared {visit} times.", "fire")));
            await worker.RunAsync();
            worker.Clock.Shift += TimeSpan.FromHours(2);
            await worker.RunAsync();
            worker.Clock.Shift += TimeSpan.FromHours(2);
        }

        (await worker.RowsAsync("select revision, doubtful_changes from ingest.articles")).ShouldBe(["4|3"]);
        origin.Serve("/feed", Reply.Feed(Feed(origin, "Mill burns down", "teaser 7")));
        origin.Serve("/fire", Reply.Page(Page("Mill burns down", "Read by 999 people so far, and shared 9 times.", "flood")));
        await worker.RunAsync();
        worker.Clock.Shift += TimeSpan.FromHours(2);
        await worker.RunAsync();

        (await worker.RowsAsync("select title, revision, revised_at is not null from ingest.articles")).ShouldBe(["Mill burns down|5|True"]);
        (await worker.RowsAsync(
            "select count(*), count(*) filter (where changed_fields @> '{body}'), max(revision), bool_and(valid_to > valid_from) "
                + "from ingest.article_revisions"))
            .ShouldBe(["4|4|4|True"]);
        (await worker.RowsAsync("select a.changed_xid = r.changed_xid from ingest.articles a, ingest.article_revisions r where r.revision = 4"))
            .ShouldBe(["True"]);
    }

    [Fact]
    public async Task A_page_that_is_gone_is_marked_and_the_mark_goes_when_it_is_back()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin));
        string[] teasers = ["one", "two", "three"];
        var changed = "";
        foreach (var (teaser, reply) in teasers.Zip(
            [Reply.Page(Page("Fire at the mill", "", "fire")), Reply.Error(410), Reply.Page(Page("Fire at the mill", "", "fire"))]))
        {
            origin.Serve("/feed", Reply.Feed(Feed(origin, "Fire at the mill", teaser)));
            origin.Serve("/fire", reply);
            await worker.RunAsync();
            worker.Clock.Shift += TimeSpan.FromHours(2);
            await worker.RunAsync();
            if (teaser == "two")
                (await worker.RowsAsync("select gone_at is not null, gone_reason like '%410%', page_state, body <> '' from ingest.articles"))
                    .ShouldBe(["True|True|read|True"]);
            if (teaser == "two") changed = (await worker.RowsAsync("select updated_at::text from ingest.articles")).Single();
            worker.Clock.Shift += TimeSpan.FromHours(2);
        }

        (await worker.RowsAsync("select gone_at is null, gone_reason is null, revision from ingest.articles")).ShouldBe(["True|True|1"]);
        (await worker.RowsAsync($"select updated_at > '{changed}' from ingest.articles")).ShouldBe(["True"]);
        (await worker.RowsAsync(Versions)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_entry_that_its_feed_deletes_is_marked_as_retracted_and_kept()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin));
        string Atom(string inner) =>
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                + $"xmlns:at=\"http://purl.org/atompub/tombstones/1.0\"><id>f</id><title>F</title><updated>2026-11-02T08:00:00Z</updated>{inner}</feed>";
        var content = string.Concat(SampleText.Paragraphs("fire", 5).Select(static text => $"&lt;p&gt;{text}&lt;/p&gt;"));
        origin.Serve("/feed", Reply.Feed(
            Atom(
                $"<entry><id>tag:1</id><title>Fire</title><link href=\"{origin.BaseUrl}fire\"/><updated>2026-11-02T08:00:00Z</updated><content "
                    + $"type=\"html\">{content}</content></entry>")));
        await worker.RunAsync();
        origin.Serve("/feed", Reply.Feed(
            Atom("<at:deleted-entry ref=\"tag:1\" when=\"2026-11-03T10:00:00Z\"><at:comment>It was not true.</at:comment></at:deleted-entry>")));

        await worker.RunAsync();

        (await worker.RowsAsync("select title, retracted_at at time zone 'UTC' = '2026-11-03 10:00', retraction from ingest.articles"))
            .ShouldBe(["Fire|True|the feed deleted its entry: It was not true."]);
    }

    [Fact]
    public async Task A_title_or_a_status_that_says_so_marks_the_article_as_retracted()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin));
        origin.Serve("/feed", Reply.Feed(Feed(origin, "Fire at the mill", "one")));
        const string claim =
            """<script type="application/ld+json">{"@type":"NewsArticle","headline":"Fire at the mill","creativeWorkStatus":"Retracted"}</script>""";
        origin.Serve("/fire", Reply.Page(Page("Fire at the mill", "", "fire").Replace("</head>", claim + "</head>", StringComparison.Ordinal)));

        await worker.RunAsync();

        (await worker.RowsAsync("select retracted_at is not null, retraction from ingest.articles"))
            .ShouldBe(["True|the page states the status \"Retracted\""]);
    }

    [Fact]
    public async Task An_unchanged_visit_writes_no_article_row_and_asks_the_database_twice()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin, "Never"));
        var feed = TestSite.Feed(origin.BaseUrl, 25);
        origin.Serve("/feed", Reply.Feed(feed), Reply.Feed(feed + "<!-- built again -->"));
        await worker.RunAsync();
        var before = await worker.ArticleTablesAsync();
        using var listener = new StatementListener();

        await worker.RunAsync();

        var statements = listener.Statements
            .Where(static text => text.Contains("article_sightings", StringComparison.Ordinal) || text.Contains("ingest.fetches", StringComparison.Ordinal))
            .ToList();
        (await worker.ArticleTablesAsync()).ShouldBe(before);
        statements.Count.ShouldBe(2, string.Join("\n--\n", statements));
        statements.ShouldContain(static text => text.Contains("update ingest.sources", StringComparison.Ordinal));
    }

    internal static Dictionary<string, string> Source(ScriptedOrigin origin, string fullText = "Auto") => new(StringComparer.Ordinal)
    {
        ["Ingest:Sources:site:Url"] = origin.Url("/feed").ToString(), ["Ingest:Sources:site:FullText"] = fullText,
    };

    internal static string Feed(ScriptedOrigin origin, string title, string teaser) =>
        "<rss version=\"2.0\"><channel><title>S</title><item><guid "
            + $"isPermaLink=\"false\">1</guid><link>{origin.BaseUrl}fire</link><title>{title}</title><pubDate>Mon, "
            + $"02 Nov 2026 08:15:00 GMT</pubDate><description>{teaser}</description></item></channel></rss>";

    private static string Page(string title, string counter, string text) =>
        $"<!doctype html><html lang=\"en\"><head><title>{title}</title><meta property=\"og:title\" "
            + $"content=\"{title}\"></head><body><article><h1>{title}</h1>"
            + $"{string.Concat(SampleText.Paragraphs(text, 4).Select(static p => $"<p>{p}</p>"))}<p>"
            + $"{counter} It was a long and quiet evening in the village behind the river.</p></article></body></html>";
}
