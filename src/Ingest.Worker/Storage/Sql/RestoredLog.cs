using System.Threading.Tasks;
using Npgsql;

namespace Ingest.Worker.Storage.Sql;

/// <summary>
/// The log of changes in a database that was restored from a dump. It is ordered by numbers of transactions, which belong to a server: where they are ahead of
/// this one's, what is written next would come before what was written long ago, and neither the search index nor anybody else who follows would see it.
/// </summary>
internal static class RestoredLog
{
    // In a transaction that has written nothing, so that none of the numbers is its own.
    private const string IsAheadText = """
        select exists (
            select from (select c.xid from ingest.article_changes c order by c.xid desc, c.id desc limit 1) last
            where last.xid >= pg_snapshot_xmax(pg_current_snapshot()))
          or exists (select from ingest.search_progress p where p.xid >= pg_snapshot_xmax(pg_current_snapshot()))
        """;

    /// <summary>Whether the log, or what follows it, is ahead of the server.</summary>
    public static async Task<bool> IsAheadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(IsAheadText, connection);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Numbers its transactions anew.</summary>
    /// <returns>How many changes got another number.</returns>
    public static async Task<long> RebaseAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select ingest.rebase_changes()", connection) { CommandTimeout = 0 };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
