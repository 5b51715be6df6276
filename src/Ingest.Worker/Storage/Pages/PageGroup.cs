using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Pages;

/// <summary>A page's visit, ready to be saved.</summary>
internal sealed record PageSave(DuePage Page, PageOutcome Outcome, FetchEntry Fetch, DateTimeOffset Now);

/// <summary>Saves the visits of many pages in one transaction.</summary>
internal sealed class PageGroup(NpgsqlConnection connection, DuplicateSearch duplicates)
{
    /// <summary>
    /// Saves. A page whose row of the queue is no longer as it was loaded was visited elsewhere meanwhile: of such a late visit only the ledger tells.
    /// </summary>
    /// <returns>The keys of the pages whose visits counted.</returns>
    public async Task<HashSet<Guid>> SaveAsync(IReadOnlyList<PageSave> saves, CancellationToken ct)
    {
        var ordered = saves.OrderBy(static save => save.Page.Key.Value).ToList();
        var counted = await SaveQueueAsync(ordered, ct);
        foreach (var save in ordered.Where(save => save.Outcome is PageOutcome.Read && counted.Contains(save.Page.Key.Value)))
        {
            // One after the other: two of them may turn out to be one article.
            var page = new PageWrite(connection, duplicates, save.Page, (PageOutcome.Read)save.Outcome, save.Now);
            await connection.ExecuteAsync(await page.PrepareAsync(ct), ct);
        }

        await connection.ExecuteAsync(
            Confirmed([.. ordered.Where(save => save.Outcome is PageOutcome.Unchanged && counted.Contains(save.Page.Key.Value))]), ct);
        await connection.ExecuteAsync(
            Ended([.. ordered.Where(save => save.Outcome is PageOutcome.GivenUp or PageOutcome.Rejected && counted.Contains(save.Page.Key.Value))]), ct);
        return counted;
    }

    /// <summary>What of its text a visit keeps in memory until its commit, in characters.</summary>
    public static long Weight(PageSave save) => (save.Outcome as PageOutcome.Read)?.Article.Body.Length ?? 0;

    private async Task<HashSet<Guid>> SaveQueueAsync(IReadOnlyList<PageSave> saves, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        var read = saves.Where(static save => save.Outcome is PageOutcome.Read or PageOutcome.Unchanged).ToList();
        var waiting = saves.Where(static save => save.Outcome is not (PageOutcome.Read or PageOutcome.Unchanged)).ToList();
        if (read.Count > 0) batch.BatchCommands.Add(Remove(read));
        if (waiting.Count > 0) batch.BatchCommands.Add(Keep(waiting));
        batch.BatchCommands.Add(VisitSql.Ledger([.. saves.SelectMany(static save => VisitSql.Lines(save.Fetch, save.Page.SourceId))]));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var counted = new HashSet<Guid>();
        do
        {
            while (await reader.ReadAsync(ct)) counted.Add(reader.GetGuid(0));
        }
        while (await reader.NextResultAsync(ct));
        return counted;
    }

    private static NpgsqlBatchCommand Remove(List<PageSave> saves) =>
        new NpgsqlBatchCommand("""
            delete from ingest.page_queue q using unnest($1, $2) as x(article_key, next_attempt_at)
            where q.article_key = x.article_key and q.next_attempt_at = x.next_attempt_at and q.state = 'waiting'
            returning q.article_key
            """)
            .Add(saves, NpgsqlDbType.Uuid, static save => save.Page.Key.Value)
            .AddMoments(saves, static save => save.Page.NextAttemptAt);

    private static NpgsqlBatchCommand Keep(List<PageSave> saves) =>
        new NpgsqlBatchCommand("""
            update ingest.page_queue q set state = x.state, attempts = q.attempts + x.attempts, next_attempt_at = coalesce(x.next_at, q.next_attempt_at),
              last_error = x.error
            from unnest($1, $2, $3, $4, $5, $6) as x(article_key, next_attempt_at, state, attempts, next_at, error)
            where q.article_key = x.article_key and q.next_attempt_at = x.next_attempt_at and q.state = 'waiting'
            returning q.article_key
            """)
            .Add(saves, NpgsqlDbType.Uuid, static save => save.Page.Key.Value)
            .AddMoments(saves, static save => save.Page.NextAttemptAt)
            .AddText(saves, static save => Words<PageState>.Of(State(save.Outcome)))
            .Add(saves, NpgsqlDbType.Integer, static save => save.Outcome is PageOutcome.Later { CountsAsAttempt: false } ? 0 : 1)
            .AddMoments(saves, static save => (save.Outcome as PageOutcome.Later)?.NextAttemptAt)
            .AddText(saves, static save => ErrorText.Of(Reason(save.Outcome)));

    // The page is there, and what was read from it stands.
    private static IEnumerable<NpgsqlBatchCommand> Confirmed(List<PageSave> unchanged)
    {
        if (unchanged.Count == 0) yield break;
        yield return new NpgsqlBatchCommand("""
            update ingest.articles a set page_error = null, gone_at = null, gone_reason = null,
              updated_at = case when gone_at is null then updated_at else x.now end
            from unnest($1, $2) as x(article_key, now) where a.article_key = x.article_key and (page_error is not null or gone_at is not null)
            """)
            .Add(unchanged, NpgsqlDbType.Uuid, static save => save.Page.Key.Value)
            .AddMoments(unchanged, static save => save.Now);
    }

    // An article that was read before keeps its text and its state; only one that still waited says why it has no page.
    private static IEnumerable<NpgsqlBatchCommand> Ended(List<PageSave> ended)
    {
        if (ended.Count == 0) yield break;
        yield return new NpgsqlBatchCommand("""
            update ingest.articles a set page_state = x.state, page_error = x.error from unnest($1, $2, $3) as x(article_key, state, error)
            where a.article_key = x.article_key and a.page_state = 'waiting'
            """)
            .Add(ended, NpgsqlDbType.Uuid, static save => save.Page.Key.Value)
            .AddText(ended, static save => Words<PageState>.Of(State(save.Outcome)))
            .AddText(ended, static save => ErrorText.Of(Reason(save.Outcome)));

        // What was published stays; that it is there no more is said beside it.
        var gone = ended.FindAll(static save => save.Outcome is PageOutcome.GivenUp { IsGone: true });
        if (gone.Count == 0) yield break;
        yield return new NpgsqlBatchCommand("""
            update ingest.articles a set gone_at = x.now, gone_reason = x.reason, updated_at = x.now, changed_xid = pg_current_xact_id()
            from unnest($1, $2, $3) as x(article_key, now, reason) where a.article_key = x.article_key and a.gone_at is null
            """)
            .Add(gone, NpgsqlDbType.Uuid, static save => save.Page.Key.Value)
            .AddMoments(gone, static save => save.Now)
            .AddText(gone, static save => ErrorText.Of(Reason(save.Outcome)));
    }

    private static PageState State(PageOutcome outcome) => outcome switch
    {
        PageOutcome.Later => PageState.Waiting,
        PageOutcome.GivenUp => PageState.Failed,
        PageOutcome.Rejected => PageState.Rejected,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Reason(PageOutcome outcome) => outcome switch
    {
        PageOutcome.Later later => later.Reason,
        PageOutcome.GivenUp given => given.Reason,
        PageOutcome.Rejected rejected => rejected.Reason,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
