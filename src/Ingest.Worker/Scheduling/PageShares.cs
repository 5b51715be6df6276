namespace Ingest.Worker.Scheduling;

/// <summary>How many pages of each source a worker has taken on, so that none takes the room of the others, whatever number of hosts it leads to.</summary>
/// <param name="each">The share of a source.</param>
internal sealed class PageShares(int each)
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, int> taken = [];

    /// <summary>The sources whose share is used up.</summary>
    public IReadOnlyCollection<int> Spent()
    {
        lock (gate) return [.. taken.Where(source => source.Value >= each).Select(static source => source.Key)];
    }

    /// <summary>Takes on a page, if the share allows it.</summary>
    public bool TryTake(int source)
    {
        lock (gate)
        {
            var count = taken.GetValueOrDefault(source);
            if (count >= each) return false;
            taken[source] = count + 1;
            return true;
        }
    }

    public void GiveBack(int source)
    {
        lock (gate)
        {
            if (taken[source] == 1) taken.Remove(source);
            else taken[source]--;
        }
    }
}
