using System.Collections.Concurrent;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>Which hosts behaved when they were last asked: answered promptly, and sent what took little work. Of others nothing good is supposed.</summary>
internal sealed class HostRecords
{
    // Of the last works on what a host sent, reading and what follows it: one that took long is not forgotten for a short one.
    private const byte LightAfter = 3;

    private readonly Known prompt = new(1), light = new(LightAfter);

    public bool IsPrompt(string host) => prompt.Has(host);

    public bool IsLight(string host) => light.Has(host);

    /// <summary>Both: it is surely soon done with.</summary>
    public bool IsProven(string host) => IsPrompt(host) && IsLight(host);

    /// <summary>Keeps whether the host's answer was there soon.</summary>
    public void Answered(string host, bool promptly) => prompt.Add(host, promptly);

    /// <summary>Keeps whether work on what it sent took little.</summary>
    public void Worked(string host, bool little) => light.Add(host, little);

    /// <summary>Hosts, and how many times each was good since it was not.</summary>
    private sealed class Known(byte enough)
    {
        // Names are cheap to make; those of the real world are known again soon.
        private const int Most = 200_000;

        private readonly ConcurrentDictionary<string, byte> hosts = new(StringComparer.OrdinalIgnoreCase);
        private int count;

        public bool Has(string host) => hosts.TryGetValue(host, out var times) && times >= enough;

        public void Add(string host, bool good)
        {
            if (!good)
            {
                if (hosts.TryRemove(host, out _)) Interlocked.Decrement(ref count);
                return;
            }

            if (hosts.TryAdd(host, 1))
            {
                if (Interlocked.Increment(ref count) <= Most) return;
                hosts.Clear();
                Volatile.Write(ref count, 0);
                return;
            }

            if (hosts.TryGetValue(host, out var times) && times < enough) hosts.TryUpdate(host, (byte)(times + 1), times);
        }
    }
}
