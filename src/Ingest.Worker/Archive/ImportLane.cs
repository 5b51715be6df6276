using System.Threading.Channels;
using System.Threading.Tasks;
using Ingest.Worker.Storage;

namespace Ingest.Worker.Archive;

/// <summary>
/// Saves its share of an import, batch after batch in their order, while the next batches are read. All records of one article go through one lane, so that
/// the first of them counts and no two lanes wait for each other's rows.
/// </summary>
internal sealed class ImportLane(ArticleStore store, TimeProvider time, ImportTally tally)
{
    private const int BatchRecords = 500;

    // One statement must stay far below PostgreSQL's 1 GiB.
    private const int BatchChars = 4 * 1024 * 1024;

    private readonly Channel<List<StoredArticle>> batches = Channel.CreateBounded<List<StoredArticle>>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
    private List<StoredArticle> batch = [];
    private long chars;

    /// <summary>Saves what comes, until its end.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await foreach (var rows in batches.Reader.ReadAllAsync(ct)) tally.Commit(rows.Count, await store.ImportAsync(rows, time.GetUtcNow(), ct));
    }

    /// <summary>Adds a record; waits while two batches are ahead of it.</summary>
    public async ValueTask AddAsync(StoredArticle row, CancellationToken ct)
    {
        batch.Add(row);
        var article = row.Article;
        chars += article.Body.Length + article.Title.Length + article.Headline.Length + article.Description.Length + article.Url.OriginalString.Length;
        if (batch.Count >= BatchRecords || chars >= BatchChars) await FlushAsync(ct);
    }

    /// <summary>No more will come.</summary>
    public async ValueTask EndAsync(CancellationToken ct)
    {
        if (batch.Count > 0) await FlushAsync(ct);
        batches.Writer.Complete();
    }

    private async ValueTask FlushAsync(CancellationToken ct)
    {
        await batches.Writer.WriteAsync(batch, ct);
        (batch, chars) = ([], 0);
    }
}
