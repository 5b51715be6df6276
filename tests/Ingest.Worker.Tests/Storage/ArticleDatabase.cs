using Ingest.Worker.Articles;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sql;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>A database with the product's schema, its stores, and articles made on the spot.</summary>
internal sealed class ArticleDatabase : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TestDatabase database;

    private ArticleDatabase(TestDatabase database)
    {
        this.database = database;
        Door = new Database(database.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        Store = new ArticleStore(Door, new DuplicateSearch(new DuplicatesOptions()));
        Index = new SearchIndex(Door);
    }

    public Database Door { get; }

    public ArticleStore Store { get; }

    public SearchIndex Index { get; }

    public string ConnectionString => database.ConnectionString;

    public static async Task<ArticleDatabase> CreateAsync(PostgresFixture postgres) =>
        new(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));

    /// <summary>A database that is there, whatever is in it.</summary>
    public static ArticleDatabase Of(TestDatabase database) => new(database);

    /// <summary>A database as 0.2.0 made it.</summary>
    public static async Task<ArticleDatabase> CreateOf020Async(PostgresFixture postgres)
    {
        var database = await CreateAsync(postgres);
        await database.ExecuteAsync("drop schema ingest cascade; drop schema quartz cascade");
        await database.ExecuteAsync(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Storage", "Golden", "0.2.0.sql"), TestContext.Current.CancellationToken));

        // The dump has its session set up for itself.
        database.Door.ClearSessions();
        return database;
    }

    /// <summary>Brings it to the product's schema, or to what a test makes of that.</summary>
    public async Task<MigrationResult> MigrateAsync(SchemaOfWorker? worker = null, bool apply = true)
    {
        // Sessions that know the tables of before would be surprised.
        Door.ClearSessions();
        var migrator = new Migrator(Door, NullLogger<Migrator>.Instance) { Worker = worker ?? SchemaOfWorker.Own };
        return await migrator.MigrateAsync(apply, TestContext.Current.CancellationToken);
    }

    public static DatedArticle Article(
        string path, string title, string description = "", string body = "", string? language = "en", string day = "2026-01-01", params string[] authors) =>
        new()
    {
        Url = new Uri("https://example.org/" + path),
        PublishedOn = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
        DateSource = "archive",
        Title = title,
        TitleSource = "archive",
        Headline = title,
        Description = description,
        Body = body,
        BodySource = body.Length > 0 ? "archive" : "none",
        Authors = authors,
        Language = language,
        Categories = [],
        Enclosures = [],
    };

    public Task<int> SaveAsync(params DatedArticle[] articles) => Store.ImportAsync(
        [.. articles.Select(static article => StoredArticle.FromArchive(article, ArticleMarks.None))], Now, TestContext.Current.CancellationToken);

    public Task<int> ExecuteAsync(string sql) => ExecuteAsync(Door.DataSource, sql);

    public static async Task<int> ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The rows of a query as text, columns separated by a bar.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql, params object[] values)
    {
        await using var command = Door.DataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(string.Join(
                '|',
                Enumerable.Range(0, reader.FieldCount).Select(
                    i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        return rows;
    }

    /// <summary>Waits until no transaction of the server, which other tests use too, is older than the last change: only then is it told.</summary>
    public async Task SettleAsync()
    {
        var last = (await RowsAsync("select coalesce(max(xid::text::bigint), 0) from ingest.article_changes"))[0];
        while ((await RowsAsync($"select pg_snapshot_xmin(pg_current_snapshot())::text::bigint > {last}"))[0] != "True")
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    /// <summary>Brings the search index up to date.</summary>
    public async Task<long> IndexAsync(SearchScope scope)
    {
        await SettleAsync();
        return await Index.CatchUpAsync(scope, TestContext.Current.CancellationToken);
    }

    /// <summary>Titles that a search finds, best first.</summary>
    public Task<IReadOnlyList<string>> SearchAsync(string query, string? language = null) =>
        RowsAsync("select title from ingest.search($1, null, null, $2)", query, (object?)language ?? DBNull.Value);

    public async ValueTask DisposeAsync()
    {
        await Door.DisposeAsync();
        await database.DisposeAsync();
    }
}
