using System.Threading.Tasks;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Keys;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Words;
using Npgsql;

namespace Ingest.Worker.Storage.Saving;

/// <summary>A visit as it was saved.</summary>
/// <param name="Visit">The visit, without the near-duplicates that were dropped.</param>
/// <param name="IsLate">Another one came before, so that only the ledger tells of it.</param>
internal readonly record struct SavedVisit(VisitWrites Visit, bool IsLate)
{
    /// <summary>What of it PostgreSQL refused.</summary>
    public IReadOnlyList<Refusal> Refused { get; init; } = [];
}

/// <summary>Saves the visits of many sources in one transaction, in as many statements as for one; on conflict the row that was there first stays.</summary>
internal sealed class VisitGroup(NpgsqlConnection connection, DuplicateSearch duplicates)
{
    // What is told of a visit before its articles are written may only be what these do not change: near-duplicates that are dropped count as known.
    private bool IsToldAtOnce(VisitWrites visit) => visit.IsUneventful || duplicates.Options.Mode != DuplicatesMode.Drop;

    /// <summary>
    /// Saves. Visits that brought nothing are one statement; new texts are looked for among the stored ones first, and changed ones compared with them.
    /// A source that was visited elsewhere since its visit began, or for which another URL was configured, keeps what it has.
    /// </summary>
    /// <returns>The visits, in their order.</returns>
    public async Task<IReadOnlyList<SavedVisit>> SaveAsync(IReadOnlyList<VisitWrites> visits, CancellationToken ct)
    {
        var counted = await SaveSourcesAsync(visits, IsToldAtOnce, ct);
        var inTime = visits.Where(visit => counted.Contains(visit.Source.Id)).ToList();
        var saved = inTime.TrueForAll(static visit => visit.IsUneventful) ? inTime : await SaveContentsAsync(inTime, ct);
        var bySource = saved.ToDictionary(static visit => visit.Source.Id);
        var all = visits
            .Select(visit => bySource.TryGetValue(visit.Source.Id, out var one) ? new SavedVisit(one, false) : new SavedVisit(visit, true))
            .ToList();
        await SaveEventsAsync(all, ct);
        return all;
    }

    /// <summary>What of its texts a visit keeps in memory until its commit, in characters.</summary>
    public static long Weight(VisitWrites visit) =>
        visit.Changes.New.Sum(static row => (long)row.Article.Body.Length) + visit.Changes.Changed.Sum(static row => (long)row.Article.Body.Length);

    /// <summary>Writes the sources' rows: first, because it says which visits count, and takes the sources' locks before those of their rows.</summary>
    /// <param name="visits">The visits.</param>
    /// <param name="isTold">Of which the ledger tells in the same statement.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The sources whose visits count.</returns>
    public async Task<HashSet<int>> SaveSourcesAsync(IReadOnlyList<VisitWrites> visits, Func<VisitWrites, bool> isTold, CancellationToken ct)
    {
        var ledger = visits.Where(isTold).SelectMany(VisitSql.Lines).ToList();
        return
        [
            .. await connection.LoadAsync(
                SourceSql.Update([.. visits.OrderBy(static visit => visit.Source.Id)], ledger), static reader => reader.GetInt32(0), ct),
        ];
    }

    /// <summary>Writes what visits brought.</summary>
    /// <returns>The visits without the near-duplicates that were dropped.</returns>
    public async Task<List<VisitWrites>> SaveContentsAsync(List<VisitWrites> visits, CancellationToken ct)
    {
        var now = visits.Max(static visit => visit.Now);
        var replacements = await ReplacementsAsync(visits, ct);
        var texts = Rows(visits, static visit => visit.Changes.New)
            .Concat(replacements.Select(static one => new FromSource<StoredArticle>(one.Stored.SourceId, one.Row)))
            .ToList();
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var found = await duplicates.FindAsync(connection, texts, _ => day, ct);
        var saved = duplicates.Options.Mode == DuplicatesMode.Drop ? visits.ConvertAll(visit => visit.Without(found.Links)) : visits;
        await connection.ExecuteAsync([.. Articles(saved, replacements, now), .. Contents(saved, now), .. duplicates.Commands(found, now)], ct);
        return saved;
    }

    private async Task SaveEventsAsync(List<SavedVisit> saved, CancellationToken ct)
    {
        List<NpgsqlBatchCommand> commands = [.. StandingSql.Of([.. saved.Where(static one => !one.IsLate).Select(static one => one.Visit)])];
        var ledger = saved.Where(one => !IsToldAtOnce(one.Visit)).SelectMany(static one => VisitSql.Lines(one.Visit)).ToList();
        if (ledger.Count > 0) commands.Add(VisitSql.Ledger(ledger));
        await connection.ExecuteAsync(commands, ct);
    }

    // What a page gave is not overwritten by what its feed says, nor by what another feed says; the page is queued again instead.
    private async Task<List<Replacement>> ReplacementsAsync(List<VisitWrites> visits, CancellationToken ct)
    {
        var changed = Rows(visits, static visit => visit.Changes.Changed);
        if (changed.Count == 0) return [];
        var stored = await LockedArticle.LoadAsync(connection, [.. changed.Select(static row => row.Row.Key).Distinct()], ct);
        return
        [
            .. changed
                .Where(row => stored.TryGetValue(row.Row.Key, out var text) && text.SourceId == row.SourceId && text.PageState != PageState.Read)
                .DistinctBy(static row => row.Row.Key)
                .Select(row => Replacement.Of(row.Row, stored[row.Row.Key])).Where(static one => one.IsWritten),
        ];
    }

    private static IEnumerable<NpgsqlBatchCommand> Articles(List<VisitWrites> visits, List<Replacement> replacements, DateTimeOffset now)
    {
        if (Rows(visits, static visit => visit.Changes.New) is { Count: > 0 } added) yield return ArticleSql.Own.Insert(added, now);
        if (replacements.Where(static one => one.IsRevision).ToList() is { Count: > 0 } revised) yield return RevisionSql.Keep(revised, now);
        if (replacements.Count > 0) yield return ArticleSql.Own.Replace(replacements, now);
        if (visits.SelectMany(static visit => visit.Changes.Aliases).ToList() is { Count: > 0 } aliases) yield return KeySql.Aliases(aliases, now);
        if (visits.SelectMany(static visit => visit.Changes.Links).ToList() is { Count: > 0 } links) yield return KeySql.Links(links, now);
    }

    private static IEnumerable<NpgsqlBatchCommand> Contents(List<VisitWrites> visits, DateTimeOffset now)
    {
        if (Rows(visits, static visit => visit.Changes.Sightings) is { Count: > 0 } sightings) yield return VisitSql.Sightings(sightings, now);
        foreach (var visit in visits.Where(static visit => visit.Changes.Deleted.Count > 0))
            yield return KeySql.Deleted(visit.Changes.Deleted, visit.Source.Id, now);
        if (Rows(visits, static visit => visit.Changes.Pages) is { Count: > 0 } pages) yield return VisitSql.Queue(pages, now);
        if (Rows(visits, static visit => visit.Children) is { Count: > 0 } children) yield return VisitSql.Children(children, now);
    }

    private static List<FromSource<T>> Rows<T>(IReadOnlyList<VisitWrites> visits, Func<VisitWrites, IReadOnlyList<T>> rows) =>
        [.. visits.SelectMany(visit => rows(visit).Select(row => new FromSource<T>(visit.Source.Id, row)))];
}
