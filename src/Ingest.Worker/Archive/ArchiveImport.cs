using System.Globalization;
using System.IO;
using System.Threading.Channels;
using System.Threading.Tasks;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage;

namespace Ingest.Worker.Archive;

/// <summary>What an import came to so far; <see cref="Known"/> were in the database, or earlier in the archives.</summary>
internal sealed class ImportTally
{
    public int Files { get; set; }

    /// <summary>Records that were read.</summary>
    public long Records { get; set; }

    /// <summary>Records whose transaction was committed.</summary>
    public long Saved { get; set; }

    public long Added { get; set; }

    public long Known => Saved - Added;

    public long Faults { get; set; }
}

/// <summary>Brings archives into the database, a transaction a batch; what was committed stays, and the same archive again adds nothing.</summary>
/// <param name="store">The database.</param>
/// <param name="time">When the articles are first seen.</param>
/// <param name="report">Takes each fault, as <c>file:line: reason</c>.</param>
internal sealed class ArchiveImport(ArticleStore store, TimeProvider time, Action<string> report)
{
    private const int BatchRecords = 1000;

    // One statement must stay far below PostgreSQL's 1 GiB.
    private const int BatchChars = 8 * 1024 * 1024;

    /// <summary>Imports the archives in this order; of two records of one article the first counts.</summary>
    /// <param name="paths">Files, folders, or <c>-</c> for standard input.</param>
    /// <param name="tally">Is kept current, so that it tells what was done even when the import is broken off.</param>
    /// <param name="ct">Stops at the last committed batch.</param>
    /// <exception cref="System.Data.Common.DbException">The database failed, and not in passing.</exception>
    public async Task RunAsync(IReadOnlyList<string> paths, ImportTally tally, CancellationToken ct)
    {
        // The next batch is read while one is saved.
        var batches = Channel.CreateBounded<List<DatedArticle>>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = Task.Run(() => ReadAllAsync(paths, tally, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(ct))
            {
                tally.Added += await store.ImportAsync(batch, time.GetUtcNow(), ct);
                tally.Saved += batch.Count;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private async Task ReadAllAsync(IReadOnlyList<string> paths, ImportTally tally, ChannelWriter<List<DatedArticle>> output, CancellationToken ct)
    {
        try
        {
            var batch = new Batch(output);
            foreach (var path in paths) await ReadPathAsync(path, tally, batch, ct);
            await batch.FlushAsync(ct);
            output.TryComplete();
        }
        catch (Exception error)
        {
            // Comes out where the batches are read.
            output.TryComplete(error);
        }
    }

    private async Task ReadPathAsync(string path, ImportTally tally, Batch batch, CancellationToken ct)
    {
        try
        {
            foreach (var file in ArchiveInput.FilesOf(path)) await ReadFileAsync(file, tally, batch, ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Report(tally, path, error);
        }
    }

    private async Task ReadFileAsync(string file, ImportTally tally, Batch batch, CancellationToken ct)
    {
        try
        {
            await using var input = await ArchiveInput.OpenAsync(file, ct);
            tally.Files++;
            await foreach (var reading in ArchiveReader.ReadAsync(input.Content, input.Format, ct))
            {
                if (reading is ArchiveReading.Record record)
                {
                    tally.Records++;
                    await batch.AddAsync(record.Article, ct);
                }
                else if (reading is ArchiveReading.Fault fault)
                {
                    tally.Faults++;
                    report(string.Create(CultureInfo.InvariantCulture, $"{file}:{fault.Line}: {fault.Reason}"));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Report(tally, file, error);
        }
    }

    private void Report(ImportTally tally, string path, Exception error)
    {
        tally.Faults++;
        report($"{path}: {error.Message}");
    }

    private sealed class Batch(ChannelWriter<List<DatedArticle>> output)
    {
        private List<DatedArticle> articles = [];
        private long chars;

        public async ValueTask AddAsync(DatedArticle article, CancellationToken ct)
        {
            articles.Add(article);
            chars += article.Body.Length + article.Title.Length + article.Headline.Length + article.Description.Length + article.Url.OriginalString.Length;
            if (articles.Count >= BatchRecords || chars >= BatchChars) await FlushAsync(ct);
        }

        public async ValueTask FlushAsync(CancellationToken ct)
        {
            if (articles.Count == 0) return;
            await output.WriteAsync(articles, ct);
            (articles, chars) = ([], 0);
        }
    }
}
