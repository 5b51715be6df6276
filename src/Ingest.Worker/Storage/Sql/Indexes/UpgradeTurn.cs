using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Npgsql;

namespace Ingest.Worker.Storage.Sql.Indexes;

/// <summary>The turn to upgrade the schema: one worker has it at a time.</summary>
internal sealed class UpgradeTurn : IAsyncDisposable
{
    // EF Core takes no lock within a transaction that is not its own.
    private const long Lock = 0x696E67657374;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private NpgsqlConnection? holder;

    // The lock ends with its session, also where it was granted at the moment at which waiting for it was given up.
    private readonly NpgsqlDataSource sessions;

    private UpgradeTurn(NpgsqlDataSource sessions) => this.sessions = sessions;

    /// <summary>Waits for it, however long.</summary>
    public static async Task<UpgradeTurn> TakeAsync(Database database, CancellationToken ct)
    {
        var turn = new UpgradeTurn(database.CreateLockSource("ingest-worker migration"));
        try
        {
            turn.holder = await turn.sessions.OpenConnectionAsync(ct);

            // Who waits within a statement has an open snapshot, which the making of an index waits for: both would wait for ever.
            while (!await turn.IsMineAsync(ct)) await Task.Delay(LookEvery, database.Time, ct);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (holder is not null) await holder.DisposeAsync();
        await sessions.DisposeAsync();
    }

    private async Task<bool> IsMineAsync(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", holder) { Parameters = { new() { Value = Lock } } };
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
