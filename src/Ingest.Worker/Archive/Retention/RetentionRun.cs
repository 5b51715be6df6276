using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Ingest.Worker.Archive.Export;
using Ingest.Worker.Storage.Articles;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Archive.Retention;

/// <summary>
/// Removes what is past its time, some thousands of articles at once: first they are in a file that is whole and on the disk, then they are gone.
/// </summary>
internal sealed class RetentionRun(ArticleRetention retention, IOptions<RetentionOptions> options, TimeProvider time)
{
    /// <summary>Articles in one portion, and so in one file of the archive.</summary>
    public int ArticlesAtATime { get; init; } = 2_000;

    /// <summary>Runs until nothing is past its time.</summary>
    /// <returns>How many articles were removed.</returns>
    /// <exception cref="IOException">The archive cannot be written; what is not in it stays.</exception>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        var bounds = options.Value.ToBounds(time.GetUtcNow());
        var removed = await RunAsync((after, ct) => retention.LoadExpiredAsync(bounds, after, ArticlesAtATime, ct), long.MaxValue, ct);
        if (bounds.MaxArticles is not { } most) return removed;
        var excess = await retention.CountAsync(ct) - most;
        return removed + await RunAsync((after, ct) => retention.LoadOldestAsync(after, ArticlesAtATime, ct), excess, ct);
    }

    // Those that changed meanwhile, or that PostgreSQL does not let go, are taken up by the next run.
    private async Task<long> RunAsync(
        Func<ExpiredArticle?, CancellationToken, Task<IReadOnlyList<ExpiredArticle>>> load, long most, CancellationToken ct)
    {
        var (removed, left) = (0L, most);
        ExpiredArticle? last = null;
        while (left > 0 && await load(last, ct) is { Count: > 0 } loaded)
        {
            var portion = loaded.Take((int)Math.Min(left, loaded.Count)).ToList();
            if (options.Value.ArchiveTo is { Length: > 0 } folder) await ArchiveAsync(folder, portion, ct);
            removed += await retention.RemoveAsync(portion, ct);
            (last, left) = (portion[^1], left - portion.Count);
        }

        return removed;
    }

    // The same articles again make another file: an import skips what it has.
    private async Task ArchiveAsync(string folder, IReadOnlyList<ExpiredArticle> expired, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"removed-{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}-{expired[0].Id}");
        var extension = options.Value.Format switch { ArchiveFormat.Parquet => ".parquet", ArchiveFormat.Dated => ".txt.zst", _ => ".jsonl.zst" };
        await using (var output = ArchiveOutput.Open(Path.Combine(folder, name + extension), overwrite: false))
        {
            await ArchiveWriter.WriteAsync(expired.Select(static article => article.Article).ToAsyncEnumerable(), options.Value.Format, output.Stream, ct);
            await output.CompleteAsync(ct);
        }

        // No archive format has a place for earlier versions.
        var revisions = await retention.LoadRevisionsAsync(expired, ct);
        if (revisions.Count == 0) return;
        await using var earlier = ArchiveOutput.Open(Path.Combine(folder, name + "-revisions.json.zst"), overwrite: false);
        await earlier.Stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', revisions) + "\n"), ct);
        await earlier.CompleteAsync(ct);
    }
}
