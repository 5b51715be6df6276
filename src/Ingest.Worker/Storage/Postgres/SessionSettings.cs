using System.Globalization;
using Npgsql;

namespace Ingest.Worker.Storage.Postgres;

/// <summary>
/// What a session of the worker's must be like, whatever the environment (PGCLIENTENCODING, PGTZ, PGOPTIONS), the connection string or ALTER ROLE and ALTER
/// DATABASE say: in another encoding texts would be stored wrongly and without an error, by another path strangers' functions would be called.
/// </summary>
internal static class SessionSettings
{
    // pg_catalog comes before them unless it is named. What is sent when a session begins has the last word over roles and databases.
    private const string Pinned = """
        -c search_path=ingest,pg_temp -c standard_conforming_strings=on -c DateStyle=ISO -c IntervalStyle=postgres -c bytea_output=hex
        -c default_transaction_isolation=read\ committed -c transform_null_equals=off -c gin_fuzzy_search_limit=0
        """;

    /// <summary>
    /// Sets them, and leaves a session as it is when it goes back to its pool: resetting what nobody changed takes seven statements. So nothing of ours changes
    /// what outlives its transaction, but in sessions of its own (<see cref="Database.CreateLockSource"/>) or before <see cref="Database.ClearSessions"/>.
    /// </summary>
    /// <remarks>Other options of the connection string stay, <c>No Reset On Close</c> among them.</remarks>
    /// <param name="settings">The connection string.</param>
    /// <param name="mayIdle">
    /// How long a transaction may wait for the worker, unless the connection string says otherwise: a process that is stopped in the middle of one would
    /// otherwise keep its locks, and what readers of changes may see, for as long as it is stopped.
    /// </param>
    public static void Apply(NpgsqlConnectionStringBuilder settings, TimeSpan mayIdle)
    {
        // No statement of ours runs for so long that compiling it, 150 ms in a session, would pay.
        var preset = string.Create(CultureInfo.InvariantCulture, $"-c jit=off -c idle_in_transaction_session_timeout={mayIdle.TotalMilliseconds:0}");
        settings.Options = string.Join(' ', preset, settings.Options, Pinned.ReplaceLineEndings(" "));
        if (!settings.ShouldSerialize("No Reset On Close")) settings.NoResetOnClose = true;
        (settings.ClientEncoding, settings.Encoding, settings.Timezone, settings.SearchPath) = ("UTF8", "UTF8", "UTC", null);
    }
}
