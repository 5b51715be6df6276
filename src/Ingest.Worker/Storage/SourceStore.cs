using System.Threading.Tasks;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Worker.Storage;

/// <summary>A source as the configuration wants it.</summary>
internal sealed record ConfiguredSource(string Name, Uri Url, FullText FullText, PollRhythm Rhythm, IReadOnlyList<string> Tags);

/// <summary>What a synchronisation with the configuration changed.</summary>
internal readonly record struct SourceChanges(int Added, int Changed, int Disabled, int Unchanged);

/// <summary>A source as a synchronisation would leave it.</summary>
/// <param name="Source">The source; its id is 0 while it is not in the database.</param>
/// <param name="State"><c>active</c>, <c>paused</c> or <c>gone</c>.</param>
internal sealed record PlannedSource(Source Source, string State);

/// <summary>Sources in PostgreSQL.</summary>
internal sealed class SourceStore(Database database)
{
    /// <summary>
    /// Brings the table in line with the configuration: adds, changes, and disables what left it; rows are never deleted.
    /// New sources are due at once. A changed URL drops the validators, which belong to the old one.
    /// </summary>
    /// <param name="configured">The sources as they should be.</param>
    /// <param name="untouched">Names whose rows stay as they are, because their configuration is faulty.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Cancels without a change.</param>
    public async Task<SourceChanges> SynchroniseAsync(IReadOnlyList<ConfiguredSource> configured, IReadOnlyList<string> untouched, DateTimeOffset now, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync(ct);

        // Nodes that start together synchronise one after the other.
        await context.Database.ExecuteSqlRawAsync("select pg_advisory_xact_lock(hashtext('ingest.sources'))", ct);
        var rows = await context.Sources.Where(static row => row.ParentId == null).ToDictionaryAsync(static row => row.Name, StringComparer.Ordinal, ct);
        List<SourceRow> changed = [], returned = [], lost = [];
        int added = 0, disabled = 0;
        foreach (var source in configured)
        {
            if (!rows.Remove(source.Name, out var row))
            {
                context.Sources.Add(SourceRows.NewRow(source, now));
                added++;
            }
            else if (SourceRows.Apply(source, row, now) is var change and not RowChange.None)
            {
                changed.Add(row);
                if (change == RowChange.Moved) lost.Add(row);
                if (change == RowChange.Returned) returned.Add(row);
            }
        }

        foreach (var left in rows.Values.Where(row => row.State is "active" or "paused").Where(row => !untouched.Contains(row.Name, StringComparer.Ordinal)))
        {
            left.State = "disabled";
            left.UpdatedAt = now.ToUniversalTime();
            lost.Add(left);
            disabled++;
        }

        await context.SaveChangesAsync(ct);
        if (changed.Count + lost.Count > 0) await SynchroniseFoundAsync(context, changed, returned, lost, now, ct);
        await transaction.CommitAsync(ct);
        return new SourceChanges(added, changed.Count, disabled, configured.Count - added - changed.Count);
    }

    /// <summary>The sources as a synchronisation would leave them, those found through them included; nothing is written.</summary>
    public async Task<IReadOnlyList<PlannedSource>> PreviewAsync(IReadOnlyList<ConfiguredSource> configured, DateTimeOffset now, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var rows = await context.Sources.AsNoTracking().ToListAsync(ct);
        var roots = rows.Where(static row => row.ParentId is null).ToDictionary(static row => row.Name, StringComparer.Ordinal);
        var planned = new List<PlannedSource>();
        foreach (var source in configured)
        {
            if (roots.TryGetValue(source.Name, out var row)) SourceRows.Apply(source, row, now);
            else row = SourceRows.NewRow(source, now);
            planned.Add(new PlannedSource(SourceRows.ToSource(row), row.State));
        }

        planned.AddRange(rows.Where(static row => row is { ParentId: not null, State: not "disabled" }).Select(static row => new PlannedSource(SourceRows.ToSource(row), row.State)));
        return planned;
    }

    /// <summary>Due sources of some slots, longest due first; those that are gone are due too, rarely.</summary>
    public async Task<IReadOnlyList<Source>> LoadDueAsync(IReadOnlyList<short> slots, DateTimeOffset now, int limit, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var utc = now.ToUniversalTime();
        var rows = await context.Sources.AsNoTracking()
            .Where(row => (row.State == "active" || row.State == "gone") && slots.Contains(row.Slot) && row.NextPollAt <= utc)
            .OrderBy(static row => row.NextPollAt)
            .Take(limit)
            .ToListAsync(ct);
        return [.. rows.Select(SourceRows.ToSource)];
    }

    /// <summary>All active sources, or those of the given names, by name.</summary>
    public async Task<IReadOnlyList<Source>> LoadActiveAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var rows = await context.Sources.AsNoTracking()
            .Where(row => row.State == "active" && (names.Count == 0 || names.Contains(row.Name)))
            .OrderBy(static row => row.Name)
            .ToListAsync(ct);
        return [.. rows.Select(SourceRows.ToSource)];
    }

    /// <summary>Name of a source; null when there is none of that number.</summary>
    public async Task<string?> LoadNameAsync(int id, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        return await context.Sources.AsNoTracking().Where(row => row.Id == id).Select(static row => row.Name).FirstOrDefaultAsync(ct);
    }

    // Found sources follow the configured one they were found through: in what is configured, in leaving, in coming back; and those that
    // were found at another URL are left until they are found again.
    private static Task SynchroniseFoundAsync(IngestContext context, List<SourceRow> changed, List<SourceRow> returned, List<SourceRow> lost, DateTimeOffset now, CancellationToken ct)
    {
        int[] changedIds = [.. changed.Select(static row => row.Id)], returnedIds = [.. returned.Select(static row => row.Id)], lostIds = [.. lost.Select(static row => row.Id)];
        var utc = now.ToUniversalTime();
        return context.Database.ExecuteSqlAsync(
            $"""
            with recursive found as (
              select c.id, p.id as root_id from ingest.sources c join ingest.sources p on p.id = c.parent_id where p.parent_id is null and p.id = any({changedIds} || {lostIds})
              union all
              select c.id, f.root_id from ingest.sources c join found f on c.parent_id = f.id)
            update ingest.sources s set
              full_text = r.full_text, schedule = r.schedule, time_zone = r.time_zone, poll_interval = r.poll_interval, tags = r.tags, updated_at = {utc},
              next_poll_at = case when r.id = any({returnedIds}) then {utc} else s.next_poll_at end,
              state = case
                when r.id = any({lostIds}) and s.state in ('active', 'paused') then 'disabled'
                when r.id = any({returnedIds}) and s.state = 'disabled' then r.state
                else s.state end
            from found f join ingest.sources r on r.id = f.root_id
            where s.id = f.id
            """,
            ct);
    }
}
