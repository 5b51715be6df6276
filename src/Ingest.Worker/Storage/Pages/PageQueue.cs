using System.Threading.Tasks;
using Ingest.Identity;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Pages;

/// <summary>A page whose time has come.</summary>
/// <param name="Key">The article it belongs to.</param>
/// <param name="SourceId">The source through which it was found.</param>
/// <param name="Url">What is fetched.</param>
/// <param name="Attempts">Fetches made before this one.</param>
/// <param name="NextAttemptAt">Since when it is due.</param>
/// <param name="FromFeed">The article as it is stored now; null when the source gave a link only.</param>
internal sealed record DuePage(ArticleKey Key, int SourceId, Uri Url, int Attempts, DateTimeOffset NextAttemptAt, DatedArticle? FromFeed)
{
    /// <summary>Bytes of the article's text where it is too large to wait in memory for its page: it is loaded when it is needed. 0 where it is not.</summary>
    public int LargeText { get; init; }

    /// <summary>What the page is asked with, where its article was read from it before; null when it is asked for as a whole.</summary>
    public PageValidators? Validators { get; init; }
}

/// <summary>The pages that are still to be fetched.</summary>
internal sealed partial class PageQueue(Database database, DuplicateSearch duplicates)
{
    private static readonly string DueText = SqlFile.Read("statements/due_pages.sql", ArticleTable.Own);
    private static readonly string ArticleText = SqlFile.Read("statements/article_of_page.sql", ArticleTable.Own);

    private readonly GroupCommit<PageSave> saves = new(
        (group, ct) => SaveGroupAsync(database, duplicates, group, ct),
        (save, error, ct) => RescueAsync(database, duplicates, save, error, ct),
        PageGroup.Weight,
        database);

    /// <summary>How long the oldest page has been waiting for its commit.</summary>
    public TimeSpan SaveLag => saves.Lag;

    /// <summary>
    /// Due pages of some slots: three in four are the newest articles', so that news is complete soon even behind a long backlog, and every fourth is
    /// one that has waited longest, so that the backlog ends.
    /// </summary>
    public Task<IReadOnlyList<DuePage>> LoadDueAsync(DueQuery query, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<DuePage>>(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand(DueText, connection);
                foreach (var parameter in query.Parameters()) command.Parameters.Add(parameter);
                command.Parameters.Add(new NpgsqlParameter { Value = query.ExceptPagesOf.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
                command.Parameters.Add(new NpgsqlParameter { Value = PageValidators.Kept, NpgsqlDbType = NpgsqlDbType.Interval });
                await using var reader = await command.ExecuteReaderAsync(ct);
                List<DuePage> newest = [], oldest = [];
                List<Guid> unreadable = [];
                while (await reader.ReadAsync(ct))
                {
                    if (ReadDue(reader) is { } page) (reader.GetBoolean(0) ? newest : oldest).Add(page);
                    else unreadable.Add(reader.GetGuid(1));
                }

                await reader.DisposeAsync();
                if (unreadable.Count > 0) await GiveUpAsync(connection, unreadable, ct);
                return Mixed(newest, oldest, query.Limit);
            },
            ct);

    /// <summary>The article of a page as it is stored now; null when there is none.</summary>
    public Task<DatedArticle?> LoadTextAsync(DuePage page, CancellationToken ct) =>
        database.ReadAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand(ArticleText, connection) { Parameters = { new() { Value = page.Key.Value } } };
                await using var reader = await command.ExecuteReaderAsync(ct);
                return await reader.ReadAsync(ct) ? ArticleRows.ToArticle(ArticleTable.Own.Read(reader, 0)) : null;
            },
            ct);

