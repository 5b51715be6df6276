using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Sql.Indexes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>How a database becomes one of this version.</summary>
public sealed class UpgradeTests(PostgresFixture postgres)
{
    private const string Articles = """
        insert into ingest.articles (article_key, url, source_id, published_on, date_source, title, title_source, headline, description, body, body_source, authors, language, word_count, categories,
                                     live_blog, fingerprint, page_state, first_seen_at, updated_at)
        select gen_random_uuid(), 'https://example.org/' || i, 7, date '2026-01-01' + i, 'feed', 'Story ' || i, 'feed', 'Story ' || i, '', repeat('Text. ', i), 'feed-content', array['Ann'], 'en', i, array[]::text[],
               false, gen_random_uuid(), 'read', now(), now()
        from generate_series(1, 50) i;

        """;

    [Fact]
    public async Task A_database_of_0_2_0_is_upgraded_with_its_data()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync("""
            insert into ingest.sources (id, name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, next_poll_reason, failure_weight, created_at, updated_at)
            values (7, 'paper', 'https://example.org/feed', 'https://example.org/feed', 3, 0, 'active', 'auto', '{}', now(), 'new', 0, now(), now());
            insert into ingest.stories (id, articles, first_seen_at, last_seen_at) values (1, 2, now(), now());
            insert into quartz.qrtz_locks values ('a', 'b');
            """ + Articles + """
            insert into ingest.article_sightings (source_id, entry_key, article_key, guid, url, title, fingerprint, first_seen_at, changed_at)
            select 7, gen_random_uuid(), article_key, url, url, title, fingerprint, now(), now() from ingest.articles;
            update ingest.articles set revision = 2, story_id = 1 where title = 'Story 9';
            insert into ingest.article_search select id, published_on, ingest.search_document(published_on, language, title, headline, description, body, false) from ingest.articles;
            update ingest.search_progress set scope = 'Headlines', xid = c.xid, change_id = c.id from (select xid, id from ingest.article_changes order by xid desc, id desc limit 1) c;
            """);
        string[] kept =
        [
            "select * from ingest.article_sightings order by 3",
            "select id, article_key, url, title, md5(body), published_on::text, revision, story_id from ingest.articles order by id",
            "select * from quartz.qrtz_locks", "select article_id, document::text from ingest.article_search order by 1",
            "select xid::text, id, kind, article_id, revision from ingest.article_changes order by id",
        ];
        var before = await Task.WhenAll(kept.Select(sql => database.RowsAsync(sql)));

        var current = (await database.MigrateAsync()).ShouldBeOfType<MigrationResult.Current>();

