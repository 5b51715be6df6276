namespace Ingest.Worker.Tests.Scheduling.Cluster;

/// <summary>What is done to one of the workers, and when.</summary>
/// <param name="At">Since the start of the trial.</param>
/// <param name="Signal">KILL, STOP, CONT, TERM or START.</param>
/// <param name="Worker">Its number, from 0.</param>
internal sealed record ClusterAct(TimeSpan At, string Signal, int Worker);

/// <summary>A trial of workers that share one database.</summary>
internal sealed record ClusterPlan
{
    public required int Sources { get; init; }

    public required int Hosts { get; init; }

    public int Workers { get; init; } = 3;

    public required TimeSpan Interval { get; init; }

    public required TimeSpan CheckIn { get; init; }

    public required TimeSpan Length { get; init; }

    /// <summary>How long a host takes to answer.</summary>
    public required TimeSpan Answer { get; init; }

    public int Partitions { get; init; } = 64;

    public TimeSpan TurnEvery { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan TurnLength { get; init; } = TimeSpan.FromSeconds(60);

    public string Housekeeping { get; init; } = "0/5 * * * * ?";

    /// <summary>How far each worker's clock is off; empty for right clocks.</summary>
    public IReadOnlyList<TimeSpan> ClockErrors { get; init; } = [];

    public IReadOnlyList<ClusterAct> Acts { get; init; } = [];
}

/// <summary>How a trial went, by the ledger and by the hosts.</summary>
internal sealed record ClusterReport
{
    /// <summary>Visits of a source: fewest, in the middle, most.</summary>
    public required (long Fewest, long Middle, long Most) Visits { get; init; }

    public required long AllVisits { get; init; }

    /// <summary>The longest time between two visits of a source, or from its last visit to the end.</summary>
    public required TimeSpan LongestGap { get; init; }

    /// <summary>Visits that came sooner after the one before than the source's interval allows.</summary>
    public required long Doubles { get; init; }

    public required long Requests { get; init; }

    public required IReadOnlyCollection<string> Overlaps { get; init; }

    /// <summary>Workers in the ledger, and the visits of each.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>From each KILL until the schedule had given away everything the dead worker held.</summary>
    public required IReadOnlyList<TimeSpan> Takeovers { get; init; }

    public required long Articles { get; init; }

    public required IReadOnlyList<string> Logs { get; init; }
}
