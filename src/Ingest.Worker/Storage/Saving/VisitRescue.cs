using System.Threading.Tasks;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Npgsql;

namespace Ingest.Worker.Storage.Saving;

/// <summary>
/// Saves a visit of which PostgreSQL refuses something: what it takes is stored, what it refuses is noted, and the source goes on as after any visit.
/// </summary>
internal sealed class VisitRescue(NpgsqlConnection connection, DuplicateSearch duplicates)
{
    private readonly VisitGroup group = new(connection, duplicates);
    private readonly List<Refusal> refused = [];
    private readonly List<VisitWrites> stored = [];
    private EntryCounts counts;

    /// <summary>Saves in the open transaction. What is refused is halved until it stands alone.</summary>
    public async Task<SavedVisit> SaveAsync(VisitWrites visit, CancellationToken ct)
    {
        counts = visit.Fetch.Entries;
        var isLate = !(await group.SaveSourcesAsync([visit], static one => one.IsUneventful, ct)).Contains(visit.Source.Id);
        if (!isLate) await SaveAsync(visit, VisitParts.Of(visit), ct);
        var saved = isLate ? visit : Told(VisitParts.Joined(visit, stored));
        List<NpgsqlBatchCommand> commands = isLate ? [] : [.. StandingSql.Of([saved with { Events = [] }])];
        if (!visit.IsUneventful) commands.Add(VisitSql.Ledger([.. VisitSql.Lines(saved)]));
        if (refused.Count > 0) commands.Add(Refusal.Note("visit", refused, visit.Now));
        await connection.ExecuteAsync(commands, ct);
        return new SavedVisit(saved, isLate) { Refused = refused };
    }

    private async Task SaveAsync(VisitWrites visit, IReadOnlyList<VisitWrites> parts, CancellationToken ct)
    {
        if (parts.Count == 0) return;
        await connection.ExecuteAsync([new NpgsqlBatchCommand("savepoint part")], ct);
        try
        {
            var joined = VisitParts.Joined(visit, parts);
            var saved = joined.IsUneventful ? joined : (await group.SaveContentsAsync([joined], ct))[0];
            await connection.ExecuteAsync([.. StandingSql.EventsOf([joined]), new NpgsqlBatchCommand("release savepoint part")], ct);
            stored.Add(saved);
            counts = counts with
            {
                New = counts.New + saved.Fetch.Entries.New - joined.Fetch.Entries.New,
                Known = counts.Known + saved.Fetch.Entries.Known - joined.Fetch.Entries.Known,
            };
            return;
        }
        catch (PostgresException error) when (DataFault.Is(error))
        {
            await connection.ExecuteAsync([new NpgsqlBatchCommand("rollback to savepoint part"), new NpgsqlBatchCommand("release savepoint part")], ct);
            if (parts.Count == 1)
            {
                refused.Add(VisitParts.Refuse(parts[0], error));
                counts = VisitParts.Without(counts, parts[0].Changes);
                return;
            }
        }

        var half = parts.Count / 2;
        await SaveAsync(visit, [.. parts.Take(half)], ct);
        await SaveAsync(visit, [.. parts.Skip(half)], ct);
    }

    // The fetch itself went well; what became of what it brought is said in the ledger.
    private VisitWrites Told(VisitWrites visit)
    {
        var fetch = visit.Fetch with { Entries = counts };
        if (refused.Count == 0) return visit with { Fetch = fetch };
        var words =
            $"{refused.Count} not stored, because PostgreSQL refuses {(refused.Count == 1 ? "it" : "them")}: "
                + $"{string.Join("; ", refused.Take(3).Select(static one => one.Words))}";
        return visit with { Fetch = fetch with { Cause = fetch.Cause ?? LedgerCauses.Refused, Failure = fetch.Failure ?? words } };
    }
}
