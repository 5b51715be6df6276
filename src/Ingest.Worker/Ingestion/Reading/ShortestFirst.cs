using System.Threading.Tasks;

namespace Ingest.Worker.Ingestion.Reading;

/// <summary>A number of seats; of those who wait for one, the shortest work is next.</summary>
/// <param name="seats">How many there are.</param>
internal sealed class ShortestFirst(int seats)
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<TaskCompletionSource, (int Length, long Number)> waiting = new();
    private int free = seats;
    private long number;

    /// <summary>Takes a seat, when one is free.</summary>
    public async Task EnterAsync(int length, CancellationToken ct)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (free > 0)
            {
                free--;
                return;
            }

            waiting.Enqueue(entered, (length, number++));
        }

        using var gone = ct.UnsafeRegister(static (entered, ct) => ((TaskCompletionSource)entered!).TrySetCanceled(ct), entered);
        await entered.Task;
    }

    public void Leave()
    {
        lock (gate)
        {
            while (waiting.TryDequeue(out var next, out _))
            {
                if (next.TrySetResult()) return;
            }

            free++;
        }
    }
}
