namespace Ingest.Worker.Scheduling.Cluster;

/// <summary>The turns that this worker is running, so that those it lost can be ended.</summary>
internal sealed class RunningTurns(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, Turn> turns = [];

    /// <summary>Remembers a turn until what is returned is disposed, which has to be before <paramref name="end"/> is.</summary>
    /// <param name="id">The fire instance id.</param>
    /// <param name="partition">Whose turn it is.</param>
    /// <param name="end">Ends it.</param>
    /// <returns>Null when this worker is still at another turn of the partition, which the schedule holds for lost.</returns>
    public IDisposable? TryAdd(string id, int partition, CancellationTokenSource end)
    {
        lock (gate) return turns.TryAdd(partition, new Turn(id, time.GetTimestamp(), end)) ? new Entry(this, partition) : null;
    }

    /// <summary>Ends the turns that had begun by a time and are not among those that the schedule knows.</summary>
    /// <returns>How many.</returns>
    public int EndAllBut(IReadOnlySet<string> known, long begunBy)
    {
        // Within the lock, so that none of them is gone by itself, and its source disposed, before it is ended.
        lock (gate)
        {
            var lost = turns.Values.Where(turn => turn.Begun < begunBy && !known.Contains(turn.Id) && !turn.End.IsCancellationRequested).ToList();
            foreach (var turn in lost) turn.End.Cancel();
            return lost.Count;
        }
    }

    private sealed record Turn(string Id, long Begun, CancellationTokenSource End);

    private sealed class Entry(RunningTurns owner, int partition) : IDisposable
    {
        public void Dispose()
        {
            lock (owner.gate) owner.turns.Remove(partition);
        }
    }
}
