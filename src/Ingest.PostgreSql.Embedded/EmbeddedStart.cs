namespace Ingest.PostgreSql.Embedded;

/// <summary>How starting the embedded PostgreSQL ended: <see cref="Started"/>, <see cref="InUse"/> or <see cref="Unavailable"/>.</summary>
public abstract record EmbeddedStart
{
    private EmbeddedStart()
    {
    }

    /// <summary>It runs and is ours: disposing <paramref name="Postgres"/> stops it.</summary>
    public sealed record Started(EmbeddedPostgres Postgres) : EmbeddedStart;

    /// <summary>Another living worker runs it on the same data directory. A second service must not; a command may use its database.</summary>
    /// <param name="ConnectionString">Of the other worker's server.</param>
    /// <param name="Message">One sentence for people: who has it, and what to do.</param>
    public sealed record InUse(string ConnectionString, string Message) : EmbeddedStart;

    /// <summary>It cannot run here.</summary>
    /// <param name="Reason">One paragraph for people: what was tried, what was found, what to do.</param>
    public sealed record Unavailable(string Reason) : EmbeddedStart;
}
