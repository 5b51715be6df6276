using System.ComponentModel.DataAnnotations;

namespace Ingest.Worker.Storage;

/// <summary>How the worker uses its database (<c>Ingest:Storage</c>).</summary>
internal sealed class StorageOptions
{
    public const string Section = "Ingest:Storage";

    /// <summary>Whether migrations are applied at start. Default true; with false, run <c>database migrate</c> before an upgrade.</summary>
    public bool MigrateAtStart { get; init; } = true;

    /// <summary>Connections of one worker. Default 16, range 2 to 500.</summary>
    [Range(2, 500)]
    public int MaxConnections { get; init; } = 16;

    /// <summary>Time for one statement. Default 60 s, range 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a transaction is tried again after a transient error. Default 5, range 0 to 20.</summary>
    [Range(0, 20)]
    public int Retries { get; init; } = 5;

    /// <summary>Under load, how long a commit waits for more visits to share it. Default 50 ms, range 0 to 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan SaveLinger { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>While a save has waited longer than this for its commit, no new visit begins. Default 10 s, range 100 ms to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan MaxSaveLag { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Days after which the lines of the ledger (table <c>fetches</c>) are deleted, a day at a time. Default 90, range 1 to 36500.</summary>
    [Range(1, 36_500)]
    public int LedgerDays { get; init; } = 90;

    /// <summary>
    /// Days after which fetches that told of nothing (not modified, or without new or changed entries) are counts, in the table <c>fetch_counts</c>, and no
    /// lines of their own. Default 7, range 1 to 36500.
    /// </summary>
    [Range(1, 36_500)]
    public int LedgerFullDays { get; init; } = 7;

    /// <summary>Days after which these counts are deleted. Default 730, range 1 to 36500.</summary>
    [Range(1, 36_500)]
    public int LedgerCountDays { get; init; } = 730;

    /// <summary>
    /// Days for which the log of changes is whole. Of older changes it has the last one of each article, and none of those that were removed; cursors of
    /// <c>changes_since</c> from before are refused. Default 90, range 7 to 36500.
    /// </summary>
    [Range(7, 36_500)]
    public int ChangeDays { get; init; } = 90;
}
