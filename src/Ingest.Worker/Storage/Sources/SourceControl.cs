using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Worker.Sources.Rhythm;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Npgsql;

namespace Ingest.Worker.Storage.Sources;

/// <summary>A source as its owner looks at it.</summary>
internal sealed record SourceView
{
    public required string Name { get; init; }

    public required string Url { get; init; }

    public required SourceState State { get; init; }

    /// <summary>HTTP status of the last poll; 0 when no answer came, null before the first.</summary>
    public int? LastStatus { get; init; }

    public string? LastError { get; init; }

    public DateTimeOffset? LastPolledAt { get; init; }

    public DateTimeOffset NextPollAt { get; init; }

    public string? NextPollReason { get; init; }

    public double FailureWeight { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Bytes that its server has spent lately for each piece of news; null before it sent any.</summary>
    public long? BytesPerNews { get; init; }

    /// <summary>What the feed calls itself.</summary>
    public string? Title { get; init; }

    public string? SiteUrl { get; init; }

    /// <summary>Entries seen; null when not counted.</summary>
    public long? Entries { get; init; }

    /// <summary>Articles that it was the first to show; null when not counted.</summary>
    public long? Articles { get; init; }
}

/// <summary>What the owner of the sources does by hand: looks at them, pauses and resumes them, makes them due.</summary>
internal sealed class SourceControl(Database database)
{
    /// <summary>All sources by name.</summary>
    /// <param name="count">Counts entries and articles, which takes time on a large database.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<SourceView>> ListAsync(bool count, CancellationToken ct)
    {
        var (counts, joins) = count
            ? ("coalesce(e.entries, 0), coalesce(a.articles, 0)",
                """
                left join (select source_id, count(*) as entries from ingest.article_sightings group by 1) e on e.source_id = s.id
                left join (select source_id, count(*) as articles from ingest.articles group by 1) a on a.source_id = s.id
                """)
            : ("null::bigint, null::bigint", "");
        return await database.LoadAsync(
            () => new NpgsqlBatchCommand($"""
                select s.name, s.url, s.state, s.last_status, s.last_error, s.last_polled_at, s.next_poll_at, s.next_poll_reason, s.failure_weight, s.tags,
                  s.body_bytes, s.body_news, s.vain_bodies, s.title, s.site_url, {counts}
                from ingest.sources s {joins} order by s.name
                """),
            Read,
            ct);
    }

    private static SourceView Read(NpgsqlDataReader row)
    {
        T? Value<T>(int column) => row.IsDBNull(column) ? default : row.GetFieldValue<T>(column);
        return new SourceView
        {
            Name = row.GetString(0),
            Url = row.GetString(1),
            State = Words<SourceState>.Read(row.GetString(2)),
            LastStatus = Value<int?>(3),
            LastError = Value<string>(4),
            LastPolledAt = Value<DateTimeOffset?>(5),
            NextPollAt = row.GetFieldValue<DateTimeOffset>(6),
            NextPollReason = Value<string>(7),
            FailureWeight = row.GetDouble(8),
            Tags = row.GetFieldValue<string[]>(9),
            BytesPerNews = (long?)new FeedCost(row.GetDouble(10), row.GetDouble(11), row.GetInt32(12)).PerNews,
            Title = Value<string>(13),
            SiteUrl = Value<string>(14),
            Entries = Value<long?>(15),
            Articles = Value<long?>(16),
        };
    }

    /// <summary>Takes active sources, and those found through them, out of the schedule until they are resumed.</summary>
    /// <returns>The state of each source before, by name; names that do not exist are missing.</returns>
    public Task<IReadOnlyDictionary<string, SourceState>> PauseAsync(IReadOnlyList<string> names, DateTimeOffset now, CancellationToken ct) =>
        ChangeAsync("state = 'paused', updated_at = $2", "s.state = 'active'", names, now, ct);

    /// <summary>Makes paused sources, those found through them, and sources that were gone, active and due now.</summary>
    /// <returns>See <see cref="PauseAsync"/>.</returns>
    public Task<IReadOnlyDictionary<string, SourceState>> ResumeAsync(IReadOnlyList<string> names, DateTimeOffset now, CancellationToken ct) =>
        ChangeAsync(
            "state = 'active', updated_at = $2, next_poll_at = $2, next_poll_reason = 'resumed by hand', failure_weight = 0",
            "s.state = 'paused' or (s.state = 'gone' and s.name = any($1))",
            names, now, ct);

    /// <summary>Makes active sources, and those found through them, due now.</summary>
    /// <returns>See <see cref="PauseAsync"/>.</returns>
    public Task<IReadOnlyDictionary<string, SourceState>> PollAsync(IReadOnlyList<string> names, DateTimeOffset now, CancellationToken ct) =>
        ChangeAsync("next_poll_at = $2, next_poll_reason = 'asked for by hand'", "s.state = 'active'", names, now, ct);

    private Task<IReadOnlyDictionary<string, SourceState>> ChangeAsync(
        string assignments, string condition, IReadOnlyList<string> names, DateTimeOffset now, CancellationToken ct) =>
        database.SaveAsync<IReadOnlyDictionary<string, SourceState>>(
            async (connection, ct) =>
            {
                // The statement sees the rows as they were before its own update.
                await using var command = new NpgsqlCommand(
                    $"""
                    with recursive meant as (
                      select id from ingest.sources where name = any($1)
                      union
                      select c.id from ingest.sources c join meant m on c.parent_id = m.id),
                    changed as (update ingest.sources s set {assignments} from meant where s.id = meant.id and ({condition}))
                    select name, state from ingest.sources where name = any($1) and $2::timestamptz is not null
                    """,
                    connection)
                {
                    Parameters = { new() { Value = names.Select(Storable.Text).ToArray() }, new() { Value = now.ToUniversalTime() } },
                };
                await using var reader = await command.ExecuteReaderAsync(ct);
                var before = new Dictionary<string, SourceState>(StringComparer.Ordinal);
                while (await reader.ReadAsync(ct)) before[reader.GetString(0)] = Words<SourceState>.Read(reader.GetString(1));
                return before;
            },
            ct);
}
