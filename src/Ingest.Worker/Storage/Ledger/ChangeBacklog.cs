using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Ledger;

/// <summary>
/// How far those who follow the log of changes are behind. Changes are told in the order of transactions, so any of the server that has written and stays open
/// holds up all that came after it began: the feed (<c>changes_since</c>) and the search.
/// </summary>
/// <param name="Horizon">The lowest number of a transaction that is open; what comes before it is told.</param>
/// <param name="Held">Changes that wait for it, counted up to <see cref="Most"/>.</param>
/// <param name="Unindexed">Changes that are told and not yet in the search index, counted likewise; none where there is no index.</param>
/// <param name="Since">Since when changes wait; null when none does, or nobody knows.</param>
/// <param name="By">Whose transaction it is; null when it has just ended, or is of another server.</param>
internal sealed record ChangeBacklog(ulong Horizon, long Held, long Unindexed, DateTimeOffset? Since, ChangeHolder? By)
{
    /// <summary>So many are counted, no more.</summary>
    public const int Most = 1_000_000;

    private static readonly string Text = SqlFile.Read("statements/change_backlog.sql");

    /// <summary>As facts of <c>status</c> and <c>database info</c>.</summary>
    public IEnumerable<StatusFact> Facts(DateTimeOffset now)
    {
        yield return new StatusFact("changes not yet told", Counted(Held));
        yield return new StatusFact("changes not yet searched", Counted(Held + Unindexed));
        if (Held == 0) yield break;
        yield return new StatusFact("changes wait since", Since);
        yield return new StatusFact("changes wait for", Holder(now));
    }

    /// <summary>What waits, since when and for whom; for a sentence.</summary>
    public string Words(DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Counted(Held)} {(Held == 1 ? "change waits" : "changes wait")}{(Since is { } since ? $" since {since.UtcDateTime:u}" : "")} for {Holder(now)}");

    public static Task<ChangeBacklog> LoadAsync(Database database, CancellationToken ct) => database.ReadAsync(LoadAsync, ct);

    public static async Task<ChangeBacklog> LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var rows = await connection.LoadAsync(new NpgsqlBatchCommand(Text).Add(Most, NpgsqlDbType.Integer), Read, ct);
        return rows[0];
    }

    private string Holder(DateTimeOffset now) => By?.Words(now) ?? "a transaction that is over by now";

    private static object Counted(long changes) => changes < Most ? changes : string.Create(CultureInfo.InvariantCulture, $"{Most:N0} or more");

    private static ChangeBacklog Read(NpgsqlDataReader row)
    {
        var by = row.IsDBNull(6) ? null : new ChangeHolder(Pid(row), Word(row, 5), row.GetString(6), Word(row, 7), Word(row, 8), Moment(row, 9));
        var held = row.GetInt64(1);
        return new ChangeBacklog(row.GetFieldValue<ulong>(0), held, row.GetInt64(2), held == 0 ? null : Moment(row, 3), by);
    }

    private static int? Pid(NpgsqlDataReader row) => row.IsDBNull(4) ? null : row.GetInt32(4);

    private static string? Word(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);

    private static DateTimeOffset? Moment(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetFieldValue<DateTimeOffset>(at);
}
