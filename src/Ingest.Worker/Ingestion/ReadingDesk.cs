using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Fetching.Memory;

namespace Ingest.Worker.Ingestion;

/// <summary>
/// Where documents are read: as many at a time as there are processors, and beside these as many of hosts whose last document was quickly read, so that long readings
/// delay only each other. A large one first takes the memory that its tree may need.
/// </summary>
internal sealed class ReadingDesk : IDisposable
{
    /// <summary>Bytes that reading a page takes for one of its own, tree, texts and garbage: so measured with the most hostile of 400 documents, most take a third.</summary>
    public const int OfPage = 32;

    /// <summary>The same for a feed.</summary>
    public const int OfFeed = 12;

    // What is left until it is saved: entries and their texts.
    private const int Afterwards = 4;

    private const int LightBytes = 1 << 20;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim light = new(Environment.ProcessorCount), others = new(Environment.ProcessorCount);
    private readonly HostRecords records;
    private readonly TimeProvider time;

    public ReadingDesk(HostRecords records, TimeProvider time)
    {
        (this.records, this.time) = (records, time);

        // Reading holds threads of the pool; timers, sockets and commits need some beside them.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, (2 * Environment.ProcessorCount) + 4), completions);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="url">The URL that answered.</param>
    /// <param name="bytes">The document's size.</param>
    /// <param name="needs">How much memory reading it takes for each of its bytes.</param>
    /// <param name="memory">What it is held in.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="ct">Gives up waiting.</param>
    public async Task<T> ReadAsync<T>(Uri url, int bytes, int needs, MemoryShare memory, Func<T> read, CancellationToken ct)
    {
        var host = WebUrl.HostKey(url);
        var isLight = bytes <= LightBytes && records.IsLight(host);
        var isSmall = bytes <= MemoryBudget.Small;
        if (!isSmall) await memory.TakeAsync((long)bytes * needs, ct);
        var desk = isLight ? light : others;
        await desk.WaitAsync(ct);
        try
        {
            var start = time.GetTimestamp();
            var document = read();
            records.Read(host, soon: time.GetElapsedTime(start) < Soon);
            return document;
        }
        finally
        {
            desk.Release();
            if (!isSmall) memory.GiveBack((long)bytes * (needs - Afterwards));
        }
    }

    public void Dispose()
    {
        light.Dispose();
        others.Dispose();
    }
}
