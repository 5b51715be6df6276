namespace Ingest.Worker.Fetching.Hosts;

/// <summary>A host's next turn. Times are those of the pace's own clock, which does not jump.</summary>
internal sealed class Turn
{
    private readonly Lock gate = new();
    private TimeSpan pause, next;

    public TimeSpan Delay { get; set; }

    public TimeSpan Next
    {
        get
        {
            lock (gate)
                return next;
        }
    }

    public bool Take(TimeSpan now, TimeSpan held, TimeSpan longestWait, out TimeSpan start)
    {
        lock (gate)
        {
            start = next > held ? next : held;
            start = start > now ? start : now;
            if (start - now > longestWait)
                return false;
            next = start + Delay;
            return true;
        }
    }

    /// <summary>A request leaves now.</summary>
    public void Begin(TimeSpan now)
    {
        lock (gate)
            next = next > now + Delay ? next : now + Delay;
    }

    /// <summary>How long the host is to be left alone after it pushed back again.</summary>
    public TimeSpan Pause(TimeSpan first, TimeSpan longest)
    {
        lock (gate)
            return pause = TimeSpan.FromTicks(Math.Clamp(pause.Ticks * 2, first.Ticks, longest.Ticks));
    }

    public void Relax()
    {
        lock (gate)
            pause = TimeSpan.Zero;
    }

    public bool IsForgettable(TimeSpan now, TimeSpan usualDelay)
    {
        lock (gate)
            return next < now - TimeSpan.FromMinutes(1) && pause == TimeSpan.Zero && Delay == usualDelay;
    }
}

/// <summary>How long a site is to be left alone. Times are those of the pace's own clock.</summary>
internal sealed class Hold
{
    // A release that was made before the pace's clock began still counts as one.
    private static readonly TimeSpan Never = TimeSpan.MinValue;

    private readonly Lock gate = new();
    private TimeSpan until, toldAt = Never, releasedAt = Never;

    public TimeSpan Until
    {
        get
        {
            lock (gate)
                return until;
        }
    }

    /// <summary>When it was last released by hand; null for never.</summary>
    public TimeSpan? ReleasedAt
    {
        get
        {
            lock (gate)
                return releasedAt == Never ? null : releasedAt;
        }
    }

    public void HoldUntil(TimeSpan now, TimeSpan notBefore)
    {
        lock (gate)
        {
            if (notBefore > until)
                (until, toldAt) = (notBefore, now);
        }
    }

    /// <summary>Holds for a while from now, unless it holds already.</summary>
    public void PauseFor(TimeSpan now, TimeSpan pause)
    {
        lock (gate)
        {
            if (until <= now)
                (until, toldAt) = (now + pause, now);
        }
    }

    public void Release(TimeSpan at)
    {
        lock (gate)
        {
            if (toldAt <= at)
                until = TimeSpan.Zero;
            releasedAt = at;
        }
    }

    public bool IsForgettable(TimeSpan now)
    {
        lock (gate)
            return until < now - TimeSpan.FromMinutes(1) && releasedAt < now - TimeSpan.FromDays(1);
    }
}
