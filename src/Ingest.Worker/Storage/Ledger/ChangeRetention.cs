using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Values;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Ledger;

/// <summary>
/// Keeps the log of changes from growing forever. Of changes that everybody who follows has seen by then, the last one of each article stays, so that whoever
/// begins anew still hears of every article; a cursor from before is refused.
/// </summary>
internal sealed partial class ChangeRetention(Database database)
{
    // Followers wait while a transaction is open.
    private const int ChangesAtATime = 100_000;

    private const string MarkText = """
        insert into ingest.change_days (day, xid, change_id)
        select $1, c.xid, c.id from ingest.article_changes c where c.xid < pg_snapshot_xmin(pg_current_snapshot()) order by c.xid desc, c.id desc limit 1
        on conflict (day) do nothing
        """;

    // The newest of those that were used stays: the search index may not have come so far.
    private const string ForgetText =
        "delete from ingest.change_days where day < (select max(day) from ingest.change_days where day <= $1)";

    private static readonly string Text = SqlFile.Read("statements/trim_changes.sql");

    /// <summary>Changes that are looked at in one transaction.</summary>
    internal int AtATime { get; init; } = ChangesAtATime;

    /// <summary>Notes how far the log has come today, and trims it up to where it was some days ago.</summary>
    /// <returns>How many changes were taken out.</returns>
    public async Task<long> TrimAsync(DateTimeOffset now, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var before = today.AddDays(-Math.Min(database.Options.ChangeDays, today.DayNumber));
        await database.ExecuteAsync(() => new NpgsqlBatchCommand(MarkText).Add(today, NpgsqlDbType.Date), ct);
        var trimmed = 0L;
        for (var seen = AtATime; seen == AtATime;)
        {
            (seen, var removed) = await database.SaveAsync((connection, ct) => StepAsync(connection, before, ct), ct);
            trimmed += removed;
        }

        await database.ExecuteAsync(() => new NpgsqlBatchCommand(ForgetText).Add(before, NpgsqlDbType.Date), ct);
        if (trimmed > 0) LogTrimmed(database.Log, trimmed);
        return trimmed;
    }

    private async Task<(int Seen, int Removed)> StepAsync(NpgsqlConnection connection, DateOnly before, CancellationToken ct)
    {
        var command = new NpgsqlBatchCommand(Text).Add(before, NpgsqlDbType.Date).Add(AtATime, NpgsqlDbType.Integer);
        return (await connection.LoadAsync(command, static reader => (reader.GetInt32(0), reader.GetInt32(1)), ct))[0];
    }

    [LoggerMessage(1001, LogLevel.Information, "{Changes} changes that later ones overtook, or of articles that were removed, are taken out of the log")]
    private static partial void LogTrimmed(ILogger logger, long changes);
}
