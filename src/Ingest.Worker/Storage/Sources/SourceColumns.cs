using Ingest.Text;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Sources;

/// <summary>
/// The columns of <c>ingest.sources</c> as the schedule and the synchronisation read and write them, by hundreds of thousands: without the start and
/// the tracking of EF Core.
/// </summary>
internal static class SourceColumns
{
    // What a synchronisation writes: in Written, one array each, in this order.
    private const string Names = """
        name, url, configured_url, state, slot, full_text, schedule, time_zone, poll_interval, tags, etag, last_modified, validators_url, body_hash,
        next_poll_at, next_poll_reason, failure_weight, last_error, created_at, updated_at,
        validator_trust, validator_trust_at, last_full_at, moved_to, moved_seen, moved_since
        """;

    private const string Values = """
        x.name, x.url, x.configured_url, x.state, x.slot, x.full_text, x.schedule, x.time_zone, x.poll_interval, string_to_array(x.tags, chr(31)),
        x.etag, x.last_modified, x.validators_url, x.body_hash, x.next_poll_at, x.next_poll_reason, x.failure_weight, x.last_error, x.created_at, x.updated_at,
        x.validator_trust, x.validator_trust_at, x.last_full_at, x.moved_to, x.moved_seen, x.moved_since
        """;

    private const string Unnest =
        "unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, "
            + $"$27) as x({Names}, id)";

    /// <summary>Reads a row of <c>sources.sql</c> or <c>due_sources.sql</c>.</summary>
    public static SourceRow Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetInt32(0),
        Name = reader.GetString(1),
        Url = reader.GetString(2),
        ConfiguredUrl = reader.GetString(3),
        ParentId = Value<int>(reader, 4),
        Depth = reader.GetInt16(5),
        State = Words<SourceState>.Read(reader.GetString(6)),
        Slot = reader.GetInt16(7),
        FullText = reader.GetString(8),
        Schedule = Text(reader, 9),
        TimeZone = Text(reader, 10),
        PollInterval = Value<TimeSpan>(reader, 11),
        Tags = reader.GetFieldValue<string[]>(12),
        Title = Text(reader, 13),
        SiteUrl = Text(reader, 14),
        Language = Text(reader, 15),
        Etag = Text(reader, 16),
        LastModified = Text(reader, 17),
        ValidatorsUrl = Text(reader, 18),
        BodyHash = Value<Guid>(reader, 19),
        NextPollAt = reader.GetFieldValue<DateTimeOffset>(20),
        NextPollReason = Text(reader, 21),
        AdaptiveInterval = Value<TimeSpan>(reader, 22),
        AskedInterval = Value<TimeSpan>(reader, 23),
        SkipHours = reader.IsDBNull(24) ? null : reader.GetFieldValue<short[]>(24),
        SkipDays = reader.IsDBNull(25) ? null : reader.GetFieldValue<short[]>(25),
        FailureWeight = reader.GetDouble(26),
        LastPolledAt = Value<DateTimeOffset>(reader, 27),
        LastSuccessAt = Value<DateTimeOffset>(reader, 28),
        LastNewsAt = Value<DateTimeOffset>(reader, 29),
        LastStatus = Value<int>(reader, 30),
        LastError = Text(reader, 31),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(32),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(33),
        LastFullAt = Value<DateTimeOffset>(reader, 34),
        ValidatorTrust = reader.GetString(35),
        ValidatorTrustAt = Value<DateTimeOffset>(reader, 36),
        MovedTo = Text(reader, 37),
        MovedSeen = Value<int>(reader, 38),
        MovedSince = Value<DateTimeOffset>(reader, 39),
        IntervalCeiling = Value<TimeSpan>(reader, 40),
        NewsGap = Value<TimeSpan>(reader, 41),
        NewestEntryAt = Value<DateTimeOffset>(reader, 42),
        SilentSince = Value<DateTimeOffset>(reader, 43),
        NewsByHour = Weights(reader, 44),
        NewsByDay = Weights(reader, 45),
        HoursByHour = Weights(reader, 46),
        HoursByDay = Weights(reader, 47),
        FreshFor = Value<TimeSpan>(reader, 48),
        BodyBytes = reader.GetDouble(49),
        BodyNews = reader.GetDouble(50),
        VainBodies = reader.GetInt32(51),
        GuessAt = Value<DateTimeOffset>(reader, 52),
        SilentFrom = Value<DateTimeOffset>(reader, 53),
        GapsSeen = reader.GetInt32(54),
        UsualGap = Value<TimeSpan>(reader, 55),
        LongestGap = Value<TimeSpan>(reader, 56),
    };

    /// <summary>Adds configured sources.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<SourceRow> rows) =>
        Written(new NpgsqlBatchCommand($"insert into ingest.sources ({Names}, depth) select {Values}, 0 from {Unnest}"), rows);

    /// <summary>Writes what is configured for sources, by id.</summary>
    public static NpgsqlBatchCommand Update(IReadOnlyList<SourceRow> rows) =>
        Written(new NpgsqlBatchCommand($"update ingest.sources s set ({Names}) = ({Values}) from {Unnest} where s.id = x.id"), rows);

    private static NpgsqlBatchCommand Written(NpgsqlBatchCommand command, IReadOnlyList<SourceRow> rows) => command
        .AddText(rows, static row => row.Name)
        .AddText(rows, static row => row.Url)
        .AddText(rows, static row => row.ConfiguredUrl)
        .AddText(rows, static row => Words<SourceState>.Of(row.State))
        .Add(rows, NpgsqlDbType.Smallint, static row => row.Slot)
        .AddText(rows, static row => row.FullText)
        .AddText(rows, static row => row.Schedule)
        .AddText(rows, static row => row.TimeZone)
        .Add(rows, NpgsqlDbType.Interval, static row => row.PollInterval)
        .AddList(rows, static row => row.Tags)
        .AddText(rows, static row => row.Etag)
        .AddText(rows, static row => row.LastModified)
        .AddText(rows, static row => row.ValidatorsUrl)
        .Add(rows, NpgsqlDbType.Uuid, static row => row.BodyHash)
        .AddMoments(rows, static row => row.NextPollAt)
        .AddText(rows, static row => row.NextPollReason)
        .Add(rows, NpgsqlDbType.Double, static row => row.FailureWeight)
        .AddText(rows, static row => row.LastError)
        .AddMoments(rows, static row => row.CreatedAt)
        .AddMoments(rows, static row => row.UpdatedAt)
        .AddText(rows, static row => row.ValidatorTrust)
        .AddMoments(rows, static row => row.ValidatorTrustAt)
        .AddMoments(rows, static row => row.LastFullAt)
        .AddText(rows, static row => row.MovedTo)
        .Add(rows, NpgsqlDbType.Integer, static row => row.MovedSeen)
        .AddMoments(rows, static row => row.MovedSince)
        .Add(rows, NpgsqlDbType.Integer, static row => row.Id);

    private static float[]? Weights(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetFieldValue<float[]>(at);

    private static string? Text(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetString(at);

    private static T? Value<T>(NpgsqlDataReader reader, int at)
        where T : struct => reader.IsDBNull(at) ? null : reader.GetFieldValue<T>(at);
}
