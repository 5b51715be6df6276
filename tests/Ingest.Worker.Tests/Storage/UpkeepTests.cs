using Ingest.Worker.Storage.Articles;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>What updates of articles cost, and what is kept beside their text.</summary>
public sealed class UpkeepTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_on_the_day_of_the_last_one_touches_no_index()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain", body: "It rained."));
        await using var connection = await database.Door.DataSource.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);

        await RunAsync("update ingest.articles set body = 'It rains.', fingerprint = gen_random_uuid(), updated_at = updated_at + interval '1 minute'");
        (await RunAsync("select n_tup_upd || ' ' || n_tup_hot_upd from pg_stat_xact_user_tables where relid = 'ingest.articles'::regclass")).ShouldBe("1 1");

        await RunAsync("update ingest.articles set updated_at = updated_at + interval '1 day'");
        (await RunAsync("select n_tup_upd || ' ' || n_tup_hot_upd from pg_stat_xact_user_tables where relid = 'ingest.articles'::regclass")).ShouldBe("2 1");

        async Task<object?> RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(Ct);
        }
    }

    [Fact]
    public async Task Host_day_of_the_last_change_and_base_of_the_language_are_right_whoever_writes()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain"));
        (await FactsAsync()).ShouldBe(["example.org|2026-01-02|en"]);

        await database.ExecuteAsync(
            "update ingest.articles set url = 'https://User@WWW.Example.COM:8443/a?b', updated_at = '2026-03-01 23:30:00-02', language = 'zh-Hant-TW'");
        (await FactsAsync()).ShouldBe(["www.example.com|2026-03-02|zh"]);
        await database.ExecuteAsync("update ingest.articles set url = 'http://[2001:DB8::1]:8080/', language = 'PT-br'");
        (await FactsAsync()).ShouldBe(["[2001:db8::1]|2026-03-02|pt"]);
        await database.ExecuteAsync("update ingest.articles set url = 'none', host = null, language = null");
        (await FactsAsync()).ShouldBe(["|2026-03-02|"]);
        await database.ExecuteAsync("""
            insert into ingest.articles (article_key, url, published_on, date_source, title, title_source, headline, description, body, body_source, authors, word_count,
              categories, live_blog, fingerprint, page_state, first_seen_at, updated_at, language)
            select gen_random_uuid(), 'https://a.example?b', '2026-01-01', 'archive', '', 'none', '', '', '', 'none', '{}', 0, '{}', false, gen_random_uuid(), 'none',
              '2026-04-01', '2026-04-01', 'en-GB'
            """);
        (await FactsAsync()).ShouldBe(["|2026-03-02|", "a.example|2026-04-01|en"]);

        Task<IReadOnlyList<string>> FactsAsync() => database.RowsAsync("select host, updated_on::text, language_base from ingest.articles order by id");
    }

    [Fact]
    public async Task Articles_from_before_the_upgrade_are_found_by_their_change_and_filled_in_afterwards()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync("""
            insert into ingest.articles (article_key, url, published_on, date_source, title, title_source, headline, description, body, body_source, authors, word_count,
              categories, live_blog, fingerprint, page_state, first_seen_at, updated_at, language)
            select gen_random_uuid(), 'https://paper-' || n || '.example/' || n, '2026-01-01', 'archive', 'T' || n, 'archive', '', '', '', 'none', '{}', 0, '{}', false,
              gen_random_uuid(), 'none', '2026-01-01', timestamptz '2026-02-01 12:00Z' + n * interval '1 day', (array['en-GB', null, 'de'])[n]
            from generate_series(1, 3) n
            """);
        await database.MigrateAsync();
        (await database.RowsAsync("select host, updated_on, language_base from ingest.articles")).ShouldBe(["||", "||", "||"]);
        (await ChangedAsync()).ShouldBe(["T2", "T3"]);
        var changes = await database.RowsAsync("select count(*) from ingest.article_changes");
        await database.ExecuteAsync("update ingest.articles set updated_at = updated_at + interval '1 minute' where title = 'T3'");

        (await new ColumnFill(database.Door).RunAsync(Ct)).ShouldBe(2);
        (await new ColumnFill(database.Door).RunAsync(Ct)).ShouldBe(0);

        (await database.RowsAsync(
            "select host, updated_on::text, updated_at = timestamptz '2026-02-02 12:00Z', language_base from ingest.articles order by title"))
            .ShouldBe(["paper-1.example|2026-02-02|True|en", "paper-2.example|2026-02-03|False|", "paper-3.example|2026-02-04|False|de"]);
        (await ChangedAsync()).ShouldBe(["T2", "T3"]);
        (await database.RowsAsync("select count(*) from ingest.article_changes")).ShouldBe(changes);

        async Task<IReadOnlyList<string>> ChangedAsync() => await new ArticleExport(database.Door)
            .ReadTextAsync(new ExportFilter(ChangedSince: new DateTimeOffset(2026, 2, 3, 0, 0, 0, TimeSpan.Zero)), Ct)
            .Select(static text => text.Title)
            .ToListAsync(Ct);
    }

    [Fact]
    public async Task No_index_asks_the_server_to_summarize_it()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);

        (await database.RowsAsync("select relname from pg_class where relkind = 'i' and reloptions::text ~ 'autosummarize=(on|true|1)'")).ShouldBeEmpty();
        (await database.RowsAsync(
            "select relname from pg_class where relnamespace = 'ingest'::regnamespace and reloptions::text ~ 'fillfactor' order by relname"))
            .ShouldBe(["articles", "page_queue", "sources"]);
    }
}
