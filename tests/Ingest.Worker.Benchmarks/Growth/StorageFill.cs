using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary><c>storage-fill CONNECTION FIRST COUNT TOTAL</c>: generated articles by COPY into a database of its own schema.</summary>
internal static class StorageFill
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (first, count, total) = (long.Parse(args[1], CultureInfo.InvariantCulture), long.Parse(args[2], CultureInfo.InvariantCulture), long.Parse(args[3], CultureInfo.InvariantCulture));
        await using var database = new Database(args[0], new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
        Console.WriteLine(await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, CancellationToken.None));
        await using var sources = database.DataSource.CreateCommand("""
            insert into ingest.sources (id, name, url, configured_url, slot, state, full_text, depth, next_poll_at, next_poll_reason, failure_weight, created_at, updated_at, tags)
            select i + 1, 'paper-' || i, 'https://www.paper-' || i || '.example/feed', 'https://www.paper-' || i || '.example/feed', i % 1024, 'active', 'auto', 0, now(), 'new', 0, now(), now(), '{}'
            from generate_series(0, 1999) i on conflict do nothing
            """);
        await sources.ExecuteNonQueryAsync();
        var articles = new GeneratedArticles();
        await using var connection = await database.DataSource.OpenConnectionAsync();
        var watch = Stopwatch.StartNew();
        const int Chunk = 10_000;
        for (var at = first; at < first + count; at += Chunk)
        {
            await ArticleCopy.RunAsync(connection, "ingest.articles", Enumerable.Range(0, (int)Math.Min(Chunk, first + count - at)).Select(i => articles.Make(at + i, total)), DateTimeOffset.UtcNow, CancellationToken.None);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} articles in {watch.Elapsed.TotalSeconds:0.0} s, {count / watch.Elapsed.TotalSeconds:0} a second"));
        watch.Restart();
        var indexed = await new SearchIndex(database).CatchUpAsync(args.Length > 4 ? Enum.Parse<SearchScope>(args[4]) : SearchScope.Headlines, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{indexed} indexed in {watch.Elapsed.TotalSeconds:0.0} s"));
        return 0;
    }
}
