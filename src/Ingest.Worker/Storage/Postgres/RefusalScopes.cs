using Npgsql;

namespace Ingest.Worker.Storage.Postgres;

/// <summary>What a failed save says about the saves after it.</summary>
internal enum RefusalScope
{
    /// <summary>Nothing: it is about what was to be saved.</summary>
    None,

    /// <summary>Whatever needs the same table or right fails as well, whatever it holds.</summary>
    Some,

    /// <summary>Nothing can be written now.</summary>
    All,
}

/// <summary>Tells by its error whether a save failed for what it holds, or because PostgreSQL takes none.</summary>
internal static class RefusalScopes
{
    private const string IdleInTransactionTimeout = "25P03";

    // Classes of SQLSTATE; see PostgreSQL's appendix "Error Codes".
    private static readonly HashSet<string> AboutTheServer = ["08", "28", "3D", "53", "57", "58"];
    private static readonly HashSet<string> AboutObjects = ["3F", "42"];

    public static RefusalScope Of(Exception error) => error switch
    {
        // A statement that ran into its time limit (57014) may be one that is large.
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => RefusalScope.None,
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => RefusalScope.All,
        PostgresException known when AboutTheServer.Contains(known.SqlState[..2]) => RefusalScope.All,
        PostgresException known when AboutObjects.Contains(known.SqlState[..2]) => RefusalScope.Some,
        PostgresException => RefusalScope.None,

        // Without an answer: no connection, or one that broke.
        NpgsqlException { InnerException: not TimeoutException } => RefusalScope.All,
        _ => RefusalScope.None,
    };

    /// <summary>
    /// Whether the session would go on to fail where a new one may not: a session stays read-only when the database is no longer, and after a
    /// fail-over the pool is full of sessions of a server that is going, or that has become a standby.
    /// </summary>
    public static bool SpoilsSessions(Exception error) => error is PostgresException
    {
        SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow,
    };

    /// <summary>
    /// Whether the same transaction may well succeed in a moment. A disk that is full, or a server that takes no writes, stays so for longer.
    /// </summary>
    public static bool IsPassing(NpgsqlException error) => error.SqlState switch
    {
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.ReadOnlySqlTransaction => false,
        IdleInTransactionTimeout or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => true,
        _ => error.IsTransient,
    };
}
