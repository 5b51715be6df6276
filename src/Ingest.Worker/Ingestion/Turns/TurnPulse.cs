namespace Ingest.Worker.Ingestion.Turns;

/// <summary>When the schedule was last seen to go on: a turn began here or, in a cluster, at another worker.</summary>
internal sealed class TurnPulse(TimeProvider time)
{
    private static readonly TimeSpan LeastLongest = TimeSpan.FromMinutes(2);

    private long last = time.GetTimestamp();

    /// <summary>How old the pulse of a schedule that goes on may be.</summary>
    public TimeSpan Longest { get; private set; } = LeastLongest;

    /// <summary>How long ago, by a clock that does not jump.</summary>
    public TimeSpan Age => time.GetElapsedTime(Volatile.Read(ref last));

    /// <summary>Says how often turns begin.</summary>
    public void Expect(TimeSpan every) => Longest = every * 3 > LeastLongest ? every * 3 : LeastLongest;

    public void Beat() => Volatile.Write(ref last, time.GetTimestamp());
}
