using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Fetching.Memory;

namespace Ingest.Worker.Ingestion;

/// <summary>
/// Where documents are read and articles made of them: as many at a time as there are processors, and beside these as many of hosts whose last document took little,
/// so that long readings delay only each other. A large document first takes the memory that its tree may need.
/// </summary>
internal sealed class ReadingDesk
{
    /// <summary>Bytes that reading a page takes for one of its own, tree, texts and garbage: so measured with the most hostile of 400 documents, most take a third.</summary>
    public const int OfPage = 32;

    /// <summary>The same for a feed.</summary>
    public const int OfFeed = 12;

    // What is left until it is saved: entries and their texts.
    private const int Afterwards = 4;

    private const int LightBytes = 1 << 20;

    private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(250);

    private readonly ShortestFirst light = new(Environment.ProcessorCount), others = new(Environment.ProcessorCount);
    private readonly HostRecords records;

    public ReadingDesk(HostRecords records)
    {
        this.records = records;

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
        if (bytes <= MemoryBudget.Small) return await WorkAsync(url, bytes, read, ct);
        await memory.TakeAsync((long)bytes * needs, ct);
        try
        {
            return await WorkAsync(url, bytes, read, ct);
        }
        finally
        {
            memory.GiveBack((long)bytes * (needs - Afterwards));
        }
    }

    /// <summary>Works on what a document brought.</summary>
    /// <param name="url">The URL that answered.</param>
    /// <param name="bytes">The document's size: the shortest are first.</param>
    /// <param name="work">What is to be done.</param>
    /// <param name="ct">Gives up waiting.</param>
    public async Task<T> WorkAsync<T>(Uri url, int bytes, Func<T> work, CancellationToken ct)
    {
        var host = WebUrl.HostKey(url);
        var desk = bytes <= LightBytes && records.IsLight(host) ? light : others;
        await desk.EnterAsync(bytes, ct);
        try
        {
            // What a large one rents of the runtime's pool of arrays stays with the thread, until that ends.
            return bytes <= MemoryBudget.Small ? Measured() : await Task.Factory.StartNew(Measured, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            desk.Leave();
        }

        T Measured()
        {
            var start = Spent();
            var made = work();
            records.Worked(host, Spent() - start <= Little);
            return made;
        }
    }

    // What the wall's clock says on a machine under load is not the document's doing, nor is a collection of garbage that it happened to bring
    // about. Where the system tells no other time, all are taken for light.
    private static TimeSpan Spent() => ThreadTime.IsKnown ? ThreadTime.Spent() - GC.GetTotalPauseDuration() : TimeSpan.Zero;
}
