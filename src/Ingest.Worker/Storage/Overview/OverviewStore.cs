using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Overview;

/// <summary>A number that the database tells.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Label">Which of them; empty where there is one.</param>
/// <param name="Value">The number.</param>
internal sealed record OverviewFact(string Name, string Label, double Value);

/// <summary>How a source is doing, in numbers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LastSuccess">When it last answered usably; null for never.</param>
/// <param name="LastNews">When it last brought something; null for never.</param>
/// <param name="FailureWeight">Weight of the failures since the last success.</param>
internal sealed record SourceFact(string Name, DateTimeOffset? LastSuccess, DateTimeOffset? LastNews, double FailureWeight);

/// <summary>What the database tells of the whole at one moment.</summary>
/// <param name="Facts">Numbers of the whole.</param>
/// <param name="Sources">Those of single sources, as far as they are wanted.</param>
internal sealed record DatabaseOverview(IReadOnlyList<OverviewFact> Facts, IReadOnlyList<SourceFact> Sources)
{
    public static DatabaseOverview None { get; } = new([], []);

    /// <summary>The numbers of one name.</summary>
    public IEnumerable<OverviewFact> Of(string name) => Facts.Where(fact => fact.Name == name);
}

/// <summary>Asks the database for the numbers that metrics tell.</summary>
internal sealed class OverviewStore(Database database)
{
    private static readonly string Text = SqlFile.Read("statements/overview.sql");

    /// <summary>Loads them.</summary>
    /// <param name="now">The time.</param>
    /// <param name="sources">Of so many active sources, in the order of their names, the numbers of each.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<DatabaseOverview> LoadAsync(DateTimeOffset now, int sources, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var facts = await connection.LoadAsync(
            new NpgsqlBatchCommand(Text).Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz),
            static reader => new OverviewFact(reader.GetString(0), reader.GetString(1), reader.GetDouble(2)),
            ct);
        var named = sources == 0 ? [] : await connection.LoadAsync(
            new NpgsqlBatchCommand(
                "select name, last_success_at, last_news_at, failure_weight from ingest.sources where state = 'active' order by name limit $1")
                .Add(sources, NpgsqlDbType.Integer),
            static reader => new SourceFact(reader.GetString(0), Moment(reader, 1), Moment(reader, 2), reader.GetDouble(3)),
            ct);
        database.NoteAnswer();
        return new DatabaseOverview(facts, named);
    }

    private static DateTimeOffset? Moment(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetFieldValue<DateTimeOffset>(at);
}
