using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sql;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

public sealed class RoleTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_worker_that_may_not_change_the_schema_does_all_its_work()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await using var role = await LoginRole.CreateAsync(database, "ingest_worker");
        await using var door = new Database(role.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);

        (await new Migrator(door, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, ct)).ShouldBeOfType<MigrationResult.Current>();
        (await new ArticleStore(door, new DuplicateSearch(new DuplicatesOptions())).ImportAsync(
            [StoredArticle.FromArchive(ArticleDatabase.Article("1", "Rain"), ArticleMarks.None)], ArticleDatabase.Now, ct))
            .ShouldBe(1);
        await database.SettleAsync();
        (await new SearchIndex(door).CatchUpAsync(SearchScope.Headlines, ct)).ShouldBe(1);
        (await ArticleDatabase.ExecuteAsync(door.DataSource, "update ingest.articles set title = 'x'")).ShouldBe(1);
        await ArticleDatabase.ExecuteAsync(door.DataSource, "insert into quartz.qrtz_locks values ('a', 'b')");
        (await new ChangeRetention(door).TrimAsync(ArticleDatabase.Now, ct)).ShouldBe(0);
        (await new LedgerRetention(door).TrimAsync(ArticleDatabase.Now, ct)).ShouldBe(0);
        (await database.RowsAsync("select to_regclass('ingest.fetches_20260105') is not null")).ShouldBe(["True"]);

        foreach (var forbidden in (string[])
            [
                "create table ingest.x ()", "drop table ingest.fetches", "alter table ingest.articles add x int", "delete from ingest.schema_migrations",
                "update ingest.schema_objects set hash = ''", "select ingest.rebase_changes()",
            ])
            (await Should.ThrowAsync<PostgresException>(() => ArticleDatabase.ExecuteAsync(door.DataSource, forbidden))).SqlState.ShouldBe("42501", forbidden);
    }

    [Fact]
    public async Task A_reader_reads_searches_and_follows_and_writes_nothing()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain"));
        await database.IndexAsync(SearchScope.Headlines);
        await using var role = await LoginRole.CreateAsync(database, "ingest_reader");
        await using var source = NpgsqlDataSource.Create(role.ConnectionString);

        foreach (var allowed in (string[])
            [
                "select * from ingest.articles", "select * from ingest.search('rain')", "select * from ingest.changes_since('')",
                "select * from ingest.source_health", "select * from ingest.fetches_per_day",
                "select * from ingest.articles_per_day", "select * from ingest.dated_articles",
                "select ingest.schema_version()", "listen ingest_articles",
            ])
            await ArticleDatabase.ExecuteAsync(source, allowed);
        foreach (var forbidden in (string[])
            [
                "delete from ingest.articles", "update ingest.search_progress set scope = 'Off'",
                "insert into ingest.article_search select * from ingest.article_search", "create table ingest.x ()", "select ingest.settle_search()",
                "select ingest.rebase_changes()", "select ingest.settle_fetches('2026-01-01', '2026-01-01', 7)", "select ingest.drop_fetches('2026-01-01')",
            ])
            (await Should.ThrowAsync<PostgresException>(() => ArticleDatabase.ExecuteAsync(source, forbidden))).SqlState.ShouldBe("42501", forbidden);
    }
}
