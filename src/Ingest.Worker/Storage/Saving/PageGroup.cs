using System.Threading.Tasks;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Saving;

/// <summary>A page's visit, ready to be saved.</summary>
internal sealed record PageSave(DuePage Page, PageOutcome Outcome, FetchEntry Fetch, DateTimeOffset Now);

/// <summary>Saves the visits of many pages in one transaction.</summary>
internal static class PageGroup
{
    /// <summary>
    /// Saves. A page whose row of the queue is no longer as it was loaded was visited elsewhere meanwhile: of such a late visit only the ledger tells.
    /// </summary>
    /// <returns>The keys of the pages whose visits counted.</returns>
    public static async Task<HashSet<Guid>> SaveAsync(NpgsqlConnection connection, IReadOnlyList<PageSave> saves, CancellationToken ct)
    {
        var ordered = saves.OrderBy(static save => save.Page.Key.Value).ToList();
        var counted = await SaveQueueAsync(connection, ordered, ct);
        var articles = Articles([.. ordered.Where(save => counted.Contains(save.Page.Key.Value))]).ToList();
        if (articles.Count == 0) return counted;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in articles) batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(ct);
        return counted;
    }

    /// <summary>What of its text a visit keeps in memory until its commit, in characters.</summary>
    public static long Weight(PageSave save) => (save.Outcome as PageOutcome.Read)?.Article.Body.Length ?? 0;

    private static async Task<HashSet<Guid>> SaveQueueAsync(NpgsqlConnection connection, IReadOnlyList<PageSave> saves, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        var read = saves.Where(static save => save.Outcome is PageOutcome.Read).ToList();
        var waiting = saves.Where(static save => save.Outcome is not PageOutcome.Read).ToList();
        if (read.Count > 0) batch.BatchCommands.Add(Remove(read));
        if (waiting.Count > 0) batch.BatchCommands.Add(Keep(waiting));
        batch.BatchCommands.Add(VisitSql.Ledger([.. saves.Select(static save => new FromSource<FetchEntry>(save.Page.SourceId, save.Fetch))]));
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
            .Add(saves, NpgsqlDbType.TimestampTz, static save => save.Page.NextAttemptAt.ToUniversalTime());

    private static NpgsqlBatchCommand Keep(List<PageSave> saves) =>
        new NpgsqlBatchCommand("""
            update ingest.page_queue q set state = x.state, attempts = q.attempts + x.attempts, next_attempt_at = coalesce(x.next_at, q.next_attempt_at), last_error = x.error
            from unnest($1, $2, $3, $4, $5, $6) as x(article_key, next_attempt_at, state, attempts, next_at, error)
            where q.article_key = x.article_key and q.next_attempt_at = x.next_attempt_at and q.state = 'waiting'
            returning q.article_key
            """)
            .Add(saves, NpgsqlDbType.Uuid, static save => save.Page.Key.Value)
            .Add(saves, NpgsqlDbType.TimestampTz, static save => save.Page.NextAttemptAt.ToUniversalTime())
            .AddText(saves, static save => State(save.Outcome))
            .Add(saves, NpgsqlDbType.Integer, static save => save.Outcome is PageOutcome.Later { CountsAsAttempt: false } ? 0 : 1)
            .Add(saves, NpgsqlDbType.TimestampTz, static save => SqlArrays.Utc((save.Outcome as PageOutcome.Later)?.NextAttemptAt))
            .AddText(saves, static save => Reason(save.Outcome));

    private static IEnumerable<NpgsqlBatchCommand> Articles(IReadOnlyList<PageSave> saves)
    {
        var read = saves.Where(static save => save.Outcome is PageOutcome.Read)
            .Select(static save => new FromSource<StoredArticle>(save.Page.SourceId, new StoredArticle(save.Page.Key, ((PageOutcome.Read)save.Outcome).Article, "read"))).ToList();
        if (read.Count > 0) yield return ArticleSql.SavePages(read, saves.Max(static save => save.Now));

        // An article that was read before keeps its text and its state; only one that still waited says why it has no page.
        var ended = saves.Where(static save => save.Outcome is PageOutcome.GivenUp or PageOutcome.Rejected).ToList();
        if (ended.Count == 0) yield break;
        yield return new NpgsqlBatchCommand("""
            update ingest.articles a set page_state = x.state, page_error = x.error from unnest($1, $2, $3) as x(article_key, state, error)
            where a.article_key = x.article_key and a.page_state = 'waiting'
            """)
            .Add(ended, NpgsqlDbType.Uuid, static save => save.Page.Key.Value)
            .AddText(ended, static save => State(save.Outcome))
            .AddText(ended, static save => Reason(save.Outcome));
    }

    private static string State(PageOutcome outcome) => outcome switch
    {
        PageOutcome.Later => "waiting",
        PageOutcome.GivenUp => "failed",
        PageOutcome.Rejected => "rejected",
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
