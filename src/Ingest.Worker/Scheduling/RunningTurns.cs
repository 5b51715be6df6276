using System.Collections.Concurrent;

namespace Ingest.Worker.Scheduling;

/// <summary>The turns that this worker is running, so that those it lost can be ended.</summary>
internal sealed class RunningTurns(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Turn> turns = new(StringComparer.Ordinal);

    /// <summary>Remembers a turn until what is returned is disposed.</summary>
    /// <param name="id">The fire instance id.</param>
    /// <param name="end">Ends it.</param>
    public IDisposable Add(string id, CancellationTokenSource end)
    {
        turns[id] = new Turn(time.GetTimestamp(), end);
        return new Entry(this, id);
    }

    /// <summary>Ends the turns that had begun by a time and are not among those that the schedule knows.</summary>
    /// <returns>How many.</returns>
    public int EndAllBut(IReadOnlySet<string> known, long begunBy)
    {
        var lost = turns.Where(turn => turn.Value.Begun < begunBy && !known.Contains(turn.Key)).ToList();
        foreach (var (id, turn) in lost)
        {
            if (turns.TryRemove(id, out _)) turn.End.Cancel();
        }

        return lost.Count;
    }

    private sealed record Turn(long Begun, CancellationTokenSource End);

    private sealed class Entry(RunningTurns owner, string id) : IDisposable
    {
        public void Dispose() => owner.turns.TryRemove(id, out _);
    }
}
