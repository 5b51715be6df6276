using Ingest.Identity;
using Ingest.Worker.Archive.Retention;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Keys;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Search;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>What is left of an article that is removed, whoever removes it.</summary>
public sealed class RemovalTests(PostgresFixture postgres)
{
    // By these an article is known again, so that it does not come back; and the log says that it went.
    private static readonly string[] KeptOnPurpose =
        ["article_aliases.article_key", "article_changes.article_id", "article_sightings.article_key"];

    // It has become another one: its key is that one's further URL.
    private static readonly string[] KeptOfMerged = ["article_aliases.alias_key", "article_aliases.merged_id", "article_changes.article_id"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_every_kind_of_removal_no_table_refers_to_the_article_but_where_it_is_known_again()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await FillAsync(database);
        var articles = await database.RowsAsync("select article_key, id from ingest.articles order by id");
        var keys = articles.Select(static article => Guid.Parse(article.Split('|')[0])).ToList();
        var referring = await ReferringAsync(database, articles[0]);
        var named = await database.RowsAsync("""
            select table_name || '.' || column_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
            where table_schema = 'ingest' and table_type = 'BASE TABLE'
              and table_name || '.' || column_name <> 'articles.article_key'
              and (column_name ~ '(^|_)article_(id|key)$' or column_name in ('story_id', 'other_key', 'subject'))
            """);
        named.Except(referring).ShouldBeEmpty("a column that refers to articles is not filled by this test");

        // Withdrawn by its publisher, it stays and says so: that removes nothing.
        await database.ExecuteAsync($"update ingest.articles set retracted_at = now(), retraction = 'in the title' where article_key = '{keys[0]}'");
        (await ReferringAsync(database, articles[0])).ShouldBe(referring);

        await database.ExecuteAsync($"delete from ingest.articles where article_key = '{keys[0]}'");
        (await ReferringAsync(database, articles[0])).ShouldBe(KeptOnPurpose);
        (await RetainAsync(database.Door, new DateOnly(2026, 1, 3))).ShouldBe(1);
        (await ReferringAsync(database, articles[1])).ShouldBe(KeptOnPurpose);
        await database.Door.SaveAsync(
            (connection, ct) => connection.ExecuteAsync(
                MergeSql.Commands(new(keys[2]), new(keys[3]), new Uri("https://example.org/2"), NameReason.Canonical, ArticleDatabase.Now), ct),
            Ct);
        (await ReferringAsync(database, articles[2])).ShouldBe(KeptOfMerged);

        // Of the story one article was left, which tells no story then; the next deletion finds nothing to mend.
        (await database.RowsAsync("select (select count(*) from ingest.stories), count(story_id), count(*) from ingest.articles")).ShouldBe(["0|0|1"]);
        (await database.RowsAsync("select distinct article_id = (select id from ingest.articles) from ingest.article_shingles")).ShouldBe(["True"]);
        (await database.RowsAsync($"select count(*) from ingest.article_links where article_key = '{keys[3]}'")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task A_text_that_takes_the_place_of_another_takes_its_place_in_the_index_of_near_duplicates_too()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain"));
        var key = new ArticleKey(Guid.Parse((await database.RowsAsync("select article_key from ingest.articles"))[0]));
        foreach (var (day, text) in new[] { (1, "teaser"), (2, "whole"), (2, "whole") })
        {
            var sample = new IndexedSample(key, new DateOnly(2026, 1, day), ShingleSampleOf(text));
            await database.Door.ExecuteAsync(() => StorySql.Index([sample]), Ct);
        }

        var kept = string.Join('|', ShingleSampleOf("whole").ToKeep.Order());
        (await database.RowsAsync("select string_agg(shingle::text, '|' order by shingle) from ingest.article_shingles")).ShouldBe([kept]);
        (await database.RowsAsync("select array_to_string(array(select unnest(shingles) order by 1), '|') from ingest.article_sketches")).ShouldBe([kept]);
        (await database.RowsAsync("select distinct day from ingest.article_shingles union select day from ingest.article_sketches")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Retention_walks_once_over_what_it_removes_however_long_others_may_still_see_it()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync([.. Enumerable.Range(0, 300).Select(static n => ArticleDatabase.Article($"{n}", $"Title {n}"))]);
        await database.ExecuteAsync("vacuum analyze ingest.articles");
        await using var reader = await database.Door.DataSource.OpenConnectionAsync(Ct);
        await using var snapshot = await reader.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, Ct);
        await using (var look = new NpgsqlCommand("select count(*) from ingest.articles", reader)) await look.ExecuteScalarAsync(Ct);

        // One session, whose counts are told when it is asked for them; and no plan that only a small table has.
        var text = new NpgsqlConnectionStringBuilder(database.ConnectionString)
            { MaxPoolSize = 1, Options = "-c enable_seqscan=off -c enable_sort=off -c enable_bitmapscan=off" };
        await using var one = new Database(text.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        var before = await ReadAsync(one);
        (await RetainAsync(one, new DateOnly(2026, 6, 1), articlesAtATime: 15)).ShouldBe(300);
        (await ReadAsync(one) - before).ShouldBeLessThan(2 * 300);
    }

    [Fact]
    public async Task Of_too_many_articles_as_many_as_are_too_many_go_in_as_many_portions_as_that_takes()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync([.. Enumerable.Range(0, 20).Select(static n => ArticleDatabase.Article($"{n}", $"Title {n}", day: $"2026-01-{n + 1:00}"))]);
        var options = Options.Create(new RetentionOptions { MaxArticles = 7 });
        (await new RetentionRun(new ArticleRetention(database.Door), options, TimeProvider.System) { ArticlesAtATime = 5 }.RunAsync(Ct)).ShouldBe(13);
        (await database.RowsAsync("select count(*), min(title), max(title) from ingest.articles")).ShouldBe(["7|Title 13|Title 19"]);
    }

    private static Ingest.Identity.Duplicates.ShingleSample ShingleSampleOf(string text) =>
        Ingest.Identity.Duplicates.ShingleSample.Of(Ingest.Identity.Duplicates.ShingledText.Of(SampleText.Body(text, 4)));

    private static Task<long> RetainAsync(Database door, DateOnly before, int articlesAtATime = 2_000)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(before.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero));
        var options = Options.Create(new RetentionOptions { After = TimeSpan.FromDays(1) });
        return new RetentionRun(new ArticleRetention(door), options, clock) { ArticlesAtATime = articlesAtATime }.RunAsync(Ct);
    }

    // What its session has read of the index by which old articles are found.
    private static async Task<long> ReadAsync(Database one) => await one.ReadAsync(
        static async (connection, ct) =>
        {
            await using var told = new NpgsqlCommand("select pg_stat_force_next_flush()", connection);
            await told.ExecuteNonQueryAsync(ct);
            await using var command = new NpgsqlCommand(
                "select idx_tup_read from pg_stat_user_indexes where indexrelname = 'ix_articles_published_on_id'", connection);
            return (long)(await command.ExecuteScalarAsync(ct))!;
        },
        Ct);

    // Four articles of one text, with something about each in every table; their numbers are like no other number.
    private static async Task FillAsync(ArticleDatabase database)
    {
        await database.ExecuteAsync("alter table ingest.articles alter column id restart with 910000001");
        await database.ExecuteAsync("""
            insert into ingest.sources (id, name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, failure_weight, created_at, updated_at)
            values (1, 'paper', 'https://example.org/f', 'https://example.org/f', 1, 0, 'active', 'auto', '{}', now(), 0, now(), now())
            """);
        var store = new ArticleStore(database.Door, new DuplicateSearch(new DuplicatesOptions { Imports = true }));
        foreach (var (path, day) in new[] { ("0", 4), ("1", 2), ("2", 5), ("3", 6) })
            await store.ImportAsync(
                [StoredArticle.FromArchive(ArticleDatabase.Article(path, "Rain", body: SampleText.Body("rain", 4), day: $"2026-01-0{day}"), ArticleMarks.None)],
                ArticleDatabase.Now,
                Ct);
        (await database.RowsAsync("select id - 910000000, articles from ingest.stories")).ShouldBe(["1|4"]);
        await database.ExecuteAsync("""
            insert into ingest.article_sightings (source_id, entry_key, article_key, url, title, fingerprint, first_seen_at, changed_at)
              select 1, gen_random_uuid(), article_key, url, title, fingerprint, now(), now() from ingest.articles;
            insert into ingest.article_aliases (alias_key, article_key, url, reason, noticed_at)
              select gen_random_uuid(), article_key, url, 'moved', now() from ingest.articles;
            insert into ingest.article_links (article_key, other_key, reason, noticed_at)
              select a.article_key, b.article_key, 'guid', now() from ingest.articles a join ingest.articles b on b.id <> a.id;
            insert into ingest.article_revisions (article_id, revision, kind, url, title, headline, description, body, content_hash, valid_from, valid_to,
              changed_fields, changed_words)
              select id, 1, 'revised', url, title, '', '', body, gen_random_uuid(), now(), now(), array['title'], 3 from ingest.articles;
            insert into ingest.page_queue (article_key, source_id, url, slot, state, attempts, next_attempt_at, queued_at)
              select article_key, 1, url, 1, 'waiting', 0, now(), now() from ingest.articles;
            insert into ingest.page_validators (article_key, url, etag, read_at) select article_key, url, '"1"', now() from ingest.articles;
            insert into ingest.refusals (work, subject, kind, url, article_id, sql_state, reason, version, first_at, last_at)
              select 'page', article_key, 'article', url, id, '54000', 'too long', '0', now(), now() from ingest.articles
            """);
        await database.IndexAsync(SearchScope.Headlines);
    }

    /// <summary>The columns of all tables that hold the article's key or number.</summary>
    /// <param name="database">The database.</param>
    /// <param name="article">Key and number, separated by a bar.</param>
    private static async Task<IReadOnlyList<string>> ReferringAsync(ArticleDatabase database, string article)
    {
        var columns = await database.RowsAsync("""
            select c.table_name, c.column_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
            where c.table_schema = 'ingest' and t.table_type = 'BASE TABLE' and c.udt_name in ('uuid', '_uuid', 'int8', '_int8', 'text', '_text', 'jsonb')
            """);
        var where = columns.Select(static column => column.Split('|')).Select(column =>
            $"select '{column[0]}.{column[1]}' where exists (select from ingest.{column[0]} x where x.{column[1]}::text ~ '({article})')");
        return await database.RowsAsync(
            $"select name from ({string.Join(" union all ", where)}) as found(name) where name not in ('articles.id', 'articles.article_key') order by name");
    }
}
