using System.Globalization;
using Ingest.Feeds;
using Ingest.Identity;
using Ingest.PostgreSql.Embedded;
using Ingest.Worker.Articles;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Words;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Benchmarks.Duplicates;

/// <summary>A PostgreSQL of its own in the temporary folder, written to as visits of sources write; removed at the end.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    private readonly string folder;
    private readonly EmbeddedPostgres server;
    private readonly Database database;
    private readonly Dictionary<int, DateTimeOffset> lastPolled = [];
    private int visits;

    private BenchmarkDatabase(string folder, EmbeddedPostgres server)
    {
        this.folder = folder;
        this.server = server;
        database = new Database(
            server.ConnectionString, new StorageOptions { CommandTimeout = TimeSpan.FromHours(1) }, TimeProvider.System, NullLogger<Database>.Instance);
    }

    /// <summary>Null, with a message, where no server can be started.</summary>
    public static async Task<BenchmarkDatabase?> StartAsync(int sources, CancellationToken ct)
    {
        var folder = Path.Combine(Path.GetTempPath(), "ingest-duplicates-" + Path.GetRandomFileName());
        var options = new EmbeddedPostgresOptions
        {
            DataDirectory = folder,
            Settings = new Dictionary<string, string> { ["synchronous_commit"] = "off", ["shared_buffers"] = "512MB", ["max_wal_size"] = "4GB" },
        };
        if (await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, ct) is not EmbeddedStart.Started started)
        {
            Console.Error.WriteLine("No PostgreSQL could be started.");
            return null;
        }

        var benchmark = new BenchmarkDatabase(folder, started.Postgres);
        await new Migrator(benchmark.database, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, ct);
        await benchmark.ExecuteAsync(
            $"""
            insert into ingest.sources (name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, failure_weight, created_at, updated_at)
            select 's' || n, 'https://site' || n || '.example/feed', 'https://site' || n || '.example/feed', 0, 0, 'active', 'auto', array[]::text[], now(), 0,
              now(), now() from generate_series(1, {sources}) n
            """,
            ct);
        return benchmark;
    }

    /// <summary>Saves new articles as one visit of a source.</summary>
    public Task VisitAsync(int source, IReadOnlyList<(string Name, string Title, string Body)> articles, DuplicatesMode mode, CancellationToken ct)
    {
        var now = Start + TimeSpan.FromSeconds(visits++);
        var polled = new Source
        {
            Id = source, Name = $"s{source}", Url = new Uri($"https://site{source}.example/feed"),
            LastPolledAt = lastPolled.TryGetValue(source, out var last) ? last : null,
        };
        lastPolled[source] = now;
        var rows = articles.Select(article => Row(source, article, now)).ToList();
        var visit = new VisitWrites
        {
            Source = polled,
            ServerTrust = ServerTrust.Of(polled),
            Now = now,
            Plan = PollPlan.After(polled, new PollOutcome.Read(RefreshHints.None), PollBounds.Default, now),
            Fetch = new FetchEntry
            {
                Id = Guid.CreateVersion7(now), Url = polled.Url, Kind = LedgerKind.Feed, StartedAt = now, Duration = TimeSpan.Zero, Status = 200,
                Outcome = FetchOutcome.Fetched,
                Node = "benchmark",
            },
            Changes = new EntryChanges { New = rows, Sightings = [.. rows.Select(SightingOf)] },
        };
        return new ArticleStore(database, new DuplicateSearch(new DuplicatesOptions { Mode = mode })).SaveVisitAsync(visit, ct);
    }

    private static Sighting SightingOf(StoredArticle row) =>
        new(EntryKey.OfLink(row.Article.Url), row.Key, null, row.Article.Url.AbsoluteUri, row.Article.Title, row.Key.Value);

    public async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<List<T>> RowsAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static StoredArticle Row(int source, (string Name, string Title, string Body) article, DateTimeOffset now)
    {
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://site{source}.example/{article.Name}"));
        var record = new DatedArticle
        {
            Url = url, Title = article.Title, Headline = article.Title, Body = article.Body, BodySource = "feed-content",
            PublishedOn = DateOnly.FromDateTime(now.UtcDateTime), PublishedAt = now, DateSource = "feed", Language = "en",
        };
        return new StoredArticle(ArticleKey.Of(url), record, PageState.None);
    }
}
