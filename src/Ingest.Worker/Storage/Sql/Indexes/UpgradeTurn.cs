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

    private readonly NpgsqlConnection holder;

    private UpgradeTurn(NpgsqlConnection holder) => this.holder = holder;

    /// <summary>Waits for it, however long.</summary>
    public static async Task<UpgradeTurn> TakeAsync(Database database, CancellationToken ct)
    {
        var holder = await database.DataSource.OpenConnectionAsync(ct);
        try
        {
            // Who waits within a statement has an open snapshot, which the making of an index waits for: both would wait for ever.
            while (!await AskAsync(holder, "select pg_try_advisory_lock($1)", ct)) await Task.Delay(LookEvery, database.Time, ct);
            return new UpgradeTurn(holder);
        }
        catch
        {
            await holder.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await AskAsync(holder, "select pg_advisory_unlock($1)", CancellationToken.None);
        await holder.DisposeAsync();
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = Lock } } };
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
