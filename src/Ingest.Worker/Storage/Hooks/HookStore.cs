using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Text.Secrets;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Hooks;

/// <summary>What webhooks are to tell, and how far each of them is.</summary>
internal sealed class HookStore(Database database)
{
    private static readonly string PlacesText = SqlFile.Read("statements/hook_places.sql");
    private static readonly string ChangesText = SqlFile.Read("statements/hook_changes.sql");
    private static readonly string EventsText = SqlFile.Read("statements/hook_events.sql");

    /// <summary>Where the webhooks of the settings stand; new ones begin with what happens from now on, and those that are no longer there are kept.</summary>
    public Task<List<HookPlace>> LoadPlacesAsync(IReadOnlyList<(string Name, Uri Url)> hooks, DateTimeOffset now, CancellationToken ct) =>
        database.SaveAsync(
            async (connection, ct) =>
            {
                var places = new NpgsqlBatchCommand(PlacesText)
                    .AddText(hooks, static hook => hook.Name)
                    .AddText(hooks, static hook => UrlSecrets.Without(hook.Url).AbsoluteUri)
                    .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz)
                    .Add(await ChangeCursor.EndAsync(connection, ct), NpgsqlDbType.Text);
                await connection.ExecuteAsync([places], ct);
                return await connection.LoadAsync(
                    new NpgsqlBatchCommand(
                        "select name, state, cursor, event_cursor, attempts, next_attempt_at, caught_up_at from ingest.webhooks where state = 'active'"),
                    static reader => new HookPlace(
                        reader.GetString(0), Words<HookState>.Read(reader.GetString(1)), reader.GetString(2), reader.GetString(3), reader.GetInt32(4),
                        Moment(reader, 5), reader.GetFieldValue<DateTimeOffset>(6)),
                    ct);
            },
            ct);

    /// <summary>The changes after a cursor; null where the log cannot go on from it.</summary>
    public async Task<IReadOnlyList<HookChange>?> LoadChangesAsync(string cursor, int limit, string query, CancellationToken ct)
    {
        try
        {
            return await database.LoadAsync(
                () => new NpgsqlBatchCommand(ChangesText)
                    .Add(cursor, NpgsqlDbType.Text).Add(limit, NpgsqlDbType.Integer).Add(query, NpgsqlDbType.Text),
                static reader => new HookChange(
                    reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt32(3), Article(reader), reader.GetBoolean(18)),
                ct);
        }
        catch (PostgresException error) when (ChangeCursor.IsRefused(error))
        {
            return null;
        }
    }

    /// <summary>The events of sources after a cursor.</summary>
    public Task<IReadOnlyList<HookSourceEvent>> LoadEventsAsync(string cursor, int limit, CancellationToken ct) => database.LoadAsync(
        () => new NpgsqlBatchCommand(EventsText).Add(cursor, NpgsqlDbType.Text).Add(limit, NpgsqlDbType.Integer),
        static reader => new HookSourceEvent(
            reader.GetString(0), reader.GetInt64(1), Words<SourceEventKind>.Read(reader.GetString(2)), reader.GetFieldValue<DateTimeOffset>(3),
            reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetFieldValue<string[]>(7)),
        ct);

    /// <summary>Saves how far a webhook is, unless somebody else has moved it meanwhile.</summary>
    /// <returns>Whether it was saved.</returns>
    public async Task<bool> SaveAsync(HookPlace before, bool isOfEvents, HookProgress progress, DateTimeOffset now, CancellationToken ct)
    {
        var column = isOfEvents ? "event_cursor" : "cursor";
        var saved = await database.ExecuteAsync(
            () => new NpgsqlBatchCommand($"""
                update ingest.webhooks set {column} = $3, sent = sent + $4, failed = failed + $5, given_up = given_up + $6, attempts = $7, next_attempt_at = $8,
                  last_error = $9, last_sent_at = case when $4 > 0 then $10 else last_sent_at end, state = case when $11 then 'disabled' else state end
                where name = $1 and {column} = $2
                """)
                .Add(before.Name, NpgsqlDbType.Text)
                .Add(isOfEvents ? before.EventCursor : before.Cursor, NpgsqlDbType.Text)
                .Add(progress.Cursor, NpgsqlDbType.Text)
                .Add(progress.Sent, NpgsqlDbType.Integer)
                .Add(progress.Error is null ? 0 : 1, NpgsqlDbType.Integer)
                .Add(progress.GaveUp ? 1 : 0, NpgsqlDbType.Integer)
                .Add(progress.Attempts, NpgsqlDbType.Integer)
                .Add(progress.NextAttemptAt?.ToUniversalTime(), NpgsqlDbType.TimestampTz)
                .Add(ErrorText.Of(progress.Error), NpgsqlDbType.Text)
                .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz)
                .Add(progress.IsDisabled, NpgsqlDbType.Boolean),
            ct);
        return saved > 0;
    }

    /// <summary>Begins again with what happens from now on, and says why.</summary>
    public Task<int> RestartAsync(string name, string reason, CancellationToken ct) => database.SaveAsync(
        async (connection, ct) => await connection.ExecuteAsync(
            [
                new NpgsqlBatchCommand("update ingest.webhooks set cursor = $2, attempts = 0, next_attempt_at = null, last_error = $3 where name = $1")
                    .Add(name, NpgsqlDbType.Text).Add(await ChangeCursor.EndAsync(connection, ct), NpgsqlDbType.Text).Add(reason, NpgsqlDbType.Text),
            ],
            ct),
        ct);

    /// <summary>Notes that nothing is left to deliver.</summary>
    public Task<int> CaughtUpAsync(string name, DateTimeOffset now, CancellationToken ct) => database.ExecuteAsync(
        () => new NpgsqlBatchCommand("update ingest.webhooks set caught_up_at = $2 where name = $1")
            .Add(name, NpgsqlDbType.Text).Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz),
        ct);

    private static HookArticle? Article(NpgsqlDataReader reader) => reader.IsDBNull(4)
        ? null
        : new HookArticle(
            reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetFieldValue<DateOnly>(7), Moment(reader, 8), Text(reader, 9),
            reader.GetFieldValue<string[]>(10), reader.GetInt32(11), reader.GetFieldValue<DateTimeOffset>(12), reader.GetFieldValue<DateTimeOffset>(13),
            Moment(reader, 14), Text(reader, 15), Text(reader, 16), reader.IsDBNull(17) ? [] : reader.GetFieldValue<string[]>(17));

    private static DateTimeOffset? Moment(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetFieldValue<DateTimeOffset>(at);

    private static string? Text(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetString(at);
}
