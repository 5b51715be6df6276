using System.Collections.Concurrent;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>Which hosts behaved when they were last asked: answered promptly, and sent what was quickly read. Of others nothing good is supposed.</summary>
internal sealed class HostRecords
{
    private readonly Known prompt = new(), light = new();

    public bool IsPrompt(string host) => prompt.Has(host);

    public bool IsLight(string host) => light.Has(host);

    /// <summary>Keeps whether the host's answer was there soon.</summary>
    public void Answered(string host, bool promptly) => prompt.Set(host, promptly);

    /// <summary>Keeps whether what it sent was read soon.</summary>
    public void Read(string host, bool soon) => light.Set(host, soon);

    private sealed class Known
    {
        // Names are cheap to make; those of the real world are known again after one answer.
        private const int Most = 200_000;

        private readonly ConcurrentDictionary<string, bool> hosts = new(StringComparer.OrdinalIgnoreCase);
        private int count;

        public bool Has(string host) => hosts.ContainsKey(host);

        public void Set(string host, bool good)
        {
            if (!good)
            {
                if (hosts.TryRemove(host, out _)) Interlocked.Decrement(ref count);
            }
            else if (hosts.TryAdd(host, true) && Interlocked.Increment(ref count) > Most)
            {
                hosts.Clear();
                Volatile.Write(ref count, 0);
            }
        }
    }
}
