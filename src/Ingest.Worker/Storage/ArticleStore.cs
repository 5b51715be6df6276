using System.Threading.Tasks;
using Ingest.Worker.Articles;
using Ingest.Worker.Identity;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Keys;
using Ingest.Worker.Storage.Texts;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>Articles in PostgreSQL: what is known of a document's entries, and a visit's outcome in one transaction.</summary>
internal sealed class ArticleStore(Database database, DuplicateSearch duplicates)
{
    // So many articles of a source are looked through when it shows nothing that is known.
    private const int LatestOfSource = 500;

    // What leaves the index of near-duplicates at a time: 2 million rows an hour at most, in short transactions.
    private const int TrimRows = 20_000;
    private const int TrimSteps = 100;
    private static readonly TimeSpan TrimEvery = TimeSpan.FromHours(1);

    private long trimmedAt;

    /// <summary>What is known of these entries of a source: one statement, whatever their number.</summary>
    public Task<KnownEntries> LoadKnownAsync(int sourceId, IReadOnlyList<EntryIdentity> entries, CancellationToken ct) =>
        database.ReadAsync((connection, ct) => KnownReader.EntriesAsync(connection, sourceId, entries, ct), ct);

    /// <summary>The articles of these keys, for comparing.</summary>
    public Task<List<KnownArticle>> LoadArticlesAsync(IReadOnlyList<ArticleKey> keys, CancellationToken ct) =>
        database.ReadAsync((connection, ct) => KnownReader.ArticlesAsync(connection, keys, ct), ct);

    /// <summary>The articles that a source showed last, for comparing.</summary>
    public Task<List<KnownArticle>> LoadLatestAsync(int sourceId, CancellationToken ct) =>
        database.ReadAsync((connection, ct) => KnownReader.LatestAsync(connection, sourceId, LatestOfSource, ct), ct);

    /// <summary>
    /// Saves a visit in one transaction; on conflict the row that was there first stays. A visit that brought nothing is one statement; one that brought new texts looks for
    /// near-duplicates of them first, and one that brought changed ones compares them with the stored ones.
    /// </summary>
    /// <returns>The visit as it was saved: without the near-duplicates that were dropped.</returns>
    public Task<Visit> SaveVisitAsync(Visit visit, CancellationToken ct) => visit.IsUneventful
        ? database.ReadAsync(
            async (connection, ct) =>
            {
                await using var batch = new NpgsqlBatch(connection) { BatchCommands = { VisitSql.Uneventful(visit) } };
                await batch.ExecuteNonQueryAsync(ct);
                return visit;
            },
            ct)
        : SaveEventfulAsync(visit, ct);

    /// <summary>Adds articles that came from an archive, in one transaction; those that exist already stay as they are, and of two of one key the first counts.</summary>
    /// <returns>How many were added.</returns>
    public async Task<int> ImportAsync(IReadOnlyList<DatedArticle> articles, DateTimeOffset now, CancellationToken ct)
    {
        var rows = articles.Select(static article => new StoredArticle(ArticleKey.Of(article.Url), article, "none")).DistinctBy(static row => row.Key).ToList();
        return await database.SaveAsync(
            async (connection, ct) =>
            {
                // An import that goes on where another broke off does not send again what is there.
                var known = await LoadKnownAsync(connection, [.. rows.Select(static row => row.Key.Value)], ct);
                var unknown = rows.Where(row => !known.Contains(row.Key.Value)).ToList();
                if (unknown.Count == 0) return 0;
                var found = duplicates.Options.Imports
                    ? await duplicates.FindAsync(connection, unknown, null, row => row.Article.PublishedOn ?? DateOnly.FromDateTime(now.UtcDateTime), ct)
                    : DuplicateFindings.None;
                var dropped = duplicates.Options.Mode == DuplicatesMode.Drop ? found.Links.ToDictionary(static link => link.Article) : [];
                var added = unknown.Where(row => !dropped.ContainsKey(row.Key)).ToList();
                await using var batch = new NpgsqlBatch(connection);
                if (added.Count > 0) batch.BatchCommands.Add(ArticleSql.Insert(added, null, now));
                if (dropped.Count > 0) batch.BatchCommands.Add(KeySql.Aliases([.. unknown.Where(row => dropped.ContainsKey(row.Key)).Select(row => new Alias(row.Key, row.Article.Url, dropped[row.Key].Other, "duplicate"))], now));
                foreach (var command in Commands(found, now)) batch.BatchCommands.Add(command);
                await batch.ExecuteNonQueryAsync(ct);
                return added.Count;
            },
            ct);
    }

