using System.Threading.Tasks;
using Ingest.Identity;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Keys;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Saving;

/// <summary>Articles in PostgreSQL: what is known of a document's entries, and a visit's outcome in one transaction.</summary>
internal sealed partial class ArticleStore
{
    // So many articles of a source are looked through when it shows nothing that is known.
    private const int LatestOfSource = 500;

    private readonly Database database;
    private readonly DuplicateSearch duplicates;
    private readonly GroupCommit<VisitWrites> visits;

    public ArticleStore(Database database, DuplicateSearch duplicates)
    {
        (this.database, this.duplicates) = (database, duplicates);
        visits = new GroupCommit<VisitWrites>(SaveVisitsAsync, RescueAsync, VisitGroup.Weight, database);
    }

    /// <summary>How long the oldest visit has been waiting for its commit.</summary>
    public TimeSpan SaveLag => visits.Lag;

    /// <summary>What is known of these entries of a source: one statement, whatever their number.</summary>
    public Task<KnownEntries> LoadKnownAsync(int sourceId, IReadOnlyList<EntryIdentity> entries, CancellationToken ct) =>
        database.ReadAsync((connection, ct) => IdentityQueries.EntriesAsync(connection, sourceId, entries, ct), ct);

    /// <summary>The articles of these keys, for comparing.</summary>
    public Task<List<KnownArticle>> LoadArticlesAsync(IReadOnlyList<ArticleKey> keys, CancellationToken ct) =>
        database.ReadAsync((connection, ct) => IdentityQueries.ArticlesAsync(connection, keys, ct), ct);

    /// <summary>The articles that a source showed last, for comparing.</summary>
    public Task<List<KnownArticle>> LoadLatestAsync(int sourceId, CancellationToken ct) =>
        database.ReadAsync((connection, ct) => IdentityQueries.LatestAsync(connection, sourceId, LatestOfSource, ct), ct);

    /// <summary>
    /// Saves a visit in one transaction, which it may share with others; on conflict the row that was there first stays. Of a visit that comes after
    /// another of the same source, only the ledger tells.
    /// </summary>
    /// <returns>The visit as it was saved: without the near-duplicates that were dropped.</returns>
    public Task<VisitWrites> SaveVisitAsync(VisitWrites visit, CancellationToken ct) => visits.SaveAsync(visit, ct);

    /// <summary>Whether the texts of imported articles are compared with those that are there.</summary>
    public bool ComparesImports => duplicates.Options is { Imports: true, Mode: not DuplicatesMode.Off };

    /// <summary>
    /// Adds articles that came from an archive, in one transaction; those that exist already stay as they are, and of two of one key the first counts.
    /// </summary>
    /// <returns>How many were added.</returns>
    public async Task<int> ImportAsync(IReadOnlyList<StoredArticle> articles, DateTimeOffset now, CancellationToken ct)
    {
        return await database.SaveAsync(
            async (connection, ct) =>
            {
                var rows = await ImportKeys.AssignAsync(connection, articles, ct);

                // An import that goes on where another broke off does not send again what is there.
                var known = await LoadKnownAsync(connection, [.. rows.Select(static row => row.Key.Value)], ct);
                var unknown = rows.Where(row => !known.Contains(row.Key.Value)).ToList();
                if (unknown.Count == 0) return 0;
                var found = ComparesImports
                    ? await duplicates.FindAsync(connection, FromArchive(unknown), row => row.Article.PublishedOn ?? DateOnly.FromDateTime(now.UtcDateTime), ct)
                    : DuplicateFindings.None;
                var dropped = duplicates.Options.Mode == DuplicatesMode.Drop ? found.Links.ToDictionary(static link => link.Article) : [];
                var added = unknown.Where(row => !dropped.ContainsKey(row.Key)).ToList();
                var commands = new List<NpgsqlBatchCommand>();
                if (added.Count > 0) commands.Add(ArticleSql.Own.Insert(FromArchive(added), now));
                if (added.Where(static row => row.Marks != ArticleMarks.None).ToList() is { Count: > 0 } marked) commands.Add(ArticleMarks.Update(marked));
                if (dropped.Count > 0)
                    commands.Add(KeySql.Aliases(
                        [
                            .. unknown
                                .Where(row => dropped.ContainsKey(row.Key))
                                .Select(row => new Alias(row.Key, row.Article.Url, dropped[row.Key].Other, NameReason.Duplicate)),
                        ],
                        now));
                await connection.ExecuteAsync(commands.Concat(duplicates.Commands(found, now)), ct);
                return added.Count;
            },
            ct);
    }

    private static List<FromSource<StoredArticle>> FromArchive(IEnumerable<StoredArticle> rows) =>
        [.. rows.Select(static row => new FromSource<StoredArticle>(null, row))];

    private async Task<IReadOnlyList<VisitWrites>> SaveVisitsAsync(IReadOnlyList<VisitWrites> group, CancellationToken ct)
    {
        var saved = await database.SaveAsync((connection, ct) => new VisitGroup(connection, duplicates).SaveAsync(group, ct), ct);
        foreach (var late in saved.Where(static one => one.IsLate)) LogLate(database.Log, late.Visit.Source.Name);
        return [.. saved.Select(static one => one.Visit)];
    }

    private async Task<VisitWrites> RescueAsync(VisitWrites visit, Exception error, CancellationToken ct)
    {
        var saved = await database.SaveAsync((connection, ct) => new VisitRescue(connection, duplicates).SaveAsync(visit, ct), ct);
        foreach (var refused in saved.Refused) LogRefused(database.Log, visit.Source.Name, refused.Words);
        return saved.Visit;
    }

    // Planned each time: a plan that was made while the table was small would read the whole of it for as long as an import lasts.
    private static async Task<HashSet<Guid>> LoadKnownAsync(NpgsqlConnection connection, Guid[] keys, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("set local plan_cache_mode = force_custom_plan"),
                new NpgsqlBatchCommand(
                    "select article_key from ingest.articles where article_key = any($1) union all select alias_key from ingest.article_aliases "
                        + "where alias_key = any($1)")
                    .Add(keys, NpgsqlDbType.Uuid, static key => key),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var known = new HashSet<Guid>();
        while (await reader.ReadAsync(ct)) known.Add(reader.GetGuid(0));
        return known;
    }

    [LoggerMessage(504, LogLevel.Information, "{Source} was visited or configured elsewhere meanwhile; of this visit only the ledger tells")]
    private static partial void LogLate(ILogger logger, string source);

    [LoggerMessage(520, LogLevel.Warning, "{Source}: PostgreSQL refuses {Refused}; its neighbours are stored")]
    private static partial void LogRefused(ILogger logger, string source, string refused);
}
