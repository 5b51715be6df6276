using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Ingest.Worker.Operations.Site;
using Ingest.Worker.Origin;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Tests.Ingestion;

namespace Ingest.Worker.Tests.Operations;

/// <summary>The status page and what it leads to, asked over loopback.</summary>
public sealed class StatusPageTests(PostgresFixture postgres)
{
    private const string Evil = "<script>alert(1)</script>\u001b[31m\" onload=x ?token=S3CRET";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_of_what_was_visited_lead_to_each_other_and_need_no_script()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(2);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 2))).Serve("/broken", Reply.Error(500));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(
            database.ConnectionString,
            ("Ingest:Sources:site:Url", origin.Url("/feed").ToString()),
            ("Ingest:Sources:broken:Url", origin.Url("/broken").ToString()));
        await host.Worker.RunAsync();

        var status = await PageAsync(host, "/");
        status.ShouldContain("✓ service</span> runs.");
        foreach (var words in (string[])
            ["<b>1</b> <a href=\"/sources?health=failing\">failing sources</a>", "Sources that fail", "The server said 500", "Due next", "<svg ", "100 %"])
            status.ShouldContain(words);
        (await PageAsync(host, "/sources?health=failing")).ShouldSatisfyAllConditions(
            static page => page.ShouldContain("<a href=\"/source?name=broken\">broken</a>"), static page => page.ShouldNotContain("name=site"));
        (await PageAsync(host, "/sources?name=SIT")).ShouldContain("/source?name=site");

        var source = await PageAsync(host, "/source?name=site");
        source.ShouldContain("Newest articles");
        source.ShouldContain("Last fetches");
        var article = await PageAsync(host, source[source.IndexOf("/article?id=", StringComparison.Ordinal)..].Split('"')[0]);
        article.ShouldContain("<article ");
        article.ShouldContain("Shown by");
        article.ShouldContain("<a href=\"/source?name=site\">site</a>");
        foreach (var (path, expected) in ((string, HttpStatusCode)[])
            [("/source?name=nobody", HttpStatusCode.NotFound), ("/article?id=99999999", HttpStatusCode.NotFound), ("/article?id=x", HttpStatusCode.BadRequest),
             ("/article", HttpStatusCode.BadRequest), ("/style.css", HttpStatusCode.OK)])
            (await host.GetAsync(path)).Status.ShouldBe(expected, path);
    }

    [Fact]
    public async Task The_overview_is_there_as_JSON_with_stable_names()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(database.ConnectionString);
        await ExecuteAsync(
            host, "insert into ingest.host_holds (host, not_before, status, set_at) values ('slow.example', now() + interval '1 hour', 429, now())");

        var json = JsonDocument.Parse((await host.GetAsync("/api/status.json")).Text).RootElement;
        json.GetProperty("ready").GetBoolean().ShouldBeTrue();
        json.GetProperty("health")[0].GetProperty("name").GetString().ShouldBe("service");
        json.GetProperty("numbers").GetProperty("pages.waiting").GetDouble().ShouldBe(0);
        json.GetProperty("held")[0].GetProperty("host").GetString().ShouldBe("slow.example");
        json.EnumerateObject().Select(static one => one.Name)
            .ShouldBe(["at", "ready", "health", "numbers", "hours", "workers", "failing", "quiet", "held"]);
    }

    [Fact]
    public async Task What_strangers_wrote_is_text_on_every_page_and_tells_no_secret()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(database.ConnectionString);
        await PlantAsync(host);
        var id = (await host.Worker.RowsAsync("select id from ingest.articles"))[0];

        foreach (var path in (string[])
            ["/", "/sources", "/source?name=" + Uri.EscapeDataString("evil<b>"), $"/article?id={id}", "/search?q=%3Cscript%3E%22%20onload%3D",
             "/sources?health=%22%3E%3Cscript%3E&name=%22%3E%3Cscript%3E", "/source?name=%3Cscript%3E"])
        {
            var (_, text) = await host.GetAsync(path);
            text.ShouldNotContain("<script", Case.Insensitive, path);
            text.ShouldNotContain("S3CRET", Case.Sensitive, path);
            text.ShouldNotContain("\u001b", Case.Sensitive, path);
            text.ShouldNotContain("javascript:x\"", Case.Sensitive, path);
            WellFormed(text, path);
        }
    }

    [Fact]
    public async Task An_article_shows_what_it_said_before_and_a_search_finds_it()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(database.ConnectionString);
        await PlantAsync(host);
        await ExecuteAsync(
            host,
            """
            update ingest.articles set title = 'Harbour opened', body = E'It opened.\n\nThe mayor spoke.\n\nAll went home.', revision = 2;
            insert into ingest.article_revisions (article_id, revision, kind, url, title, headline, description, body, content_hash, valid_from, valid_to,
                                                  changed_fields, changed_words, changed_xid)
            select id, 1, 'revised', url, 'Harbour opens', '', '', E'It opens.\n\nThe mayor spoke.\n\nAll went home.', article_key, now(), now(),
                   '{title,body}', 3, pg_current_xact_id() from ingest.articles
            """);
        await SettleAsync(host);
        await host.Worker.Get<SearchIndex>().CatchUpAsync(SearchScope.Body, Ct);
        var id = (await host.Worker.RowsAsync("select id from ingest.articles"))[0];

        var page = await PageAsync(host, $"/article?id={id}");
        page.ShouldContain("<h3>− <del>Harbour opens</del><br>+ <ins>Harbour opened</ins></h3>");
        page.ShouldContain("<p>− <del>It opens.</del></p>\n<p>+ <ins>It opened.</ins></p>\n<p class=\"soft\">… 2 paragraphs as before …</p>");
        var found = await PageAsync(host, "/search?q=mayor");
        found.ShouldContain($"<a href=\"/article?id={id}\">Harbour opened</a>");
        found.ShouldContain("<mark>mayor</mark>");
    }

    [Theory]
    [InlineData("a\nb\nc", "a\nx\nc", "… 1 |-b|+x|… 1 ")]
    [InlineData("a\nb", "a\nb", "… 2 ")]
    [InlineData("", "a", "+a")]
    [InlineData("a\nb\nc\nd", "b\nd\ne", "-a|b|-c|d|+e")]
    public void A_difference_keeps_what_both_have(string before, string after, string expected) =>
        string.Join('|', TextDiff.Between(before, after).Text.Replace("\n", "", StringComparison.Ordinal).Split("</p>", StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Replace("<p>− <del>", "-", StringComparison.Ordinal).Replace("<p>+ <ins>", "+", StringComparison.Ordinal)
                .Replace("<p class=\"soft\">", "", StringComparison.Ordinal).Replace("<p>", "", StringComparison.Ordinal).Split("</")[0].Split("paragraph")[0]))
            .ShouldBe(expected);

    [Fact]
    public async Task It_asks_as_a_reader_who_can_write_nothing()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(database.ConnectionString);
        using var listener = new StatementListener(new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString).Database);

        await host.GetAsync("/sources");
        listener.Statements.ShouldContain(static text => text.Contains("set transaction read only", StringComparison.Ordinal));
        listener.Statements.ShouldContain(static text => text.Contains("'ingest_reader'", StringComparison.Ordinal));
    }

    // A source and an article whose every text is hostile, and everything that stands beside them on a page.
    private static Task PlantAsync(StatusHost host)
    {
        const string Rows = """
            insert into ingest.sources (id, name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, next_poll_reason, failure_weight,
              last_polled_at, last_error, title, site_url, last_news_at, news_gap, created_at, updated_at)
            values (1, 'evil<b>', 'https://e.example/?token=S3CRET', 'https://e.example/', 1, 0, 'active', 'auto', array[@evil], now(), @evil, 1, now(), @evil,
              @evil, 'javascript:x', now() - interval '30 days', '1 hour', now(), now());
            insert into ingest.articles (article_key, url, published_on, date_source, title, title_source, headline, description, body, body_source, authors,
              language, word_count, categories, enclosures, live_blog, fingerprint, page_state, page_error, first_seen_at, updated_at, revision, source_id)
            values (gen_random_uuid(), 'javascript:x', '2026-01-02', 'feed', @evil, 'feed', @evil, @evil, @evil || E'\n\n' || @evil, 'html', array[@evil],
              'en', 3, array[@evil], '[]', false, gen_random_uuid(), 'failed', @evil, now(), now(), 1, 1);
            insert into ingest.article_sightings (source_id, entry_key, article_key, guid, url, title, fingerprint, first_seen_at, changed_at)
            select 1, article_key, article_key, url, url, @evil, fingerprint, now(), now() from ingest.articles;
            insert into ingest.page_queue (article_key, source_id, url, slot, state, attempts, next_attempt_at, last_error, queued_at)
            values (gen_random_uuid(), 1, 'https://e.example/?token=S3CRET', 1, 'rejected', 1, now(), @evil, now());
            insert into ingest.source_events (source_id, at, kind, detail) values (1, now(), 'moved', @evil);
            insert into ingest.fetches (id, source_id, url, kind, started_at, duration_ms, status, outcome, cause, failure, bytes, attempts, conditional,
              entries_new, entries_changed, entries_known, entries_rejected, node)
            values (ingest.fetch_id(now()), 1, @evil, 'page', now(), 5, 200, 'fetched', 'Rejected', @evil, 0, 1, false, 0, 0, 0, 0, @evil)
            """;
        return ExecuteAsync(host, Rows.Replace("@evil", $"'{Evil}'", StringComparison.Ordinal));
    }

    private static async Task ExecuteAsync(StatusHost host, string sql)
    {
        await using var command = host.Worker.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    // A change is told when no transaction of the server, which other tests use too, is older.
    private static async Task SettleAsync(StatusHost host)
    {
        const string IsSettled = """
            select pg_snapshot_xmin(pg_current_snapshot())::text::bigint > (select coalesce(max(xid::text::bigint), 0) from ingest.article_changes)
            """;
        while ((await host.Worker.RowsAsync(IsSettled))[0] != "True") await Task.Delay(20, Ct);
    }

    private static async Task<string> PageAsync(StatusHost host, string path)
    {
        var (status, text) = await host.GetAsync(path);
        status.ShouldBe(HttpStatusCode.OK, text);
        text.ShouldNotContain("<script", Case.Insensitive);
        WellFormed(text, path);
        return text;
    }

    // A text that broke out of its place would leave its tags open.
    private static void WellFormed(string text, string path)
    {
        if (!text.StartsWith("<!DOCTYPE html>", StringComparison.Ordinal)) return;
        var body = text["<!DOCTYPE html>".Length..];
        foreach (var alone in (string[])["<meta", "<link", "<input", "<br"])
            body = System.Text.RegularExpressions.Regex.Replace(body, alone + "([^>]*)>", alone + "$1/>");
        body = body.Replace(" selected>", ">", StringComparison.Ordinal);
        Should.NotThrow(() => XDocument.Parse(body), path);
    }
}
