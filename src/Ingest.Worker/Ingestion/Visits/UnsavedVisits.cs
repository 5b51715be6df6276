using System.Collections.Concurrent;

namespace Ingest.Worker.Ingestion.Visits;

/// <summary>
/// Sources and pages whose visits could not be saved, nor that they had failed. Their rows are still due, so that memory alone keeps them from being asked
/// again at every turn: they are left alone for twice as long each time.
/// </summary>
internal sealed class UnsavedVisits(TimeProvider time)
{
    private const int SweepAbove = 10_000;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Uri, Wait> waits = new();

    public bool IsLeftAlone(Uri url) => waits.TryGetValue(url, out var wait) && time.GetElapsedTime(wait.Since) < wait.Length;

    public void Add(Uri url)
    {
        if (waits.Count >= SweepAbove)
        {
            foreach (var (old, wait) in waits.Where(wait => time.GetElapsedTime(wait.Value.Since) > Longest)) waits.TryRemove(new(old, wait));
        }

        waits.AddOrUpdate(
            url, _ => new Wait(time.GetTimestamp(), First), (_, wait) => new Wait(time.GetTimestamp(), wait.Length * 2 < Longest ? wait.Length * 2 : Longest));
    }

    public void Remove(Uri url) => waits.TryRemove(url, out _);

    private sealed record Wait(long Since, TimeSpan Length);
}
