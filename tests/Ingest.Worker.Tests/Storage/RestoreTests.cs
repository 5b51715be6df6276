using Ingest.PostgreSql.Embedded;
using Ingest.PostgreSql.Embedded.Server;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Tests.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>A dump that is restored on another server, whose numbers of transactions are lower, and what becomes of those who follow the changes.</summary>
public sealed class RestoreTests(PostgresFixture postgres) : IDisposable
{
    private readonly string folder = ClusterSeed.CreateFolder();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task On_another_server_old_cursors_are_refused_in_words_and_what_comes_later_is_told_and_found()
    {
        await using var before = await ArticleDatabase.CreateAsync(postgres);
        // A server that has been at work for a while.
        await before.ExecuteAsync("do $$ begin for i in 1..5000 loop perform pg_current_xact_id(); commit; end loop; end $$");
        await before.SaveAsync(ArticleDatabase.Article("1", "Rain one"), ArticleDatabase.Article("2", "Rain two"));
        await before.IndexAsync(SearchScope.Headlines);
        var dump = Path.Combine(folder, "ingest.dump");
        await RunAsync("pg_dump", "--format=custom", "--file=" + dump, "--dbname=" + Address(before.ConnectionString));
        await before.SaveAsync(ArticleDatabase.Article("3", "Rain after the dump"));
        await before.SettleAsync();
        var cursors = await before.RowsAsync("select next_cursor from ingest.changes_since('')");
        cursors.Count.ShouldBe(3);

        var start = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder }, NullLogger.Instance, TimeProvider.System, Ct);
        await using var server = start.ShouldBeOfType<EmbeddedStart.Started>().Postgres;
        await using var after = await RestoreAsync(server, dump);
        await ShouldNotStartWithoutItsOwnerAsync(after);
        (await Should.ThrowAsync<PostgresException>(() => after.RowsAsync("select * from ingest.changes_since('')")))
            .MessageText.ShouldContain("rebase_changes");

        (await after.MigrateAsync()).ShouldBeOfType<MigrationResult.Current>().Rebased.ShouldBe(2);

        foreach (var cursor in (string[])[.. cursors, .. cursors.Select(static cursor => cursor[9..])])
        {
            var refused = await Should.ThrowAsync<PostgresException>(() => after.RowsAsync("select * from ingest.changes_since($1)", cursor));
            refused.SqlState.ShouldBe("22023");
            refused.MessageText.ShouldContain("begin again with an empty cursor");
        }

        await after.SaveAsync(ArticleDatabase.Article("4", "Rain on the new server"));
        (await after.IndexAsync(SearchScope.Headlines)).ShouldBe(3);
        (await after.RowsAsync("select a.title from ingest.changes_since('') c join ingest.articles a on a.id = c.article_id"))
            .ShouldBe(["Rain one", "Rain two", "Rain on the new server"]);
        (await after.SearchAsync("rain", "en")).Count.ShouldBe(3);
        (await after.MigrateAsync()).ShouldBeOfType<MigrationResult.Current>().Rebased.ShouldBeNull();
    }

    private static async Task ShouldNotStartWithoutItsOwnerAsync(ArticleDatabase restored)
    {
        await using var role = await LoginRole.CreateAsync(restored, "ingest_worker");
        await using var door = new Database(role.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        foreach (var apply in (bool[])[true, false])
        {
            (await new Migrator(door, NullLogger<Migrator>.Instance).MigrateAsync(apply, Ct)).ShouldBeOfType<MigrationResult.Refused>()
                .Reason.ShouldSatisfyAllConditions(
                    static reason => reason.ShouldContain("was restored from another server"),
                    static reason => reason.ShouldEndWith("run \"ingest-worker database migrate\" as its owner"));
        }
    }

    private static async Task<ArticleDatabase> RestoreAsync(EmbeddedPostgres server, string dump)
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        var maintenance = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString;
        await PostgresFixture.ExecuteAsync(maintenance, "create role ingest_reader; create role ingest_worker", Ct);
        await RunAsync("pg_restore", "--exit-on-error", "--dbname=" + Address(server.ConnectionString), dump);
        return ArticleDatabase.Of(new TestDatabase(maintenance, server.ConnectionString, settings.Database!));
    }

    private static string Address(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return $"host={settings.Host} port={settings.Port} user={settings.Username} dbname={settings.Database} passfile={settings.Passfile}";
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var found = await PostgresSearch.LookAsync(PostgresSearch.PlacesFor(null), Ct);
        var ended = await ChildProcess.RunAsync([Path.Combine(found.Newest(null)!.Folder, program), .. arguments], "", Ct);
        ended.ExitCode.ShouldBe(0, ended.Errors);
    }
}
