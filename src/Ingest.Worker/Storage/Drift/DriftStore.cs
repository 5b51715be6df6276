using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Worker.Sources.Health;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Drift;

/// <summary>
/// Follows the log of changes, and keeps what is usual with the articles of each source: its work grows with the articles that come, not with the sources
/// there are, and no visit waits for it.
/// </summary>
internal sealed class DriftStore(Database database)
{
    private const int BatchChanges = 1000;

    // A fetch has its place in the ledger when its page was saved.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1), LongestLook = TimeSpan.FromHours(1);

    private static readonly string SamplesText = SqlFile.Read("statements/drift_samples.sql");

    /// <summary>Takes in what came since the last time; each batch is a transaction of its own.</summary>
    /// <returns>How many sources began or ceased to drift.</returns>
    public async Task<int> FollowAsync(DateTimeOffset now, CancellationToken ct)
    {
        var told = 0;
        while (true)
        {
            try
            {
                var (changes, events) = await database.SaveAsync((connection, ct) => TakeInAsync(connection, now, ct), ct);
                told += events;
                if (changes < BatchChanges) return told;
            }
            catch (PostgresException error) when (ChangeCursor.IsRefused(error))
            {
                // After a restore it goes on with what comes now.
                await database.ExecuteAsync(static () => new NpgsqlBatchCommand("update ingest.drift_progress set cursor = ''"), ct);
                return told;
            }
        }
    }

    private static async Task<(int Changes, int Events)> TakeInAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        var (cursor, pagesFrom) = (await connection.LoadAsync(
            new NpgsqlBatchCommand("select cursor, pages_until from ingest.drift_progress for update"),
            static reader => (reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1)),
            ct)).Single();
        var pagesUntil = now - Settled;
        if (pagesFrom < pagesUntil - LongestLook) pagesFrom = pagesUntil - LongestLook;
        if (pagesFrom > pagesUntil) pagesUntil = pagesFrom <= now ? pagesFrom : pagesUntil;
        var samples = cursor.Length == 0 ? [] : await SamplesAsync(connection, cursor, ct);
        var next = cursor.Length == 0 ? await ChangeCursor.EndAsync(connection, ct) : samples.Count > 0 ? samples[^1].Cursor : cursor;
        var seen = samples.Where(static row => row.Source is not null).Select(static row => (row.Source!.Value, (Func<SourceDrift, SourceDrift>)row.Take))
            .Concat(await PagesAsync(connection, pagesFrom, pagesUntil, ct));
        var events = await SaveAsync(connection, [.. seen], now, ct);
        await connection.ExecuteAsync(
            [
                new NpgsqlBatchCommand("update ingest.drift_progress set cursor = $1, pages_until = $2")
                    .Add(next, NpgsqlDbType.Text).Add(pagesUntil.ToUniversalTime(), NpgsqlDbType.TimestampTz),
            ],
            ct);
        return (samples.Count, events);
    }

    private static Task<List<Sample>> SamplesAsync(NpgsqlConnection connection, string cursor, CancellationToken ct) => connection.LoadAsync(
        new NpgsqlBatchCommand(SamplesText).Add(cursor, NpgsqlDbType.Text).Add(BatchChanges, NpgsqlDbType.Integer),
        static reader => reader.IsDBNull(1)
            ? new Sample(reader.GetString(0), null, default)
            : new Sample(
                reader.GetString(0), reader.GetInt32(1),
                new ArticleSample(reader.GetInt64(2), reader.GetInt32(3), reader.GetBoolean(4), reader.IsDBNull(5) ? null : reader.GetInt64(5))),
        ct);

    private static async Task<IEnumerable<(int Source, Func<SourceDrift, SourceDrift> Take)>> PagesAsync(
        NpgsqlConnection connection, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var pages = await connection.LoadAsync(
            new NpgsqlBatchCommand("""
                select source_id, cause is not null from ingest.fetches
                where kind = 'page' and started_at >= $1 and started_at < $2 and source_id is not null and outcome = 'fetched' and coalesce(cause, $3) = $3
                order by id
                """)
                .Add(from.ToUniversalTime(), NpgsqlDbType.TimestampTz).Add(until.ToUniversalTime(), NpgsqlDbType.TimestampTz)
                .Add(LedgerCauses.Rejected, NpgsqlDbType.Text),
            static reader => (Source: reader.GetInt32(0), IsRejected: reader.GetBoolean(1)),
            ct);
        return pages.Select(static page => (page.Source, (Func<SourceDrift, SourceDrift>)(drift => drift.WithPage(page.IsRejected))));
    }

    private static async Task<int> SaveAsync(
        NpgsqlConnection connection, List<(int Source, Func<SourceDrift, SourceDrift> Take)> seen, DateTimeOffset now, CancellationToken ct)
    {
        if (seen.Count == 0) return 0;
        var before = await DriftRows.LoadAsync(connection, [.. seen.Select(static one => one.Source).Distinct()], ct);
        var after = new Dictionary<int, SourceDrift>(before);
        foreach (var (source, take) in seen) after[source] = take(after.GetValueOrDefault(source, SourceDrift.New));
        var events = after.OrderBy(static row => row.Key)
            .Select(row => (row.Key, Event: Noticed(before.GetValueOrDefault(row.Key, SourceDrift.New), row.Value)))
            .Where(static row => row.Event is not null).Select(row => (row.Key, now, row.Event!)).ToList();
        await connection.ExecuteAsync(
            [DriftRows.Save([.. after.OrderBy(static row => row.Key).Select(static row => (row.Key, row.Value))], now), .. StandingSql.EventsOf(events)], ct);
        return events.Count;
    }

    private static SourceEvent? Noticed(SourceDrift before, SourceDrift after)
    {
        var began = after.Kinds.Except(before.Kinds).ToList();
        if (began.Count > 0)
            return new SourceEvent(
                SourceEventKind.Drifting, $"its last articles are {string.Join(", ", began.Select(static kind => Words<DriftKind>.Listed(kind)))}");
        return before.Kinds.Count > 0 && after.Kinds.Count == 0
            ? new SourceEvent(SourceEventKind.Steady, $"its articles were {string.Join(", ", before.Kinds.Select(Words<DriftKind>.Of))}, and no longer differ")
            : null;
    }

    private sealed record Sample(string Cursor, int? Source, ArticleSample Article)
    {
        public SourceDrift Take(SourceDrift drift) => drift.With(Article);
    }
}
