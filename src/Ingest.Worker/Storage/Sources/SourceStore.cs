using System.Threading.Tasks;
using Ingest.Text.Secrets;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Sources;

/// <summary>A source as the configuration wants it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Its URL as it may be stored: see <see cref="UrlSecrets.Without"/>.</param>
/// <param name="FullText">Whether pages are fetched.</param>
/// <param name="Rhythm">When it is polled.</param>
/// <param name="Tags">Words stored with it.</param>
internal sealed record ConfiguredSource(string Name, Uri Url, FullText FullText, PollRhythm Rhythm, IReadOnlyList<string> Tags);

/// <summary>What a synchronisation with the configuration changed.</summary>
internal readonly record struct SourceChanges(int Added, int Changed, int Disabled, int Unchanged);

/// <summary>A source as a synchronisation would leave it.</summary>
/// <param name="Source">The source; its id is 0 while it is not in the database.</param>
/// <param name="State">Whether it is polled.</param>
internal sealed record PlannedSource(Source Source, SourceState State);

/// <summary>Sources in PostgreSQL.</summary>
internal sealed partial class SourceStore(Database database)
{
    /// <summary>Picks due sources; the parameters are <see cref="DueQuery"/>'s.</summary>
    public static readonly string DueText = SqlFile.Read("statements/due_sources.sql");

    private static readonly string AllText = SqlFile.Read("statements/sources.sql");

    private const int RowsAtATime = 10_000;

    /// <summary>
    /// Brings the table in line with the configuration: adds, changes, renames, and disables what left it; rows are never deleted.
    /// New sources, and those that are due because they changed, are due at once, so many a second. A changed URL drops the validators, which belong to the
    /// old one; a changed name keeps everything.
    /// </summary>
    /// <param name="configured">The sources as they should be.</param>
    /// <param name="untouched">Names whose rows stay as they are, because their configuration is faulty.</param>
    /// <param name="pace">How fast those that are new become due.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Cancels without a change.</param>
    public Task<SourceChanges> SynchroniseAsync(
        IReadOnlyList<ConfiguredSource> configured, IReadOnlyList<string> untouched, FirstPollPace pace, DateTimeOffset now, CancellationToken ct) =>
        database.SaveAsync(
            async (connection, ct) =>
            {
                // Nodes that start together synchronise one after the other.
                await connection.ExecuteAsync([new NpgsqlBatchCommand("select pg_advisory_xact_lock(hashtext('ingest.sources'))")], ct);
                var match = SourceMatch.Of(configured, await ReadAsync(connection, AllText, All(isConfigured: true), ct), untouched);
                await connection.ExecuteAsync(SourceRenames.Of([.. match.Renamed], now), ct);
                List<SourceRow> added = [], changed = [], returned = [], moved = [], left = [];
                foreach (var (source, row) in match.Rows)
                {
                    if (row is null)
                    {
                        added.Add(SourceRows.NewRow(source, now));
                    }
                    else if (SourceRows.Apply(source, row, now) is var change and not RowChange.None)
                    {
                        changed.Add(row);
                        if (change == RowChange.Moved) moved.Add(row);
                        if (change == RowChange.Returned) returned.Add(row);
                    }
                }

                var kept = untouched.ToHashSet(StringComparer.Ordinal);
                foreach (var row in match.Left.Where(row => row.State is SourceState.Active or SourceState.Paused && !kept.Contains(row.Name)))
                {
                    (row.State, row.UpdatedAt) = (SourceState.Disabled, now.ToUniversalTime());
                    left.Add(row);
                }

                foreach (var (row, after) in FirstPolls.Spread([.. added, .. changed.Where(row => row.NextPollAt == now)], static row => row.Slot, pace))
                    row.NextPollAt += after;
                foreach (var chunk in added.Chunk(RowsAtATime)) await connection.ExecuteAsync([SourceColumns.Insert(chunk)], ct);
                foreach (var chunk in changed.Concat(left).Chunk(RowsAtATime)) await connection.ExecuteAsync([SourceColumns.Update(chunk)], ct);
                if (changed.Count + left.Count > 0) await connection.ExecuteAsync([Found(changed, returned, [.. moved, .. left], now)], ct);
                return new SourceChanges(added.Count, changed.Count, left.Count, configured.Count - added.Count - changed.Count);
            },
            ct);