        current.Applied.ShouldBe(SchemaOfWorker.Own.Migrations.Where(static migration => migration != Release020.Initial));
        (await Task.WhenAll(kept.Select(sql => database.RowsAsync(sql)))).ShouldBe(before);
        (await database.RowsAsync("select migration_id from ingest.schema_migrations order by 1")).ShouldBe(SchemaOfWorker.Own.Migrations);
        (await database.RowsAsync("select ingest.schema_version()")).ShouldBe([SchemaOfWorker.Own.Migrations[^1]]);
        await database.SettleAsync();
        (await database.RowsAsync("select kind, count(distinct article_id) from ingest.changes_since('') group by 1 order by 1"))
            .ShouldBe(["added|50", "revised|1"]);
        (await database.IndexAsync(SearchScope.Headlines)).ShouldBe(0);
        (await database.RowsAsync("select title, source from ingest.search('stories', '2026-01-08', '2026-01-08', 'en')")).ShouldBe(["Story 7|paper"]);
        await database.SaveAsync(ArticleDatabase.Article("new", "Rain"));
        (await database.IndexAsync(SearchScope.Headlines)).ShouldBe(1);
        (await database.MigrateAsync()).ShouldBeOfType<MigrationResult.Current>().ShouldSatisfyAllConditions(
            static again => again.Applied.ShouldBeEmpty(), static again => again.Made.ShouldBeEmpty());
    }

    [Fact]
    public async Task An_upgraded_database_has_the_schema_of_a_new_one()
    {
        await using var upgraded = await ArticleDatabase.CreateOf020Async(postgres);
        await using var @new = await ArticleDatabase.CreateAsync(postgres);
        await upgraded.MigrateAsync();

        var schema = await SchemaPicture.OfAsync(@new);
        schema.Count.ShouldBeGreaterThan(400);
        (await SchemaPicture.OfAsync(upgraded)).ShouldBe(schema);
    }

    [Fact]
    public async Task An_upgrade_that_fails_leaves_a_database_on_which_0_2_0_goes_on()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        var (schema, migrations) = (await SchemaPicture.OfAsync(database), await database.RowsAsync("select * from ingest.schema_migrations order by 1"));
        var view = new SchemaObject("view", "broken", "create or replace view ingest.broken as select 1 / 0 as nothing; select nothing from ingest.broken");
        var broken = SchemaOfWorker.Own with { Objects = [.. SchemaObject.All, view] };

        await Should.ThrowAsync<PostgresException>(() => database.MigrateAsync(broken));

        // Indexes of large tables are made before, and do no harm.
        foreach (var index in SchemaIndex.All) await database.ExecuteAsync($"drop index if exists ingest.{index.Name}");
        (await SchemaPicture.OfAsync(database)).ShouldBe(schema);
        (await database.RowsAsync("select * from ingest.schema_migrations order by 1")).ShouldBe(migrations);
    }

    [Fact]
    public async Task A_database_that_went_on_from_0_2_0_before_it_was_one_migration_is_taken_up()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var schema = await SchemaPicture.OfAsync(database);
        await database.ExecuteAsync($"""
            delete from ingest.schema_migrations where migration_id = '{Release020.Initial}' or migration_id like '%\_SchemaObjects';
            insert into ingest.schema_migrations select unnest(string_to_array('{string.Join(',', Release020.Migrations)}', ',')), '10.0.0';
            drop table ingest.schema_objects
            """);

        (await database.MigrateAsync()).ShouldBeOfType<MigrationResult.Current>().Applied.ShouldHaveSingleItem().ShouldEndWith("_SchemaObjects");

        (await database.RowsAsync("select migration_id from ingest.schema_migrations order by 1")).ShouldBe(SchemaOfWorker.Own.Migrations);
        (await SchemaPicture.OfAsync(database)).ShouldBe(schema);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_database_from_before_0_2_0_is_refused_in_a_sentence_that_says_how_to_carry_it_over(int migrations)
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync($"delete from ingest.schema_migrations where migration_id > '{Release020.Migrations[migrations - 1]}'");

        var refused = (await database.MigrateAsync()).ShouldBeOfType<MigrationResult.Refused>();

        refused.Reason.ShouldContain("before 0.2.0");
        refused.Reason.ShouldContain("ingest-worker export");
        refused.Reason.ShouldContain("ingest-worker import");
        (await database.RowsAsync("select count(*) from ingest.schema_migrations")).ShouldBe([$"{migrations}"]);
    }

    [Fact]
    public async Task The_snapshot_of_the_model_agrees_with_the_model()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await using var context = database.Door.CreateContext();
        context.Database.HasPendingModelChanges().ShouldBeFalse();
        context.Database.GetMigrations().ShouldBe(SchemaOfWorker.Own.Migrations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_workers_that_start_at_once_one_migrates_and_all_find_it_done(bool isOf020)
    {
        await using var database = isOf020 ? await ArticleDatabase.CreateOf020Async(postgres) : await ArticleDatabase.CreateAsync(postgres);
        if (!isOf020) await database.ExecuteAsync("drop schema ingest cascade; drop schema quartz cascade");

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var door = new Database(database.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
            return await new Migrator(door, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, TestContext.Current.CancellationToken);
        }));

        var current = results.Select(static result => result.ShouldBeOfType<MigrationResult.Current>()).ToList();
        current.Where(static one => one.Applied.Count > 0).ShouldHaveSingleItem().Made.Count.ShouldBe(SchemaObject.All.Count);
        current.Count(static one => one.Made.Count == 0).ShouldBe(3);
        (await database.RowsAsync("select ingest.schema_version()")).ShouldBe([SchemaOfWorker.Own.Migrations[^1]]);
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.ExecuteAsync("insert into ingest.schema_migrations values ('20991231000000_Future', '99.0')");

        var refused = (await database.MigrateAsync()).ShouldBeOfType<MigrationResult.Refused>();
        refused.Reason.ShouldContain("20991231000000_Future");
        refused.Reason.ShouldContain("upgrade this worker");
    }

    [Fact]
    public async Task A_worker_that_is_not_to_migrate_names_what_is_missing()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);

        (await database.MigrateAsync(apply: false)).ShouldBeOfType<MigrationResult.Refused>().Reason.ShouldContain("lacks 20261130150000_Refusals");
        (await database.RowsAsync("select migration_id from ingest.schema_migrations order by 1")).ShouldBe(Release020.Migrations);
    }
}
