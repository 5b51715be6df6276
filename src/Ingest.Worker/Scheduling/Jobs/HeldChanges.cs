using Ingest.Worker.Storage.Ledger;

namespace Ingest.Worker.Scheduling.Jobs;

/// <summary>What is to be said of changes that wait, look by look: nothing of those that wait for a moment, and the rest not at every look.</summary>
internal sealed class HeldChanges(TimeProvider time)
{
    /// <summary>As long as any honest transaction may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>From one saying to the next.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private (ulong Horizon, long Since)? held;
    private long? said;

    /// <summary>Takes in how it stands now.</summary>
    /// <returns>How long changes have been seen to wait, when it is time to say so; and whether those that were spoken of wait no more.</returns>
    public (TimeSpan? Waiting, bool IsOver) Look(ChangeBacklog backlog)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            var isOver = said is not null && (backlog.Held == 0 || backlog.Horizon != held?.Horizon);
            if (isOver) said = null;
            held = backlog.Held == 0 ? null : held is { } before && before.Horizon == backlog.Horizon ? before : (backlog.Horizon, now);
            if (held is not { } waiting || time.GetElapsedTime(waiting.Since, now) < Patience) return (null, isOver);
            if (said is { } last && time.GetElapsedTime(last, now) < Pause) return (null, isOver);
            said = now;
            return (time.GetElapsedTime(waiting.Since, now), isOver);
        }
    }
}