    /// <summary>The sources as a synchronisation would leave them, those found through them included; nothing is written.</summary>
    public async Task<IReadOnlyList<PlannedSource>> PreviewAsync(IReadOnlyList<ConfiguredSource> configured, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await database.ReadAsync(static (connection, ct) => ReadAsync(connection, AllText, All(isConfigured: false), ct), ct);
        var planned = new List<PlannedSource>();
        foreach (var (source, known) in SourceMatch.Of(configured, rows.FindAll(static row => row.ParentId is null), []).Rows)
        {
            var row = known ?? SourceRows.NewRow(source, now);
            SourceRows.Apply(source, row, now);
            planned.Add(new PlannedSource(SourceRows.ToSource(row), row.State));
        }

        planned.AddRange(
            rows.Where(static row => row is { ParentId: not null, State: not SourceState.Disabled }).Select(
                static row => new PlannedSource(SourceRows.ToSource(row), row.State)));
        return planned;
    }

    /// <summary>Due sources of some slots, longest due first; those that are gone are due too, rarely.</summary>
    public Task<IReadOnlyList<Source>> LoadDueAsync(DueQuery query, CancellationToken ct) =>
        LoadAsync(DueText, query.Parameters, ct);

    /// <summary>All active sources, or those of the given names, by name.</summary>
    public Task<IReadOnlyList<Source>> LoadActiveAsync(IReadOnlyList<string> names, CancellationToken ct) =>
        LoadAsync(AllText, () => All(isConfigured: false, [.. names.Select(Storable.Text)]), ct);

    private static NpgsqlParameter[] All(bool isConfigured, string?[]? activeOf = null) =>
        [new() { Value = isConfigured }, new() { Value = (object?)activeOf ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }];

    private static async Task<List<SourceRow>> ReadAsync(
        NpgsqlConnection connection, string text, IEnumerable<NpgsqlParameter> parameters, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(text, connection);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var read = new List<SourceRow>();
        while (await reader.ReadAsync(ct)) read.Add(SourceColumns.Read(reader));
        return read;
    }

    /// <summary>Name of a source; null when there is none of that number.</summary>
    public Task<string?> LoadNameAsync(int id, CancellationToken ct) =>
        database.ReadAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand("select name from ingest.sources where id = $1", connection)
                {
                    Parameters = { new() { Value = id } },
                };
                return await command.ExecuteScalarAsync(ct) as string;
            },
            ct);

    // The parameters are made again for each try: one that was used belongs to its command.
    private Task<IReadOnlyList<Source>> LoadAsync(string text, Func<NpgsqlParameter[]> parameters, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<Source>>(
            async (connection, ct) =>
            {
                var sources = new List<Source>();
                foreach (var row in await ReadAsync(connection, text, parameters(), ct))
                {
                    if (SourceRows.TryToSource(row, out var fault) is { } source) sources.Add(source);
                    else await PostponeAsync(connection, row, fault!, ct);
                }

                return sources;
            },
            ct);

    // Once an hour is often enough to see whether it was put right.
    private async Task PostponeAsync(NpgsqlConnection connection, SourceRow row, string fault, CancellationToken ct)
    {
        LogUnreadable(database.Log, row.Name, fault);
        await connection.ExecuteAsync(
            [
                new NpgsqlBatchCommand(
                    "update ingest.sources set next_poll_at = $2, next_poll_reason = 'its row cannot be read', last_error = $3 where id = $1")
                    .Add(row.Id, NpgsqlDbType.Integer).Add(database.Time.GetUtcNow().AddHours(1), NpgsqlDbType.TimestampTz).Add(fault, NpgsqlDbType.Text),
            ],
            ct);
    }

    // Found sources follow the configured one they were found through: in what is configured, in leaving, in coming back; and those that
    // were found at another URL are left until they are found again.
    private static NpgsqlBatchCommand Found(List<SourceRow> changed, List<SourceRow> returned, List<SourceRow> lost, DateTimeOffset now) =>
        new NpgsqlBatchCommand("""
            with recursive found as (
              select c.id, p.id as root_id from ingest.sources c join ingest.sources p on p.id = c.parent_id where p.parent_id is null and p.id = any($1 || $3)
              union all
              select c.id, f.root_id from ingest.sources c join found f on c.parent_id = f.id)
            update ingest.sources s set
              full_text = r.full_text, schedule = r.schedule, time_zone = r.time_zone, poll_interval = r.poll_interval, tags = r.tags, updated_at = $4,
              next_poll_at = case when r.id = any($2) then $4 else s.next_poll_at end,
              state = case
                when r.id = any($3) and s.state in ('active', 'paused') then 'disabled'
                when r.id = any($2) and s.state = 'disabled' then r.state
                else s.state end
            from found f join ingest.sources r on r.id = f.root_id
            where s.id = f.id
            """)
            .Add(changed, NpgsqlDbType.Integer, static row => row.Id)
            .Add(returned, NpgsqlDbType.Integer, static row => row.Id)
            .Add(lost, NpgsqlDbType.Integer, static row => row.Id)
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    [LoggerMessage(524, LogLevel.Error, "{Source} is skipped for an hour, because its row cannot be read: {Fault}")]
    private static partial void LogUnreadable(ILogger logger, string source, string fault);
}
