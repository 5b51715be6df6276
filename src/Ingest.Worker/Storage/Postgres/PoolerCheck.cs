using System.Threading.Tasks;
using Npgsql;

namespace Ingest.Worker.Storage.Postgres;

/// <summary>Looks whether a pooler stands between the worker and its server, and whether it leaves sessions what the worker needs of them.</summary>
internal static class PoolerCheck
{
    // One may have a single session for all, and lets others wait for it.
    private const int SecondsToAnswer = 5;

    private const int Looks = 3;

    /// <summary>What is wrong, as the end of a sentence; null where nothing is.</summary>
    /// <param name="database">The database.</param>
    /// <param name="needsSessions">Whether what is done there needs a session of its own, for locks or statements that are kept prepared.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<string?> FaultAsync(Database database, bool needsSessions, CancellationToken ct) =>
        database.ReadAsync((connection, ct) => FaultAsync(database, connection, needsSessions, ct), ct);

    private static async Task<string?> FaultAsync(Database database, NpgsqlConnection connection, bool needsSessions, CancellationToken ct)
    {
        var process = await ProcessAsync(connection, ct);

        // A pooler answers for many processes, and says a number of its own.
        if (process == connection.ProcessID) return null;
        if (needsSessions && await IsSharedAsync(database, connection, process, ct))
            return "is reached through a pooler that gives each transaction another session (PgBouncer in transaction mode), and the worker's locks are "
                + "those of sessions: name the server itself, or a pool in session mode; only ConnectionStrings:Reading may lead through this one";
        return await LostAsync(connection, ct) is { Count: > 0 } lost
            ? "is reached through a pooler that does not pass on what the worker sets for its sessions; let the role have it: "
                + string.Join("; ", lost.Select(setting => $"alter role {Named(database).Username} in database {Named(database).Database} set {setting}"))
                + " (and let the pooler connect anew)"
            : null;
    }

    private static (string Username, string Database) Named(Database database)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.DataSource.ConnectionString);
        static string Quoted(string? name) => $"\"{name?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return (Quoted(settings.Username), Quoted(settings.Database));
    }

    // While a transaction of another connection keeps the session that this one had, this one either waits or has another.
    private static async Task<bool> IsSharedAsync(Database database, NpgsqlConnection connection, int process, CancellationToken ct)
    {
        await using var other = await database.OpenAsync(ct);
        await using var transaction = await other.BeginTransactionAsync(ct);
        try
        {
            if (await ProcessAsync(other, ct) == process) return true;
            for (var look = 0; look < Looks; look++)
            {
                if (await ProcessAsync(connection, ct) != process) return true;
            }

            return false;
        }
        catch (NpgsqlException error) when (error.InnerException is TimeoutException)
        {
            return true;
        }
    }

    private static async Task<int> ProcessAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_backend_pid()", connection) { CommandTimeout = SecondsToAnswer };
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<IReadOnlyList<string>> LostAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var lost = new List<string>();
        foreach (var (name, value) in SessionSettings.PinnedValues)
        {
            await using var command = new NpgsqlCommand("select current_setting($1)", connection) { Parameters = { new() { Value = name } } };
            var actual = (string)(await command.ExecuteScalarAsync(ct))!;
            if (!WithoutBlanks(actual).StartsWith(WithoutBlanks(value), StringComparison.OrdinalIgnoreCase))
                lost.Add(name == "search_path" ? $"{name} = {value}" : $"{name} = '{value}'");
        }

        return lost;
    }

    private static string WithoutBlanks(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
