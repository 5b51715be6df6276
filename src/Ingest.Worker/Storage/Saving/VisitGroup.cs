using System.Threading.Tasks;
using Npgsql;

namespace Ingest.Worker.Storage.Saving;

/// <summary>Saves the visits of many sources in one transaction of two round trips, whatever their number; on conflict the row that was there first stays.</summary>
internal static class VisitGroup
{
    /// <summary>
    /// Saves. A source that was visited elsewhere since this visit began, or for which another URL was configured, keeps what it has: of such a late
    /// visit only the ledger tells.
    /// </summary>
    /// <returns>The ids of the sources whose visits counted.</returns>
    public static async Task<HashSet<int>> SaveAsync(NpgsqlConnection connection, IReadOnlyList<Visit> visits, CancellationToken ct)
    {
        var counted = await SaveSourcesAsync(connection, visits, ct);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in Contents([.. visits.Where(visit => counted.Contains(visit.Source.Id))])) batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
        return counted;
    }

    /// <summary>What of its texts a visit keeps in memory until its commit, in characters.</summary>
    public static long Weight(Visit visit) => visit.New.Sum(static row => (long)row.Article.Body.Length) + visit.Changed.Sum(static row => (long)row.Article.Body.Length);

    // First, because it says which visits count, and takes the sources' locks before those of their rows.
    private static async Task<HashSet<int>> SaveSourcesAsync(NpgsqlConnection connection, IReadOnlyList<Visit> visits, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(SourceSql.Update([.. visits.OrderBy(static visit => visit.Source.Id)]));
        batch.BatchCommands.Add(VisitSql.Ledger([.. visits.Select(static visit => new FromSource<FetchEntry>(visit.Source.Id, visit.Fetch))]));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var counted = new HashSet<int>();
        while (await reader.ReadAsync(ct)) counted.Add(reader.GetInt32(0));
        return counted;
    }

    private static IEnumerable<NpgsqlBatchCommand> Contents(IReadOnlyList<Visit> visits)
    {
        if (visits.Count == 0) yield break;
        var now = visits.Max(static visit => visit.Now);
        if (Rows(visits, static visit => visit.New) is { Count: > 0 } added) yield return ArticleSql.Insert(added, now);
        if (Rows(visits, static visit => visit.Changed) is { Count: > 0 } changed) yield return ArticleSql.UpdateFromFeed(changed, now);
        if (Rows(visits, static visit => visit.Sightings) is { Count: > 0 } sightings) yield return VisitSql.Sightings(sightings, now);
        if (Rows(visits, static visit => visit.Pages) is { Count: > 0 } pages) yield return VisitSql.Queue(pages, now);
        if (Rows(visits, static visit => visit.Children) is { Count: > 0 } children) yield return VisitSql.Children(children, now);
    }

    private static List<FromSource<T>> Rows<T>(IReadOnlyList<Visit> visits, Func<Visit, IReadOnlyList<T>> rows) =>
        [.. visits.SelectMany(visit => rows(visit).Select(row => new FromSource<T>(visit.Source.Id, row)))];
}
