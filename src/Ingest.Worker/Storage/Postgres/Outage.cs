namespace Ingest.Worker.Storage.Postgres;

/// <summary>Since when the database cannot be reached. Who tells of it and who keeps quiet about what follows from it share this one.</summary>
internal sealed class Outage(TimeProvider time)
{
    private readonly Lock gate = new();
    private long? since;
    private bool hasAnswered;

    /// <summary>How long it has lasted; null while the database answers.</summary>
    public TimeSpan? Length
    {
        get
        {
            lock (gate) return since is { } began ? time.GetElapsedTime(began) : null;
        }
    }

    /// <summary>Notes that it cannot be reached.</summary>
    /// <returns>True for the first to notice, once it has answered at all: that it is not there at the start, whoever starts tells.</returns>
    public bool Begin()
    {
        lock (gate)
        {
            if (since is not null) return false;
            since = time.GetTimestamp();
            return hasAnswered;
        }
    }

    /// <summary>Notes that it answers.</summary>
    /// <returns>How long it was away, for the first to notice; else null.</returns>
    public TimeSpan? End()
    {
        lock (gate)
        {
            var lasted = since is { } began ? time.GetElapsedTime(began) : (TimeSpan?)null;
            (since, hasAnswered) = (null, true);
            return lasted;
        }
    }
}
