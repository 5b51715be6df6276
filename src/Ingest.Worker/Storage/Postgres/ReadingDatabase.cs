using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ingest.Worker.Storage.Postgres;

/// <summary>The database that is asked for those who only look: the replica that <c>ConnectionStrings:Reading</c> names, else the database itself.</summary>
/// <param name="own">The database that is written to.</param>
/// <param name="replica">The replica; null for none.</param>
internal sealed class ReadingDatabase(Database own, Database? replica) : IAsyncDisposable
{
    public const string Key = "ConnectionStrings:Reading";

    /// <summary>The one that is asked.</summary>
    public Database Door => replica ?? own;

    /// <summary>The one that is written to.</summary>
    public Database Own => own;

    public bool IsReplica => replica is not null;

    /// <summary>Opens a replica. Its sessions may be shared by others, transaction by transaction: no statement is kept prepared in them.</summary>
    public static Database Open(string connectionString, StorageOptions options, TimeProvider time, ILogger<Database> log) =>
        new(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 0 }.ConnectionString, options, time, log) { Setting = Key };

    public ValueTask DisposeAsync() => replica?.DisposeAsync() ?? ValueTask.CompletedTask;
}
