namespace Ingest.Worker.Tests.Ingestion.Month;

/// <summary>A clock that runs, and jumps to where it is told.</summary>
internal sealed class JumpingClock(DateTimeOffset start) : TimeProvider
{
    private TimeSpan shift = start - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;

    public override long GetTimestamp() => (GetUtcNow() - start).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void JumpTo(DateTimeOffset time)
    {
        if (time > GetUtcNow()) shift = time - System.GetUtcNow();
    }
}
