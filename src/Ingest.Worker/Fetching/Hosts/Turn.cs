namespace Ingest.Worker.Fetching.Hosts;

/// <summary>A host's next turn.</summary>
internal sealed class Turn
{
    private readonly Lock gate = new();
    private TimeSpan pause;
    private DateTimeOffset next;
    private WallClock clock;

    public TimeSpan Delay { get; set; }

    public DateTimeOffset Next
    {
        get
        {
            lock (gate)
                return next;
        }
    }

    public bool Take(DateTimeOffset now, DateTimeOffset held, TimeSpan longestWait, out DateTimeOffset start)
    {
        lock (gate)
        {
            clock.See(now, ref next);
            start = next > held ? next : held;
            start = start > now ? start : now;
            if (start - now > longestWait)
                return false;
            next = start + Delay;
            return true;
        }
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

    public bool IsForgettable(DateTimeOffset now, TimeSpan usualDelay)
    {
        lock (gate)
            return next < now - TimeSpan.FromMinutes(1) && pause == TimeSpan.Zero && Delay == usualDelay;
    }
}

/// <summary>How long a site is to be left alone.</summary>
internal sealed class Hold
{
    private readonly Lock gate = new();
    private DateTimeOffset until, toldAt, releasedAt;
    private WallClock clock;

    public DateTimeOffset Until
    {
        get
        {
            lock (gate)
                return until;
        }
    }

    public DateTimeOffset ReleasedAt
    {
        get
        {
            lock (gate)
                return releasedAt;
        }
    }

    public DateTimeOffset UntilAt(DateTimeOffset now)
    {
        lock (gate)
        {
            clock.See(now, ref until);
            return until;
        }
    }

    public void HoldUntil(DateTimeOffset now, DateTimeOffset notBefore)
    {
        lock (gate)
        {
            clock.See(now, ref until);
            if (notBefore > until)
                (until, toldAt) = (notBefore, now);
        }
    }

    /// <summary>Holds for a while from now, unless it holds already.</summary>
    public void PauseFor(DateTimeOffset now, TimeSpan pause)
    {
        lock (gate)
        {
            clock.See(now, ref until);
            if (until <= now)
                (until, toldAt) = (now + pause, now);
        }
    }

    public void Release(DateTimeOffset at)
    {
        lock (gate)
        {
            if (toldAt <= at)
                until = DateTimeOffset.MinValue;
            releasedAt = at;
        }
    }

    public bool IsForgettable(DateTimeOffset now)
    {
        lock (gate)
            return until < now - TimeSpan.FromMinutes(1) && releasedAt < now - TimeSpan.FromDays(1);
    }
}

/// <summary>The clock as it was last seen: when it is put back, what was to be waited for is still as far away as it was.</summary>
internal struct WallClock
{
    // A clock that goes back by more than this was put right.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    private DateTimeOffset seen;

    public void See(DateTimeOffset now, ref DateTimeOffset awaited)
    {
        if (seen - now > Tolerance && awaited > now)
            awaited -= seen - now;
        seen = now;
    }
}
