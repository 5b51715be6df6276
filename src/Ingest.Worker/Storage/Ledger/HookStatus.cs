using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Words;
using Npgsql;

namespace Ingest.Worker.Storage.Ledger;

/// <summary>How webhooks are doing, in a line each.</summary>
internal static class HookStatus
{
    private const string Text = """
        select name, state, url, sent, given_up, last_sent_at, last_error, next_attempt_at from ingest.webhooks where state <> 'removed' order by name
        """;

    public static async Task<IReadOnlyList<StatusFact>> LoadAsync(NpgsqlConnection connection, CancellationToken ct) => await connection.LoadAsync(
        new NpgsqlBatchCommand(Text),
        static reader => new StatusFact(
            $"webhook {reader.GetString(0)}",
            Words(
                Ingest.Text.Words<HookState>.Read(reader.GetString(1)), reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4), Moment(reader, 5),
                reader.IsDBNull(6) ? null : reader.GetString(6), Moment(reader, 7))),
        ct);

    private static string Words(HookState state, string url, long sent, long givenUp, string? last, string? error, string? next)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{sent} sent{(last is null ? "" : ", the last at " + last)}");
        if (givenUp > 0) words += string.Create(CultureInfo.InvariantCulture, $"; {givenUp} given up");
        if (state == HookState.Disabled) words += "; disabled";
        if (error is not null) words += $"; {error}{(next is null ? "" : ", again at " + next)}";
        return $"{words} ({url})";
    }

    private static string? Moment(NpgsqlDataReader reader, int at) =>
        reader.IsDBNull(at) ? null : reader.GetFieldValue<DateTimeOffset>(at).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
