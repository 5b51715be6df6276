using Ingest.Worker.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingest.Worker.Tests.Storage;

public sealed class UpgradeTests(PostgresFixture postgres)
{
    /// <summary>The schema of version 0.1.0.</summary>
    private const string Released = "20261124125611_Spine";

    [Fact]
    public async Task A_database_of_the_first_release_is_upgraded_with_its_articles()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.MigrateAsync(Released);
        (await database.RowsAsync("select count(*) from pg_proc where pronamespace = 'ingest'::regnamespace and proname in ('search', 'changes_since')"))
            .ShouldBe(["0"]);

        await database.ExecuteAsync("""
            insert into ingest.sources (id, name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, next_poll_reason, failure_weight,
              created_at, updated_at)
            values (7, 'paper', 'https://example.org/feed', 'https://example.org/feed', 3, 0, 'active', 'auto', '{}', now(), 'new', 0, now(), now());
            insert into ingest.articles (article_key, url, source_id, published_on, date_source, title, title_source, headline, description, body, body_source,
              authors, language, word_count, categories,
                                         live_blog, fingerprint, page_state, first_seen_at, updated_at)
            select gen_random_uuid(), 'https://example.org/' || i, 7, date '2026-01-01' + i, 'feed', 'Story ' || i, 'feed', 'Story ' || i, '', repeat('Text. ',
              i), 'feed-content', array['Ann'], 'en', i, array[]::text[],
                   false, gen_random_uuid(), 'read', now(), now()
            from generate_series(1, 50) i;
            insert into ingest.article_sightings (source_id, entry_key, article_key, guid, url, title, fingerprint, first_seen_at, changed_at)
            select 7, gen_random_uuid(), article_key, url, url, title, fingerprint, now(), now() from ingest.articles;
            """);
        var before = await database.RowsAsync("select id, article_key, url, title, md5(body), published_on::text from ingest.articles order by id");

        (await new Migrator(database.Door, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, ct))
            .ShouldBeOfType<MigrationResult.Current>().Applied.ShouldNotBeEmpty();

        (await database.RowsAsync("select id, article_key, url, title, md5(body), published_on::text from ingest.articles order by id")).ShouldBe(before);
        (await database.RowsAsync("select count(*) from ingest.article_sightings")).ShouldBe(["50"]);
        await database.SettleAsync();
        (await database.RowsAsync("select count(*), count(distinct article_id) from ingest.changes_since('') where kind = 'added'")).ShouldBe(["50|50"]);
        (await database.IndexAsync(SearchScope.Headlines)).ShouldBe(50);
        (await database.RowsAsync("select title, source from ingest.search('stories', '2026-01-08', '2026-01-08', 'en')")).ShouldBe(["Story 7|paper"]);
        (await database.RowsAsync("select ingest.schema_version()")).ShouldBe([await NewestAsync(database, ct)]);
    }

    [Fact]
    public async Task Going_back_to_the_first_release_leaves_its_schema()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "one"));
        await database.MigrateAsync(Released);

        (await database.RowsAsync("select title from ingest.articles")).ShouldBe(["one"]);
        (await database.RowsAsync("select proname from pg_proc where pronamespace = 'ingest'::regnamespace")).ShouldBe(["dated_text"]);
        (await database.RowsAsync("select count(*) from pg_trigger where tgrelid = 'ingest.articles'::regclass and not tgisinternal")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Workers_that_start_at_once_on_an_empty_database_all_find_it_migrated()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.ExecuteAsync("drop schema ingest cascade; drop schema quartz cascade");

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var door = new Database(database.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
            return await new Migrator(door, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, ct);
        }));

        results.ShouldAllBe(static result => result is MigrationResult.Current);
        (await database.RowsAsync("select ingest.schema_version()")).ShouldBe([await NewestAsync(database, ct)]);
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.ExecuteAsync("insert into ingest.schema_migrations values ('20991231000000_Future', '99.0')");

        var refused = (await new Migrator(database.Door, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, ct))
            .ShouldBeOfType<MigrationResult.Refused>();
        refused.Reason.ShouldContain("20991231000000_Future");
        refused.Reason.ShouldContain("upgrade this worker");
    }

    private static Task<string> NewestAsync(ArticleDatabase database, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var context = database.Door.CreateContext();
        return Task.FromResult(context.Database.GetMigrations().Last());
    }
}
