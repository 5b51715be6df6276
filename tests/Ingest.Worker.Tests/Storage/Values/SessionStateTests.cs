using Ingest.Worker.Origin;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Tests.Ingestion;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Tests.Storage.Values;

/// <summary>A session goes back to its pool as it came from there: nothing resets it, and nothing of ours leaves anything in it.</summary>
public sealed class SessionStateTests(PostgresFixture postgres)
{
    // What DISCARD ALL would undo, but for plans and prepared statements, which are what a pool is for.
    private const string Left = """
        select concat_ws(' ',
          (select string_agg(name || '=' || setting, ',') from pg_settings where source = 'session'),
          (select string_agg(locktype || ' ' || mode, ',') from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'),
          (select string_agg(channel, ',') from pg_listening_channels() as channel), (select string_agg(name, ',') from pg_cursors where is_holdable),
          (select string_agg(relname, ',') from pg_class where relnamespace = pg_my_temp_schema()),
          (select string_agg(proname, ',') from pg_proc where pronamespace = pg_my_temp_schema()),
          case when current_user <> session_user then current_user end)
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_the_worker_does_leaves_nothing_in_the_sessions_of_its_pool()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.ServePages(3).Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 3)));
        await using var worker = new TestWorker(database.ConnectionString, RevisionTests.Source(origin, "Always"));
        var door = worker.Get<Database>();
        (await new Migrator(door, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, Ct)).ShouldBeOfType<MigrationResult.Current>();

        (await worker.RunAsync()).ShouldNotBeNull();
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain", day: "2025-01-01"));
        await database.SettleAsync();
        await worker.Get<SearchIndex>().CatchUpAsync(SearchScope.Body, Ct);
        await worker.Get<ArticleExport>().ReadAsync(new ExportFilter(), Ct).CountAsync(Ct);
        var retention = new ArticleRetention(door);
        var expired = await retention.LoadExpiredAsync(new RetentionBounds(new DateOnly(2025, 6, 1), new Dictionary<string, DateOnly?>(), null), null, 10, Ct);
        (await retention.RemoveAsync(expired, Ct)).ShouldBe(1);
        foreach (var pool in (NpgsqlDataSource[])[door.DataSource, database.Door.DataSource]) (await LeftAsync(pool)).ShouldAllBe(static left => left == "");
    }

    [Fact]
    public async Task A_transaction_that_was_given_up_is_rolled_back_before_its_session_is_used_again()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await using var one = new Database(
            database.ConnectionString + ";Maximum Pool Size=1", new Worker.Storage.StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        await Should.ThrowAsync<InvalidOperationException>(one.SaveAsync<int>(
            static async (connection, ct) =>
            {
                await using var write = new NpgsqlCommand("set local work_mem = '1MB'; create temporary table left_behind (n integer)", connection);
                await write.ExecuteNonQueryAsync(ct);
                throw new InvalidOperationException("given up");
            },
            Ct));

        (await LeftAsync(one.DataSource)).ShouldBe([""]);
    }

    [Fact]
    public async Task Whose_sessions_are_others_too_may_have_them_reset()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        foreach (var (setting, left) in new[] { ("", "1h"), (";No Reset On Close=false", "0") })
        {
            await using var one = new Database(
                database.ConnectionString + ";Maximum Pool Size=1" + setting, new Worker.Storage.StorageOptions(), TimeProvider.System,
                NullLogger<Database>.Instance);
            await ArticleDatabase.ExecuteAsync(one.DataSource, "set statement_timeout = '1h'");
            await using var show = one.DataSource.CreateCommand("show statement_timeout");
            (await show.ExecuteScalarAsync(Ct)).ShouldBe(left);
        }
    }

    private static async Task<IReadOnlyList<string>> LeftAsync(NpgsqlDataSource pool)
    {
        // As many as are idle in it now; the pool gives these before it makes new ones.
        var open = new List<NpgsqlConnection>();
        var left = new List<string>();
        try
        {
            for (var i = 0; i < Math.Min(8, new NpgsqlConnectionStringBuilder(pool.ConnectionString).MaxPoolSize); i++)
            {
                open.Add(await pool.OpenConnectionAsync(Ct));
                await using var look = new NpgsqlCommand(Left, open[^1]);
                left.Add((string)(await look.ExecuteScalarAsync(Ct))!);
            }
        }
        finally
        {
            foreach (var connection in open) await connection.DisposeAsync();
        }

        return left;
    }
}
