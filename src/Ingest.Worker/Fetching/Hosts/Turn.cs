namespace Ingest.Worker.Fetching.Hosts;

/// <summary>A host's next turn. Times are those of the pace's own clock, which does not jump.</summary>
internal sealed class Turn
{
    private readonly Lock gate = new();
    private TimeSpan next;

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

    public bool IsForgettable(TimeSpan now, TimeSpan usualDelay)
    {
        lock (gate)
            return next < now - TimeSpan.FromMinutes(1) && Delay == usualDelay;
    }
}

/// <summary>How long a site is to be left alone. Times are those of the pace's own clock.</summary>
internal sealed class Hold
{
    // A release that was made before the pace's clock began still counts as one.
    private static readonly TimeSpan Never = TimeSpan.MinValue;

    private readonly Lock gate = new();
    private TimeSpan until, pause, toldAt = Never, releasedAt = Never;
    private string? pausedBy;
    private bool hasRelaxed;

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

    /// <summary>The pause after the last refusal; nothing once the host that refused has answered.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (gate)
                return pause;
        }
    }

    /// <summary>Holds from now on for longer than after the refusal before, unless it holds already.</summary>
    public void Refused(string host, TimeSpan now, TimeSpan first, TimeSpan longest)
    {
        lock (gate)
        {
            (pause, pausedBy, hasRelaxed) = (TimeSpan.FromTicks(Math.Clamp(Math.Min(pause.Ticks, longest.Ticks) * 2, first.Ticks, longest.Ticks)), host, false);
            if (until <= now)
                (until, toldAt) = (now + pause, now);
        }
    }

    /// <summary>Takes up a pause that was kept elsewhere; whose refusals made it is not known.</summary>
    public void Resume(TimeSpan kept)
    {
        lock (gate)
        {
            if (kept > pause)
                (pause, pausedBy) = (kept, null);
        }
    }

    /// <summary>A host answers: its next refusal is its first. One that answers says nothing of another that did not.</summary>
    public void Answered(string host)
    {
        lock (gate)
        {
            if (pause > TimeSpan.Zero && (pausedBy ?? host).Equals(host, StringComparison.OrdinalIgnoreCase))
                (pause, hasRelaxed) = (TimeSpan.Zero, true);
        }
    }

    /// <summary>Whether a pause ended since this was last asked.</summary>
    public bool TakeRelief()
    {
        lock (gate)
        {
            var had = hasRelaxed;
            hasRelaxed = false;
            return had;
        }
    }

    public void Release(TimeSpan at)
    {
        lock (gate)
        {
            if (toldAt <= at)
                (until, pause) = (TimeSpan.Zero, TimeSpan.Zero);
            releasedAt = at;
        }
    }

    public bool IsForgettable(TimeSpan now)
    {
        lock (gate)
            return until < now - TimeSpan.FromMinutes(1) && pause == TimeSpan.Zero && releasedAt < now - TimeSpan.FromDays(1);
    }
}
