namespace Ingest.Worker.Ingestion.Turns;

/// <summary>Notices when the clock of the wall is moved, by the one that only goes on.</summary>
internal sealed class ClockWatch(TimeProvider time)
{
    private DateTimeOffset wall = time.GetUtcNow();
    private long steady = time.GetTimestamp();

    /// <summary>By how much the clock was moved since this was last asked; negative when it was put back.</summary>
    public TimeSpan Step()
    {
        var (wallNow, steadyNow) = (time.GetUtcNow(), time.GetTimestamp());
        var step = wallNow - wall - time.GetElapsedTime(steady, steadyNow);
        (wall, steady) = (wallNow, steadyNow);
        return step;
    }
}
