using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Hosts;

/// <summary>A site's robots.txt as it is stored.</summary>
/// <param name="Origin">Scheme, host and port that it binds.</param>
/// <param name="State">What is known of it.</param>
/// <param name="CheckedAt">When it was last asked for.</param>
/// <param name="UseUntil">Until when that answer counts.</param>
internal sealed record RobotsFile(string Origin, RobotsState State, DateTimeOffset CheckedAt, DateTimeOffset UseUntil)
{
    /// <summary>Its bytes; null where they were not read, or are those that are stored (<see cref="IsSame"/>).</summary>
    public byte[]? Body { get; init; }

    /// <summary>The site says that the stored bytes are current.</summary>
    public bool IsSame { get; init; }

    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    /// <summary>The URL that sent the validators.</summary>
    public string? ValidatorsUrl { get; init; }

    public DateTimeOffset? OutOfReachSince { get; init; }

    /// <summary>Why it could not be read the last time; null when it could.</summary>
    public string? Failure { get; init; }
}

/// <summary>What is known of a robots.txt.</summary>
internal enum RobotsState
{
    /// <summary>Its text.</summary>
    [Word("read")]
    Read,

    /// <summary>The site has none.</summary>
    [Word("none")]
    None,

    /// <summary>It was never answered.</summary>
    [Word("unreached")]
    Unreached,
}

/// <summary>Copies of robots.txt, as every worker and every restart must know them. Of two workers' answers the later stays.</summary>
internal sealed class RobotsFiles(Database database)
{
    /// <summary>The longest text that is stored; of longer ones nothing is, and they are asked for again.</summary>
    public const int MostBytes = 128 << 10;

    private const int LongestField = 2_048;

    // A moment of the future comes from a clock that was wrong.
    private const string IsLater = "(r.checked_at <= excluded.checked_at or r.checked_at > excluded.checked_at + interval '5 minutes')";

    /// <summary>The stored copy; null for none.</summary>
    public async Task<RobotsFile?> LoadAsync(string origin, CancellationToken ct)
    {
        var rows = await database.LoadAsync(
            () => new NpgsqlBatchCommand(
                "select state, checked_at, use_until, body, etag, last_modified, validators_url, out_of_reach_since, failure from ingest.robots_files "
                    + "where origin = $1")
                .Add(origin, NpgsqlDbType.Text),
            reader => Read(origin, reader),
            ct);
        return rows is [var row] ? row : null;
    }

    /// <summary>Keeps what was answered.</summary>
    public Task SaveAsync(RobotsFile file, CancellationToken ct) =>
        database.ExecuteAsync(
            () => file.Body?.Length > MostBytes || file.Origin.Length > LongestField ? Forget(file) : file.IsSame ? Renew(file) : Keep(file), ct);

    private static NpgsqlBatchCommand Forget(RobotsFile file) =>
        new NpgsqlBatchCommand("delete from ingest.robots_files where origin = $1").Add(file.Origin, NpgsqlDbType.Text);

    private static NpgsqlBatchCommand Renew(RobotsFile file) => Facts(new NpgsqlBatchCommand("""
        update ingest.robots_files set checked_at = $2, use_until = $3, etag = $4, last_modified = $5, validators_url = $6,
          out_of_reach_since = null, failure = null
        where origin = $1 and state = 'read'
        """), file);

    // What cannot be read says nothing of the copy: it goes on to count.
    private static NpgsqlBatchCommand Keep(RobotsFile file) => file.Failure is null
        ? Facts(new NpgsqlBatchCommand($"""
            insert into ingest.robots_files as r (origin, checked_at, use_until, etag, last_modified, validators_url, state, body)
              values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (origin) do update set checked_at = excluded.checked_at, use_until = excluded.use_until, etag = excluded.etag,
              last_modified = excluded.last_modified, validators_url = excluded.validators_url,
              state = excluded.state, body = excluded.body, out_of_reach_since = null, failure = null
              where {IsLater}
            """), file).Add(Words<RobotsState>.Of(file.State), NpgsqlDbType.Text).Add(file.Body, NpgsqlDbType.Bytea)
        : new NpgsqlBatchCommand($"""
            insert into ingest.robots_files as r (origin, checked_at, use_until, out_of_reach_since, failure, state) values ($1, $2, $3, $4, $5, 'unreached')
            on conflict (origin) do update set checked_at = excluded.checked_at, use_until = excluded.use_until,
              out_of_reach_since = coalesce(r.out_of_reach_since, excluded.out_of_reach_since), failure = excluded.failure
              where {IsLater}
            """)
            .Add(file.Origin, NpgsqlDbType.Text)
            .Add(file.CheckedAt, NpgsqlDbType.TimestampTz)
            .Add(file.UseUntil, NpgsqlDbType.TimestampTz)
            .Add(file.OutOfReachSince ?? file.CheckedAt, NpgsqlDbType.TimestampTz)
            .Add(ErrorText.Of(file.Failure), NpgsqlDbType.Text);

    private static NpgsqlBatchCommand Facts(NpgsqlBatchCommand command, RobotsFile file) => command
        .Add(file.Origin, NpgsqlDbType.Text)
        .Add(file.CheckedAt, NpgsqlDbType.TimestampTz)
        .Add(file.UseUntil, NpgsqlDbType.TimestampTz)
        .Add(Bounded(file.ETag), NpgsqlDbType.Text)
        .Add(Bounded(file.LastModified), NpgsqlDbType.Text)
        .Add(Bounded(file.ValidatorsUrl), NpgsqlDbType.Text);

    // A validator that is cut is none.
    private static string? Bounded(string? field) => field?.Length > LongestField ? null : field;

    private static RobotsFile Read(string origin, NpgsqlDataReader reader) =>
        new(
            origin,
            Words<RobotsState>.Read(reader.GetString(0)),
            reader.GetFieldValue<DateTimeOffset>(1),
            reader.GetFieldValue<DateTimeOffset>(2))
        {
            Body = reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3),
            ETag = reader.IsDBNull(4) ? null : reader.GetString(4),
            LastModified = reader.IsDBNull(5) ? null : reader.GetString(5),
            ValidatorsUrl = reader.IsDBNull(6) ? null : reader.GetString(6),
            OutOfReachSince = reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7),
            Failure = reader.IsDBNull(8) ? null : reader.GetString(8),
        };
}
