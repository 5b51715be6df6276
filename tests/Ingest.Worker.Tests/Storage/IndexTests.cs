using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Sql.Indexes;
using Ingest.Worker.Tests.Storage.Embedded;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>An index of a large table is made while others read and write, and goes on where it was broken off.</summary>
public sealed class IndexTests(PostgresFixture postgres)
{
    private const string IsWhole = "select indisvalid from pg_index where indexrelid = to_regclass('ingest.ix_of_test')";

    private static readonly SchemaIndex Index = new("ix_of_test", "create index concurrently ix_of_test on ingest.articles (title)");
    private static readonly SchemaObject Before =
        new("function", "answer_of_test", "create or replace function ingest.answer_of_test() returns integer language sql return 1");
    private static readonly SchemaObject After = Before with { Text = Before.Text.Replace("return 1", "return 2", StringComparison.Ordinal) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_an_upgrade_makes_an_index_others_read_and_write_and_the_functions_of_before_answer()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.MigrateAsync(With(Before));
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain"));

        // As long as somebody's change is not over, the making cannot be either.
        await using var writer = await WriterAsync(database);
        var upgrade = database.MigrateAsync(With(After, Index));
        while ((await database.RowsAsync("select phase from pg_stat_progress_create_index where datname = current_database()")).Count == 0)
            await Task.Delay(10, Ct);

        await database.SaveAsync(ArticleDatabase.Article("2", "Snow"));
        (await database.RowsAsync("select title from ingest.articles order by id")).ShouldBe(["Rain", "Snow"]);
        await database.ExecuteAsync("update ingest.articles set gone_at = now() where title = 'Snow'");
        (await database.RowsAsync("select ingest.answer_of_test()")).ShouldBe(["1"]);
        upgrade.IsCompleted.ShouldBeFalse();

        await writer.DisposeAsync();
        var current = (await upgrade).ShouldBeOfType<MigrationResult.Current>();
        current.Indexes.ShouldBe(["ix_of_test"]);
        current.Made.ShouldBe(["answer_of_test"]);
        (await database.RowsAsync(IsWhole)).ShouldBe(["True"]);
        (await database.RowsAsync("select ingest.answer_of_test()")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task One_that_was_broken_off_is_said_to_be_missing_and_made_again()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain"));
        var lines = new List<string>();
        await using (await WriterAsync(database))
        {
            using var broken = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var building = new IndexBuilder(database.Door, new ListLogger(lines)) { SayEvery = TimeSpan.FromMilliseconds(5) }.BuildAsync([Index], broken.Token);
            while (!Says(lines, "ix_of_test is being made: waiting for writers")) await Task.Delay(10, Ct);
            await broken.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => building);
        }

        (await database.RowsAsync(IsWhole)).ShouldBe(["False"]);
        (await database.MigrateAsync(With(Index), apply: false)).ShouldBeOfType<MigrationResult.Refused>()
            .Reason.ShouldEndWith("lacks indexes (ix_of_test); run \"ingest-worker database migrate\"");
        (await database.MigrateAsync(With(Index))).ShouldBeOfType<MigrationResult.Current>().Indexes.ShouldBe(["ix_of_test"]);
        (await database.RowsAsync(IsWhole)).ShouldBe(["True"]);
        (await database.MigrateAsync(With(Index))).ShouldBeOfType<MigrationResult.Current>().Indexes.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_of_a_table_that_the_upgrade_brings_is_made_after_it()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.ExecuteAsync("drop schema ingest cascade; drop schema quartz cascade");

        (await database.MigrateAsync(With(Index))).ShouldBeOfType<MigrationResult.Current>().Indexes.ShouldBe(
            [.. SchemaIndex.All.Select(static index => index.Name), "ix_of_test"]);
        (await database.RowsAsync(IsWhole)).ShouldBe(["True"]);
    }

    [Fact]
    public void Every_index_has_the_name_of_its_file_and_blocks_nobody()
    {
        foreach (var index in SchemaIndex.All) index.Text.ShouldStartWith($"create index concurrently {index.Name} on ingest.", customMessage: index.Name);
    }

    private static SchemaOfWorker With(SchemaIndex index) => SchemaOfWorker.Own with { Indexes = [.. SchemaIndex.All, index] };

    private static SchemaOfWorker With(SchemaObject one, params SchemaIndex[] indexes) =>
        SchemaOfWorker.Own with { Objects = [.. SchemaObject.All, one], Indexes = [.. SchemaIndex.All, .. indexes] };

    private static bool Says(List<string> lines, string words)
    {
        lock (lines) return lines.Exists(line => line.Contains(words, StringComparison.Ordinal));
    }

    // A transaction that has changed the table and stays open until it is disposed of.
    private static async Task<NpgsqlConnection> WriterAsync(ArticleDatabase database)
    {
        var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand("begin; update ingest.articles set word_count = 7 where title = 'Rain'", connection);
        await command.ExecuteNonQueryAsync(Ct);
        return connection;
    }
}