    // Somebody wrote the row by hand.
    private static DuePage? ReadDue(NpgsqlDataReader reader)
    {
        try
        {
            var stored = reader.IsDBNull(10) ? null : ArticleRows.ToArticle(ArticleTable.Own.Read(reader, 10));
            return new DuePage(
                new ArticleKey(reader.GetGuid(1)),
                reader.GetInt32(2),
                new Uri(reader.GetString(3)),
                reader.GetInt32(4),
                reader.GetFieldValue<DateTimeOffset>(5),
                stored)
            {
                LargeText = reader.IsDBNull(6) ? 0 : reader.GetInt32(6),
                Validators = reader.IsDBNull(7) ? null : PageValidators.Of(new Uri(reader.GetString(7)), Text(reader, 8), Text(reader, 9)),
            };
        }
        catch (Exception error) when (ArticleRows.IsUnreadable(error))
        {
            return null;
        }
    }

    private static string? Text(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetString(at);

    private static Task<int> GiveUpAsync(NpgsqlConnection connection, List<Guid> keys, CancellationToken ct) => connection.ExecuteAsync(
        [
            new NpgsqlBatchCommand(
                "update ingest.page_queue set state = 'failed', last_error = 'the row cannot be read: an address in it is not valid' "
                    + "where article_key = any($1)")
                .Add(keys, NpgsqlDbType.Uuid, static key => key),
        ],
        ct);

    private static List<DuePage> Mixed(List<DuePage> newest, List<DuePage> oldest, int limit)
    {
        oldest.Sort(static (a, b) => a.NextAttemptAt.CompareTo(b.NextAttemptAt));
        var mixed = new List<DuePage>();
        for (int n = 0, o = 0; mixed.Count < limit && (n < newest.Count || o < oldest.Count);)
            mixed.Add(o < oldest.Count && (n == newest.Count || mixed.Count % 4 == 3) ? oldest[o++] : newest[n++]);
        return mixed;
    }

    /// <summary>
    /// Saves a page's visit in one transaction, which it may share with others: the article, the queue's row and the ledger's. Of a visit that comes
    /// after another of the same page, only the ledger tells.
    /// </summary>
    public Task SaveAsync(DuePage page, PageOutcome outcome, FetchEntry fetch, DateTimeOffset now, CancellationToken ct) =>
        saves.SaveAsync(new PageSave(page, outcome, fetch, now), ct);

    private static async Task<IReadOnlyList<PageSave>> SaveGroupAsync(
        Database database, DuplicateSearch duplicates, IReadOnlyList<PageSave> group, CancellationToken ct)
    {
        var counted = await database.SaveAsync((connection, ct) => new PageGroup(connection, duplicates).SaveAsync(group, ct), ct);
        foreach (var late in group.Where(save => !counted.Contains(save.Page.Key.Value))) LogLate(database.Log, late.Page.Url);
        return group;
    }

    // What a page gives will be refused the next time too: it is not asked for again.
    private static Task<PageSave> RescueAsync(Database database, DuplicateSearch duplicates, PageSave save, Exception error, CancellationToken ct)
    {
        var refused = new Refusal(save.Page.Key.Value, "article", save.Page.Url.AbsoluteUri, save.Page.SourceId, error);
        var reason = $"PostgreSQL refuses {refused.Words}";
        var told = save with
        {
            Outcome = new PageOutcome.GivenUp(reason, IsGone: false), Fetch = save.Fetch with { Cause = LedgerCauses.Refused, Failure = reason },
        };
        LogRefused(database.Log, refused.Words);
        return database.SaveAsync(
            async (connection, ct) =>
            {
                await new PageGroup(connection, duplicates).SaveAsync([told], ct);
                await connection.ExecuteAsync([Refusal.Note("page", [refused], save.Now)], ct);
                return told;
            },
            ct);
    }

    [LoggerMessage(521, LogLevel.Warning, "PostgreSQL refuses what the page gave: {Refused}; it is given up")]
    private static partial void LogRefused(ILogger logger, string refused);

    [LoggerMessage(505, LogLevel.Information, "The page {Url} was visited elsewhere meanwhile; of this visit only the ledger tells")]
    private static partial void LogLate(ILogger logger, Uri url);
}
