using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Tasks;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Ingestion.Visits;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Ingestion;

/// <summary>
/// Visits many sources and pages: hosts side by side, each host one visit after the other. A visit that ends in an unexpected error is
/// recorded and logged, and the others go on.
/// </summary>
internal sealed partial class VisitRounds(
    SourceVisit sourceVisit, PageVisit pageVisit, HostMemory memory, WriteGate gate, UnsavedVisits unsaved, HostPipelines pipelines, HostRecords records,
    HostThrottle pace, IOptions<FetchingOptions> fetching, TimeProvider time, ILogger<VisitRounds> log)
{
    // Most of them wait for the web, which costs some kilobytes each; what is dear is bounded where it is done.
    private const int WaitingPerVisit = 64;
    private long ended;
    private const string NotVisited = "not visited: what it brings could not be saved";

    /// <summary>How many visits of rounds have ended so far.</summary>
    public long Ended => Interlocked.Read(ref ended);

    /// <summary>Visits sources.</summary>
    /// <param name="sources">What is visited; the first of each host first.</param>
    /// <param name="concurrency">Visits at work side by side.</param>
    /// <param name="stopping">Once cancelled, no further visit begins; those under way go on.</param>
    /// <param name="ct">Ends visits under way.</param>
    public async Task<IReadOnlyList<VisitReport>> VisitAsync(IReadOnlyList<Source> sources, int concurrency, CancellationToken stopping, CancellationToken ct)
    {
        var reports = new ConcurrentQueue<VisitReport>();
        await RoundAsync(
            sources, static source => source.Url, concurrency, stopping, async (source, pass, ct) => reports.Enqueue(await VisitAsync(source, pass, ct)), ct);
        return [.. reports];
    }

    /// <summary>Visits pages; see how sources are visited.</summary>
    public async Task<IReadOnlyList<PageReport>> VisitPagesAsync(
        IReadOnlyList<DuePage> pages, int concurrency, CancellationToken stopping, CancellationToken ct)
    {
        var reports = new ConcurrentQueue<PageReport>();
        await RoundAsync(
            pages, static page => page.Url, concurrency, stopping, async (page, pass, ct) => reports.Enqueue(await VisitAsync(page, pass, ct)), ct);
        return [.. reports];
    }

    private async Task RoundAsync<T>(
        IReadOnlyList<T> items, Func<T, Uri> url, int concurrency, CancellationToken stopping, Func<T, WritePass?, CancellationToken, Task> visit,
        CancellationToken ct)
    {
        await HoldBackAsync(items.Select(url), ct);
        try
        {
            await ByHostAsync(items, url, concurrency, stopping, async (item, ct) =>
            {
                await visit(item, await gate.EnterAsync(ct), ct);
                Interlocked.Increment(ref ended);
            }, ct);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Visits that had no time left when all was to stop cost those before them nothing: these are told.
        }
    }

    /// <summary>Whether visits may begin: what they bring can be saved.</summary>
    public bool MayPick => gate.MayPick;

    /// <summary>Those of the due sources that are not left alone because their last visit could not be saved.</summary>
    public IReadOnlyList<Source> Ready(IReadOnlyList<Source> due) => [.. due.Where(source => !unsaved.IsLeftAlone(source.Url))];

    /// <summary>The same of pages.</summary>
    public IReadOnlyList<DuePage> Ready(IReadOnlyList<DuePage> due) => [.. due.Where(page => !unsaved.IsLeftAlone(page.Url))];

    /// <summary>Visits items host by host: hosts side by side, the items of one host one after the other.</summary>
    public static async Task ByHostAsync<T>(
        IReadOnlyList<T> items, Func<T, Uri> url, int concurrency, CancellationToken stopping, Func<T, CancellationToken, Task> visit, CancellationToken ct)
    {
        // A host with much to do begins early, or it would be the last alone.
        var hosts = items.GroupBy(item => url(item).IdnHost, StringComparer.OrdinalIgnoreCase).OrderByDescending(static host => host.Count());
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency * WaitingPerVisit, CancellationToken = ct };
        await Parallel.ForEachAsync(hosts, options, async (host, ct) =>
        {
            foreach (var item in host)
            {
                if (stopping.IsCancellationRequested) return;
                await visit(item, ct);
            }
        });
    }

    /// <summary>Tells the hosts' pace what another worker, or this one before a restart, was told by their sites, and what was released by hand.</summary>
    public Task HoldBackAsync(IEnumerable<Uri> urls, CancellationToken ct) => memory.RecallAsync(urls, ct);

    /// <summary>
    /// How long to wait before the host of a URL may be asked; nothing when it is so long that the visit is better put off, which visiting does.
    /// </summary>
    public TimeSpan WaitFor(Uri url)
    {
        var wait = pace.NextTurn(url) - time.GetUtcNow();
        return wait > TimeSpan.Zero && wait <= fetching.Value.MaxHostWait ? wait : TimeSpan.Zero;
    }

    /// <summary>Whether the host of a URL was lately soon done with.</summary>
    public bool IsProven(Uri url) => records.IsProven(WebUrl.HostKey(url));

    /// <summary>Gives up visits that have asked nobody yet, with an <see cref="OperationCanceledException"/>; their rows stay due.</summary>
    public void BeginNoMore() => pipelines.BeginNoMore();

    /// <summary>Visits one source, unless it could not be saved; an unexpected error is recorded and logged.</summary>
    public Task<VisitReport> VisitAsync(Source source, CancellationToken ct) => VisitAsync(source, gate.Enter(), ct);

    /// <summary>Visits one page, unless it could not be saved; an unexpected error is recorded and logged.</summary>
    public Task<PageReport> VisitAsync(DuePage page, CancellationToken ct) => VisitAsync(page, gate.Enter(), ct);

    private Task<VisitReport> VisitAsync(Source source, WritePass? pass, CancellationToken ct) => VisitAsync(
        source.Url,
        pass,
        pass => sourceVisit.RunAsync(source, pass, ct),
        error => LogSourceFailed(log, error, source.Name, source.Url),
        error => sourceVisit.SaveUnexpectedAsync(source, error, ct),
        failure => new VisitReport(source, 0, failure, false, default, TimeSpan.Zero),
        ct);

    private Task<PageReport> VisitAsync(DuePage page, WritePass? pass, CancellationToken ct) => VisitAsync(
        page.Url,
        pass,
        pass => pageVisit.RunAsync(page, pass, ct),
        error => LogPageFailed(log, error, page.Url),
        error => pageVisit.SaveUnexpectedAsync(page, error, ct),
        failure => new PageReport(page.SourceId, failure),
        ct);

    private async Task<T> VisitAsync<T>(
        Uri url, WritePass? pass, Func<WritePass, Task<T>> run, Action<Exception> tell, Func<Exception, Task> save, Func<string, T> failed,
        CancellationToken ct)
    {
        if (pass is null) return failed(NotVisited);
        try
        {
            var report = await run(pass);
            unsaved.Remove(url);
            return report;
        }
        catch (OperationCanceledException) when (gate.IsGivenUp && !ct.IsCancellationRequested)
        {
            return failed(NotVisited);
        }
        catch (Exception error) when (!ct.IsCancellationRequested && !IsNotBegun(error))
        {
            tell(error);
            await RecordAsync(url, error, () => save(error));
            return failed($"{error.GetType().Name}: {error.Message}");
        }
    }

    private bool IsNotBegun(Exception error) => pipelines.IsClosing && error is OperationCanceledException;

    // When the database is what failed, that is no failure of the source, and cannot be recorded: the row stays due, and is visited again after a while.
    private async Task RecordAsync(Uri url, Exception visit, Func<Task> save)
    {
        if (visit is DbException { IsTransient: true } || RefusalScopes.Of(visit) != RefusalScope.None)
        {
            LogNotRecorded(log, url, visit.Message);
            unsaved.Add(url);
            return;
        }

        try
        {
            await save();
            unsaved.Remove(url);
        }
        catch (DbException error)
        {
            LogNotRecorded(log, url, error.Message);
            unsaved.Add(url);
            gate.NoteUnrecorded(error);
        }
    }

    [LoggerMessage(603, LogLevel.Error, "The visit of {Source} ({Url}) ended unexpectedly")]
    private static partial void LogSourceFailed(ILogger logger, Exception error, string source, Uri url);

    [LoggerMessage(604, LogLevel.Error, "The visit of the page {Url} ended unexpectedly")]
    private static partial void LogPageFailed(ILogger logger, Exception error, Uri url);

    [LoggerMessage(605, LogLevel.Error, "The failed visit of {Url} could not be recorded: {Error}")]
    private static partial void LogNotRecorded(ILogger logger, Uri url, string error);
}
