using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Ledger;

/// <summary>
/// Keeps the ledger from growing forever: its lines stand in tables by day, which are made ahead of their day, lose after some days what told of nothing, and
/// are dropped whole at last.
/// </summary>
internal sealed partial class LedgerRetention(Database database)
{
    // A run that finds readers in its way leaves a table to the next one.
    private const int DaysAhead = 3;

    /// <summary>Brings the ledger's days into their order; what is done when it is cancelled stays done.</summary>
    /// <returns>How many lines were past their retention.</returns>
    public async Task<long> TrimAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (options, today) = (database.Options, DateOnly.FromDateTime(now.UtcDateTime));
        var oldest = Before(today, options.LedgerDays);
        for (var day = today.AddDays(DaysAhead); day >= oldest; day = day.AddDays(-1))
            while (await SettleAsync(day, today, ct) is { } step) LogSettled(database.Log, day, step);

        var dropped = await ValueAsync<long>("select ingest.drop_fetches($1)", [oldest], ct);
        await DeleteAsync("delete from ingest.fetch_counts where day < $1", Before(today, options.LedgerCountDays), NpgsqlDbType.Date, ct);

        var before = new DateTimeOffset(oldest, TimeOnly.MinValue, TimeSpan.Zero);
        // Refusals of entries and pages are dated by their last time; those of stored articles stay for as long as these cannot be worked on.
        await DeleteAsync("delete from ingest.refusals where work in ('visit', 'page') and last_at < $1", before, NpgsqlDbType.TimestampTz, ct);
        await DeleteAsync("delete from ingest.https_hosts where until < $1", before, NpgsqlDbType.TimestampTz, ct);
        return dropped;
    }

    // Ids are numbered from 1970 on.
    private static DateOnly Before(DateOnly today, int days) =>
        today.AddDays(-Math.Min(days, today.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber));

    private Task<string?> SettleAsync(DateOnly day, DateOnly today, CancellationToken ct) =>
        ValueAsync<string>("select ingest.settle_fetches($1, $2, $3)", [day, today, database.Options.LedgerFullDays], ct);

    private Task<int> DeleteAsync(string statement, object before, NpgsqlDbType type, CancellationToken ct) =>
        database.ExecuteAsync(() => new NpgsqlBatchCommand(statement).Add(before, type), ct);

    // A day may have more lines than a statement has time.
    private Task<T?> ValueAsync<T>(string statement, object[] values, CancellationToken ct) => database.ReadAsync(
        async (connection, ct) =>
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
            return await command.ExecuteScalarAsync(ct) is T result ? result : default;
        },
        ct);

    [LoggerMessage(1000, LogLevel.Debug, "The ledger of {Day}: {Step}")]
    private static partial void LogSettled(ILogger logger, DateOnly day, string step);
}
