using System.Threading.Tasks;
using Ingest.Worker.Articles;
using Ingest.Worker.Identity;
using Ingest.Worker.Storage.Duplicates;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>A page whose time has come.</summary>
/// <param name="Key">The article it belongs to.</param>
/// <param name="SourceId">The source through which it was found.</param>
/// <param name="Url">What is fetched.</param>
/// <param name="Attempts">Fetches made before this one.</param>
/// <param name="FromFeed">The article as it is stored now; null when the source gave a link only.</param>
internal sealed record DuePage(ArticleKey Key, int SourceId, Uri Url, int Attempts, DatedArticle? FromFeed);

/// <summary>How a page's visit ended.</summary>
internal abstract record PageOutcome
{
    private PageOutcome()
    {
    }

    /// <summary>The article is complete.</summary>
    /// <param name="Article">As read.</param>
    /// <param name="FinalUrl">The URL that answered.</param>
    internal sealed record Read(DatedArticle Article, Uri FinalUrl) : PageOutcome;

    /// <summary>It failed, and is tried again.</summary>
    /// <param name="NextAttemptAt">When.</param>
    /// <param name="Reason">Why it failed.</param>
    /// <param name="CountsAsAttempt">False when no request was made.</param>
    internal sealed record Later(DateTimeOffset NextAttemptAt, string Reason, bool CountsAsAttempt) : PageOutcome;

    /// <summary>It is given up: no answer worth waiting for.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="IsGone">The server says that there is no such page (404, 410).</param>
    internal sealed record GivenUp(string Reason, bool IsGone) : PageOutcome;

    /// <summary>It answered, and holds no article.</summary>
    internal sealed record Rejected(string Reason) : PageOutcome;
}

/// <summary>The pages that are still to be fetched.</summary>
internal sealed class PageQueue(Database database, DuplicateSearch duplicates)
{
    /// <summary>Due pages of some slots, newest articles first, so that news is complete soon even behind a long backlog.</summary>
    public Task<IReadOnlyList<DuePage>> LoadDueAsync(IReadOnlyList<short> slots, DateTimeOffset now, int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<DuePage>>(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand(
                    $"""
                    select q.article_key, q.source_id, q.url, q.attempts, {ArticleColumns.Select}
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
                    var stored = await reader.IsDBNullAsync(4, ct) ? null : ArticleColumns.Read(reader, 4);
                    due.Add(new DuePage(new ArticleKey(reader.GetGuid(0)), reader.GetInt32(1), new Uri(reader.GetString(2)), reader.GetInt32(3), stored));
                }

                return due;
            },
            ct);

    /// <summary>Saves a page's visit in one transaction: the article, the queue's row and the ledger's.</summary>
    public Task SaveAsync(DuePage page, PageOutcome outcome, FetchEntry fetch, DateTimeOffset now, CancellationToken ct) =>
        database.SaveAsync(
            async (connection, ct) =>
            {
                await using var batch = new NpgsqlBatch(connection);
                var commands = outcome is PageOutcome.Read read ? await new PageSave(connection, duplicates, page, read, now).PrepareAsync(ct) : Commands(page, outcome, now);
                foreach (var command in commands) batch.BatchCommands.Add(command);
                batch.BatchCommands.Add(VisitSql.Ledger(fetch, page.SourceId));
                return await batch.ExecuteNonQueryAsync(ct);
            },
            ct);

    private static IReadOnlyList<NpgsqlBatchCommand> Commands(DuePage page, PageOutcome outcome, DateTimeOffset now) => outcome switch
    {
        PageOutcome.Later later =>
        [
            new NpgsqlBatchCommand("update ingest.page_queue set attempts = $2, next_attempt_at = $3, last_error = $4 where article_key = $1")
                .Add(page.Key.Value, NpgsqlDbType.Uuid)
                .Add(page.Attempts + (later.CountsAsAttempt ? 1 : 0), NpgsqlDbType.Integer)
                .Add(later.NextAttemptAt.ToUniversalTime(), NpgsqlDbType.TimestampTz)
                .Add(later.Reason, NpgsqlDbType.Text),
        ],
        PageOutcome.GivenUp { IsGone: true } gone => [.. Ended(page, "failed", gone.Reason), Gone(page, gone.Reason, now)],
        PageOutcome.GivenUp given => Ended(page, "failed", given.Reason),
        PageOutcome.Rejected rejected => Ended(page, "rejected", rejected.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // An article that was read before keeps its text and its state; only one that still waited says why it has no page.
    private static NpgsqlBatchCommand[] Ended(DuePage page, string state, string reason) =>
    [
        new NpgsqlBatchCommand("update ingest.page_queue set state = $2, attempts = $3, last_error = $4 where article_key = $1")
            .Add(page.Key.Value, NpgsqlDbType.Uuid).Add(state, NpgsqlDbType.Text).Add(page.Attempts + 1, NpgsqlDbType.Integer).Add(reason, NpgsqlDbType.Text),
        new NpgsqlBatchCommand("update ingest.articles set page_state = $2, page_error = $3 where article_key = $1 and page_state = 'waiting'")
            .Add(page.Key.Value, NpgsqlDbType.Uuid).Add(state, NpgsqlDbType.Text).Add(reason, NpgsqlDbType.Text),
    ];

    // What was published stays; that it is there no more is said beside it.
    private static NpgsqlBatchCommand Gone(DuePage page, string reason, DateTimeOffset now) =>
        new NpgsqlBatchCommand("update ingest.articles set gone_at = $2, gone_reason = $3, updated_at = $2, changed_xid = pg_current_xact_id() where article_key = $1 and gone_at is null")
            .Add(page.Key.Value, NpgsqlDbType.Uuid).Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz).Add(reason, NpgsqlDbType.Text);
}
