using System.ComponentModel.DataAnnotations;
using Quartz;

namespace Ingest.Worker.Scheduling;

/// <summary>How the work is shared out: section <c>Ingest:Scheduling</c>.</summary>
internal sealed class SchedulingOptions
{
    public const string Section = "Ingest:Scheduling";

    /// <summary>Parts into which hosts are divided; each is one Quartz job. All workers of a cluster must agree. Default 64.</summary>
    [Range(1, 1024)]
    public int Partitions { get; init; } = 64;

    /// <summary>How often each partition looks for due work. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan TurnEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After this a turn begins no more visits, except on other hosts while a slow one keeps it from ending. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TurnLength { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Sources, and as many pages, that a turn takes on at a time. Default 200.</summary>
    [Range(1, 10_000)]
    public int MaxPerTurn { get; init; } = 200;

    /// <summary>
    /// Visits of one worker that work with the database side by side, and pages of one source that it takes on at a time; what waits for the web is not among
    /// them. Default 64.
    /// </summary>
    [Range(1, 4096)]
    public int Concurrency { get; init; } = 64;

    /// <summary>How long visits under way may go on when the worker is asked to stop. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether the schedule is kept in PostgreSQL, so that several workers share it; false keeps it in memory. Default false.</summary>
    public bool Clustered { get; init; }

    /// <summary>How often clustered workers report that they live; a dead one's partitions move within this and 15 s. Default 7.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:07.500")]
    public TimeSpan CheckInEvery { get; init; } = TimeSpan.FromSeconds(7.5);

    /// <summary>
    /// When the housekeeping runs, once per cluster: a Quartz cron expression in UTC. Default <c>0 17 * * * ?</c>, 17 minutes past each hour.
    /// </summary>
    [Required]
    public string Housekeeping { get; init; } = "0 17 * * * ?";

    /// <summary>What is wrong with values beside their ranges.</summary>
    public IEnumerable<string> Contradictions()
    {
        if (!CronExpression.TryParse(Housekeeping, out _))
            yield return $"{Section}:{nameof(Housekeeping)} is '{Housekeeping}': give a Quartz cron expression with seconds, such as 0 17 * * * ?";
    }
}
