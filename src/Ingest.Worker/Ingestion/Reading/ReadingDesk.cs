using System.Threading.Tasks;
using Ingest.Feeds;
using Ingest.Pages;
using Ingest.Text.Limits;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Fetching.Memory;

namespace Ingest.Worker.Ingestion.Reading;

/// <summary>
/// Where documents are read and articles made of them: as many at a time as there are processors, and beside these as many of hosts whose last document took
/// little, so that long readings delay only each other. A large document first takes the memory that its tree may need.
/// </summary>
internal sealed class ReadingDesk
{
    private const int LightBytes = 1 << 20, UsualBytes = 512 << 10;

    private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(250);

    private readonly ShortestFirst light = new(Environment.ProcessorCount), others = new(Environment.ProcessorCount);
    private readonly HostRecords records;
    private readonly MemoryTrim trim;
    private readonly ReadingTime time;
    private readonly ReadingMetrics metrics;

    public ReadingDesk(HostRecords records, MemoryTrim trim, ReadingTime time, ReadingMetrics metrics)
    {
        (this.records, this.trim, this.time, this.metrics) = (records, trim, time, metrics);

        // Reading holds threads of the pool; timers, sockets and commits need some beside them.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, (2 * Environment.ProcessorCount) + 4), completions);
    }

    /// <summary>Notes that a document needs no reading, because it is the known one.</summary>
    public void Pass(Uri url) => records.Worked(WebUrl.HostKey(url), little: true);

    /// <summary>Reads a feed.</summary>
    /// <param name="fetched">What answered.</param>
    /// <param name="memory">What it is held in.</param>
    /// <param name="ct">Gives up.</param>
    public Task<FeedReading> ReadFeedAsync(FetchResult.Fetched fetched, MemoryShare memory, CancellationToken ct) =>
        ReadAsync(
            fetched,
            ReadingNeeds.OfFeed,
            memory,
            () => Timed("feed", () => FeedReader.Read(fetched.Body, fetched.Charset, fetched.FinalUrl, time.Limit(ct))),
            ct);

    /// <summary>Reads a page.</summary>
    /// <param name="fetched">What answered.</param>
    /// <param name="latest">The last day that has begun anywhere.</param>
    /// <param name="memory">What it is held in.</param>
    /// <param name="ct">Gives up.</param>
    public Task<ArticlePage> ReadPageAsync(FetchResult.Fetched fetched, DateOnly latest, MemoryShare memory, CancellationToken ct) =>
        ReadAsync(
            fetched,
            ReadingNeeds.OfPage,
            memory,
            () => Timed("page", () => PageReader.Read(fetched.Body, fetched.Charset, fetched.FinalUrl, time.Limit(ct), latest: latest)),
            ct);

    private async Task<T> ReadAsync<T>(FetchResult.Fetched fetched, ReadingNeeds needs, MemoryShare memory, Func<T> read, CancellationToken ct)
    {
        var bytes = fetched.Body.Length;
        if (bytes <= MemoryBudget.Small) return await WorkAsync(fetched, read, ct);
        var whole = needs.Of(bytes);
        await memory.TakeAsync(whole, ct);
        try
        {
            return await WorkAsync(
                fetched,
                () =>
                {
                    trim.MakeRoom(whole);
                    return read();
                },
                ct);
        }
        finally
        {
            memory.GiveBack(whole - ReadingNeeds.Afterwards(bytes));
            memory.PassOn();
        }
    }

    /// <summary>Works on what a document brought, the shortest document first.</summary>
    /// <param name="fetched">What answered.</param>
    /// <param name="work">What is to be done.</param>
    /// <param name="ct">Gives up waiting.</param>
    public async Task<T> WorkAsync<T>(FetchResult.Fetched fetched, Func<T> work, CancellationToken ct)
    {
        var (host, bytes) = (WebUrl.HostKey(fetched.FinalUrl), fetched.Body.Length);
        var desk = bytes <= LightBytes && records.IsLight(host) ? light : others;
        await desk.EnterAsync(bytes, ct);
        try
        {
            // What a large one rents of the runtime's pool of arrays stays with the thread, until that ends.
            return bytes <= UsualBytes
                ? Measured()
                : await Task.Factory.StartNew(Measured, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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

    private T Timed<T>(string kind, Func<T> read)
    {
        var start = Spent();
        var made = read();
        if (ThreadTime.IsKnown) metrics.Read(kind, Spent() - start);
        return made;
    }

    // What the wall's clock says on a machine under load is not the document's doing, nor is a collection of garbage that it happened to bring
    // about. Where the system tells no other time, all are taken for light.
    private static TimeSpan Spent() => ThreadTime.IsKnown ? ThreadTime.Spent() - GC.GetTotalPauseDuration() : TimeSpan.Zero;
}
