using System.Text;
using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Export;
using Ingest.Worker.Archive.Import;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Archive;

/// <summary>A database, a folder of archives, and the two ways between them.</summary>
internal sealed class ArchiveDatabase : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ingest-archive-");

    private ArchiveDatabase(TestDatabase database)
    {
        this.database = database;
        Door = new Database(database.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
    }

    public Database Door { get; }

    public ArticleStore Store => new(Door, new DuplicateSearch(new DuplicatesOptions()));

    public string ConnectionString => database.ConnectionString;

    public List<string> Faults { get; } = [];

    public static async Task<ArchiveDatabase> CreateAsync(PostgresFixture postgres) =>
        new(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), Encoding.UTF8.GetBytes(text));
        return PathOf(name);
    }

    public async Task<ImportTally> ImportAsync(params string[] paths)
    {
        var tally = new ImportTally();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await new ArchiveImport(Store, time, Faults.Add).RunAsync(paths, tally, TestContext.Current.CancellationToken);
        return tally;
    }

    public Task<int> SaveAsync(params DatedArticle[] articles) => Store.ImportAsync(
        [.. articles.Select(static article => StoredArticle.FromArchive(article, ArticleMarks.None))],
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        TestContext.Current.CancellationToken);

    /// <summary>One article withdrawn, the other one gone.</summary>
    public Task MarkAsync() => QueryAsync("""
        update ingest.articles set retracted_at = '2026-02-03 04:05:06.7Z', retraction = 'in the title' where body <> '' returning url;
        update ingest.articles set gone_at = '2026-02-04 00:00:00Z', gone_reason = 'answered 410' where body = '' returning url
        """);

    public async Task<string> ExportAsync(ArchiveFormat format = ArchiveFormat.Dated, ExportFilter? filter = null)
    {
        using var output = new MemoryStream();
        await new ArchiveWriter(new ArticleExport(Door)).WriteAsync(filter ?? new ExportFilter(), format, output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>The first column of the rows that a query gives.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var command = Door.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Door.DisposeAsync();
        await database.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
