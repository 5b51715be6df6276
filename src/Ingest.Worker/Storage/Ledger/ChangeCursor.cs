using System.Threading.Tasks;
using Npgsql;

namespace Ingest.Worker.Storage.Ledger;

/// <summary>Cursors of <c>changes_since</c>, for those who follow the log of changes and keep their place in the database.</summary>
internal static class ChangeCursor
{
    // The newest change that changes_since would tell.
    private const string EndText = """
        select e.epoch || '.' || c.xid || '.' || c.id
        from ingest.change_epoch e cross join lateral (
          select c.xid, c.id from ingest.article_changes c where c.xid < pg_snapshot_xmin(pg_current_snapshot()) order by c.xid desc, c.id desc limit 1) c
        """;

    /// <summary>Where the log ends now; empty where it holds nothing.</summary>
    public static async Task<string> EndAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(EndText, connection);
        return await command.ExecuteScalarAsync(ct) as string ?? "";
    }

    /// <summary>Whether the log cannot go on from a cursor: it was restored, or emptied.</summary>
    public static bool IsRefused(PostgresException error) => error.SqlState == PostgresErrorCodes.InvalidParameterValue;
}
