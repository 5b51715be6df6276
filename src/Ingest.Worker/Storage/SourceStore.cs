using System.Threading.Tasks;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace Ingest.Worker.Storage;

/// <summary>A source as the configuration wants it.</summary>
internal sealed record ConfiguredSource(string Name, Uri Url, FullText FullText, PollRhythm Rhythm, IReadOnlyList<string> Tags);

/// <summary>What a synchronisation with the configuration changed.</summary>
internal readonly record struct SourceChanges(int Added, int Changed, int Disabled, int Unchanged);

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
        int added = 0, changed = 0, disabled = 0;
        foreach (var source in configured)
        {
            if (!rows.Remove(source.Name, out var row))
            {
                context.Sources.Add(NewRow(source, now));
                added++;
            }
            else if (Apply(source, row, now))
            {
                changed++;
            }
        }

        foreach (var left in rows.Values.Where(row => row.State is "active" or "paused").Where(row => !untouched.Contains(row.Name, StringComparer.Ordinal)))
        {
            left.State = "disabled";
            left.UpdatedAt = now;
            disabled++;
        }

        await context.SaveChangesAsync(ct);
        await context.Database.ExecuteSqlRawAsync(
            "update ingest.sources c set state = 'disabled' from ingest.sources p where p.id = c.parent_id and p.state = 'disabled' and c.state = 'active'", ct);
        await transaction.CommitAsync(ct);
        return new SourceChanges(added, changed, disabled, configured.Count - added - changed);
    }

    /// <summary>Due sources of some slots, longest due first.</summary>
    public async Task<IReadOnlyList<Source>> LoadDueAsync(IReadOnlyList<short> slots, DateTimeOffset now, int limit, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var utc = now.ToUniversalTime();
        var rows = await context.Sources.AsNoTracking()
            .Where(row => row.State == "active" && slots.Contains(row.Slot) && row.NextPollAt <= utc)
            .OrderBy(static row => row.NextPollAt)
            .Take(limit)
            .ToListAsync(ct);
        return [.. rows.Select(ToSource)];
    }

    /// <summary>All active sources, or those of the given names, by name.</summary>
    public async Task<IReadOnlyList<Source>> LoadActiveAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var rows = await context.Sources.AsNoTracking()
            .Where(row => row.State == "active" && (names.Count == 0 || names.Contains(row.Name)))
            .OrderBy(static row => row.Name)
            .ToListAsync(ct);
        return [.. rows.Select(ToSource)];
    }

    private static SourceRow NewRow(ConfiguredSource source, DateTimeOffset now)
    {
        var row = new SourceRow
        {
            Name = source.Name,
            Url = source.Url.AbsoluteUri,
            ConfiguredUrl = source.Url.AbsoluteUri,
            State = "active",
            Slot = HostSlot.Of(source.Url),
            FullText = Spelled(source.FullText),
            NextPollAt = now.ToUniversalTime(),
            NextPollReason = "new",
            CreatedAt = now.ToUniversalTime(),
        };
        Apply(source, row, now);
        return row;
    }

    private static bool Apply(ConfiguredSource source, SourceRow row, DateTimeOffset now)
    {
        var url = source.Url.AbsoluteUri;
        var moved = row.ConfiguredUrl != url;
        var zone = source.Rhythm.Cron is null ? null : source.Rhythm.Zone.Id;
        var same = !moved && row.State != "disabled" && row.FullText == Spelled(source.FullText) && row.Schedule == source.Rhythm.Cron
            && row.TimeZone == zone && row.PollInterval == source.Rhythm.Interval && row.Tags.SequenceEqual(source.Tags);
        if (same) return false;
        if (moved)
        {
            (row.Url, row.ConfiguredUrl, row.Slot) = (url, url, HostSlot.Of(source.Url));
            (row.Etag, row.LastModified, row.BodyHash) = (null, null, null);
            (row.FailureWeight, row.LastError) = (0, null);
        }

        if (moved || row.State == "disabled" || row.Schedule != source.Rhythm.Cron || row.PollInterval != source.Rhythm.Interval)
            (row.NextPollAt, row.NextPollReason) = (now.ToUniversalTime(), "configuration changed");
        if (moved || row.State == "disabled") row.State = "active";
        (row.FullText, row.Schedule, row.TimeZone, row.PollInterval, row.Tags) =
            (Spelled(source.FullText), source.Rhythm.Cron, zone, source.Rhythm.Interval, [.. source.Tags]);
        row.UpdatedAt = now.ToUniversalTime();
        return true;
    }

    private static Source ToSource(SourceRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Url = new Uri(row.Url),
        Depth = row.Depth,
        FullText = Enum.Parse<FullText>(row.FullText, ignoreCase: true),
        Rhythm = new PollRhythm(row.Schedule, row.TimeZone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(row.TimeZone), row.PollInterval),
        History = new PollHistory(row.AdaptiveInterval, row.FailureWeight),
        ETag = row.Etag,
        LastModified = row.LastModified,
        BodyHash = row.BodyHash,
        NextPollAt = row.NextPollAt,
    };

    private static string Spelled(FullText fullText) => fullText.ToString().ToLowerInvariant();
}
