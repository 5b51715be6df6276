using System.Globalization;
using System.Threading.Channels;
using System.Threading.Tasks;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Values;

namespace Ingest.Worker.Archive.Import;

/// <summary>A record on its way into the database, and where it stands in its archive.</summary>
internal readonly record struct ImportedRow(StoredArticle Article, string File, long Line);

/// <summary>
/// Saves its share of an import, batch after batch in their order, while the next batches are read. All records of one article go through one lane, so that
/// the first of them counts and no two lanes wait for each other's rows.
/// </summary>
internal sealed class ImportLane(ArticleStore store, TimeProvider time, ImportTally tally, Action<ImportTally, string> report)
{
    private const int BatchRecords = 500;

    // One statement must stay far below PostgreSQL's 1 GiB.
    private const int BatchChars = 4 * 1024 * 1024;

    private readonly Channel<List<ImportedRow>> batches = Channel.CreateBounded<List<ImportedRow>>(
        new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
    private List<ImportedRow> batch = [];
    private long chars;

    /// <summary>Saves what comes, until its end.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await foreach (var rows in batches.Reader.ReadAllAsync(ct)) await SaveAsync(rows, ct);
    }

    /// <summary>Adds a record; waits while two batches are ahead of it.</summary>
    public async ValueTask AddAsync(ImportedRow row, CancellationToken ct)
    {
        batch.Add(row);
        var article = row.Article.Article;
        chars += article.Body.Length + article.Title.Length + article.Headline.Length + article.Description.Length + article.Url.OriginalString.Length;
        if (batch.Count >= BatchRecords || chars >= BatchChars) await FlushAsync(ct);
    }

    /// <summary>No more will come.</summary>
    public async ValueTask EndAsync(CancellationToken ct)
    {
        if (batch.Count > 0) await FlushAsync(ct);
        batches.Writer.Complete();
    }

    // What PostgreSQL refuses is halved until the record at fault stands alone; its neighbours are stored.
    private async Task SaveAsync(IReadOnlyList<ImportedRow> rows, CancellationToken ct)
    {
        try
        {
            tally.Commit(rows.Count, await store.ImportAsync([.. rows.Select(static row => row.Article)], time.GetUtcNow(), ct));
            return;
        }
        catch (System.Data.Common.DbException error) when (DataFault.Is(error))
        {
            if (rows.Count == 1)
            {
                report(tally, string.Create(CultureInfo.InvariantCulture, $"{rows[0].File}:{rows[0].Line}: PostgreSQL refuses it: {DataFault.Say(error)}"));
                return;
            }
        }

        await SaveAsync([.. rows.Take(rows.Count / 2)], ct);
        await SaveAsync([.. rows.Skip(rows.Count / 2)], ct);
    }

    private async ValueTask FlushAsync(CancellationToken ct)
    {
        await batches.Writer.WriteAsync(batch, ct);
        (batch, chars) = ([], 0);
    }
}
