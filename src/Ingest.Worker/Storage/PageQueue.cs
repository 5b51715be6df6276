using System.Threading.Tasks;
using Ingest.Worker.Articles;
using Ingest.Worker.Identity;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>A page whose time has come.</summary>
/// <param name="Key">The article it belongs to.</param>
/// <param name="SourceId">The source through which it was found.</param>
/// <param name="Url">What is fetched.</param>
/// <param name="Attempts">Fetches made before this one.</param>
/// <param name="NextAttemptAt">Since when it is due.</param>
/// <param name="FromFeed">The article as it is stored now; null when the source gave a link only.</param>
internal sealed record DuePage(ArticleKey Key, int SourceId, Uri Url, int Attempts, DateTimeOffset NextAttemptAt, DatedArticle? FromFeed);

/// <summary>How a page's visit ended.</summary>
internal abstract record PageOutcome
{
    private PageOutcome()
    {
    }

    /// <summary>The article is complete.</summary>
    internal sealed record Read(DatedArticle Article) : PageOutcome;

    /// <summary>It failed, and is tried again.</summary>
    /// <param name="NextAttemptAt">When.</param>
    /// <param name="Reason">Why it failed.</param>
    /// <param name="CountsAsAttempt">False when no request was made.</param>
    internal sealed record Later(DateTimeOffset NextAttemptAt, string Reason, bool CountsAsAttempt) : PageOutcome;

    /// <summary>It is given up: no answer worth waiting for.</summary>
    internal sealed record GivenUp(string Reason) : PageOutcome;

    /// <summary>It answered, and holds no article.</summary>
    internal sealed record Rejected(string Reason) : PageOutcome;
}

/// <summary>The pages that are still to be fetched.</summary>
internal sealed partial class PageQueue(Database database)
{
    private readonly GroupCommit<PageSave> saves = new((group, ct) => SaveGroupAsync(database, group, ct), PageGroup.Weight, database);

    /// <summary>How long the oldest page has been waiting for its commit.</summary>
    public TimeSpan SaveLag => saves.Lag;

    /// <summary>Due pages of some slots, newest articles first, so that news is complete soon even behind a long backlog.</summary>
    public Task<IReadOnlyList<DuePage>> LoadDueAsync(IReadOnlyList<short> slots, DateTimeOffset now, int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<DuePage>>(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand(
                    $"""
                    select q.article_key, q.source_id, q.url, q.attempts, q.next_attempt_at, {ArticleColumns.Select}
                    from (select * from ingest.page_queue
                          where state = 'waiting' and slot = any($1) and next_attempt_at <= $2
                          order by published_at desc nulls last limit $3) q
                    left join ingest.articles a using (article_key)
                    order by q.published_at desc nulls last
                    """,
                    connection)
                {
                    Parameters =
                    {
                        new() { Value = slots.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint },
                        new() { Value = now.ToUniversalTime() },
                        new() { Value = limit },
                    },
                };
                await using var reader = await command.ExecuteReaderAsync(ct);
                var due = new List<DuePage>();
                while (await reader.ReadAsync(ct))
                {
                    var stored = await reader.IsDBNullAsync(5, ct) ? null : ArticleColumns.Read(reader, 5);
                    due.Add(new DuePage(new ArticleKey(reader.GetGuid(0)), reader.GetInt32(1), new Uri(reader.GetString(2)), reader.GetInt32(3), reader.GetFieldValue<DateTimeOffset>(4), stored));
                }

                return due;
            },
            ct);

    /// <summary>
    /// Saves a page's visit in one transaction, which it may share with others: the article, the queue's row and the ledger's. Of a visit that comes
    /// after another of the same page, only the ledger tells.
    /// </summary>
    public Task SaveAsync(DuePage page, PageOutcome outcome, FetchEntry fetch, DateTimeOffset now, CancellationToken ct) =>
        saves.SaveAsync(new PageSave(page, outcome, fetch, now), ct);

    private static async Task SaveGroupAsync(Database database, IReadOnlyList<PageSave> group, CancellationToken ct)
    {
        var counted = await database.SaveAsync((connection, ct) => PageGroup.SaveAsync(connection, group, ct), ct);
        foreach (var late in group.Where(save => !counted.Contains(save.Page.Key.Value))) LogLate(database.Log, late.Page.Url);
    }

    [LoggerMessage(505, LogLevel.Information, "The page {Url} was visited elsewhere meanwhile; of this visit only the ledger tells")]
    private static partial void LogLate(ILogger logger, Uri url);
}