    private async Task<Visit> SaveEventfulAsync(Visit visit, CancellationToken ct)
    {
        var saved = await database.SaveAsync((connection, ct) => SaveAsync(connection, visit, ct), ct);
        await TrimIndexAsync(visit.Now, ct);
        return saved;
    }

    // Rows past the window answer nothing any more. One worker an hour is enough, and several do no harm.
    private async Task TrimIndexAsync(DateTimeOffset now, CancellationToken ct)
    {
        var before = Interlocked.Read(ref trimmedAt);
        if (duplicates.Options.Mode == DuplicatesMode.Off || now.UtcTicks - before < TrimEvery.Ticks || Interlocked.CompareExchange(ref trimmedAt, now.UtcTicks, before) != before) return;
        var oldest = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-duplicates.Options.WindowDays);
        for (var step = 0; step < TrimSteps; step++)
        {
            if (await database.ReadAsync((connection, ct) => DuplicateReader.TrimAsync(connection, oldest, TrimRows, ct), ct) < TrimRows) return;
        }
    }

    private async Task<Visit> SaveAsync(NpgsqlConnection connection, Visit visit, CancellationToken ct)
    {
        var replacements = await ReplacementsAsync(connection, visit, ct);
        var day = DateOnly.FromDateTime(visit.Now.UtcDateTime);
        var found = await duplicates.FindAsync(connection, [.. visit.New, .. replacements.Select(static one => one.Row)], visit.Source.Id, _ => day, ct);
        var saved = duplicates.Options.Mode == DuplicatesMode.Drop ? visit.Without(found.Links) : visit;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in Commands(saved, replacements)) batch.BatchCommands.Add(command);
        foreach (var command in Commands(found, visit.Now)) batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(VisitSql.UpdateSource(saved));
        batch.BatchCommands.Add(VisitSql.Ledger(saved.Fetch, saved.Source.Id));
        await batch.ExecuteNonQueryAsync(ct);
        return saved;
    }

    // What a page gave is not overwritten by what its feed says, nor by what another feed says; the page is queued again instead.
    private static async Task<List<Replacement>> ReplacementsAsync(NpgsqlConnection connection, Visit visit, CancellationToken ct)
    {
        if (visit.Changed.Count == 0) return [];
        var stored = await StoredText.LoadAsync(connection, [.. visit.Changed.Select(static row => row.Key)], ct);
        return
        [
            .. visit.Changed.Where(row => stored.TryGetValue(row.Key, out var text) && text.SourceId == visit.Source.Id && text.PageState != "read")
                .Select(row => Replacement.Of(row, stored[row.Key])).Where(static one => one.IsWritten),
        ];
    }

    private static IEnumerable<NpgsqlBatchCommand> Commands(Visit visit, List<Replacement> replacements)
    {
        if (visit.New.Count > 0) yield return ArticleSql.Insert(visit.New, visit.Source.Id, visit.Now);
        if (replacements.Where(static one => one.IsRevision).ToList() is { Count: > 0 } revised) yield return RevisionSql.Keep(revised, visit.Now);
        if (replacements.Count > 0) yield return ArticleSql.Replace(replacements, visit.Now);
        if (visit.Aliases.Count > 0) yield return KeySql.Aliases(visit.Aliases, visit.Now);
        if (visit.Links.Count > 0) yield return KeySql.Links(visit.Links, visit.Now);
        if (visit.Sightings.Count > 0) yield return VisitSql.Sightings(visit.Sightings, visit.Source.Id, visit.Now);
        if (visit.Deleted.Count > 0) yield return KeySql.Deleted(visit.Deleted, visit.Source.Id, visit.Now);
        if (visit.Pages.Count > 0) yield return VisitSql.Queue(visit.Pages, visit.Source.Id, visit.Now);
        if (visit.Children.Count > 0) yield return VisitSql.Children(visit.Children, visit.Source.Id, visit.Now);
    }

    private IEnumerable<NpgsqlBatchCommand> Commands(DuplicateFindings found, DateTimeOffset now)
    {
        if (found.Samples.Count > 0) yield return StorySql.Index(found.Samples);
        if (found.Links.Count > 0 && duplicates.Options.Mode == DuplicatesMode.Link) yield return StorySql.Join(found.Links, now);
    }

    private static async Task<HashSet<Guid>> LoadKnownAsync(NpgsqlConnection connection, Guid[] keys, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select article_key from ingest.articles where article_key = any($1) union all select alias_key from ingest.article_aliases where alias_key = any($1)", connection)
        {
            Parameters = { new() { Value = keys, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var known = new HashSet<Guid>();
        while (await reader.ReadAsync(ct)) known.Add(reader.GetGuid(0));
        return known;
    }
}
