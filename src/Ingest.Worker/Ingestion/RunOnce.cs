using System.Threading.Tasks;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;

namespace Ingest.Worker.Ingestion;

/// <summary>What a run over all sources came to.</summary>
internal sealed record RunSummary(IReadOnlyList<VisitReport> Visits, IReadOnlyList<PageReport> Pages);

/// <summary>Visits every active source now, those found on the way included, and then their pages until none is due.</summary>
internal sealed class RunOnce(SourceStore sources, PageQueue queue, VisitRounds rounds, TimeProvider time)
{
    private const int PagesAtATime = 5_000;

    private static readonly short[] AllSlots = HostSlot.OfPartition(0, 1);

    /// <summary>Runs to the end, or until it is to stop.</summary>
    /// <param name="names">Sources to visit; none means all.</param>
    /// <param name="concurrency">Hosts visited side by side.</param>
    /// <param name="stopping">Once cancelled, no further visit begins; those under way go on.</param>
    /// <param name="ct">Ends visits under way; what was saved by then stays saved, and is told.</param>
    public async Task<RunSummary> RunAsync(IReadOnlyList<string> names, int concurrency, CancellationToken stopping, CancellationToken ct)
    {
        var visits = new Dictionary<int, VisitReport>();
        while (!stopping.IsCancellationRequested && await LeftAsync(names, visits, ct) is { Count: > 0 } left)
        {
            foreach (var report in await rounds.VisitAsync(left, concurrency, stopping, ct)) visits[report.Source.Id] = report;
        }

        var pages = new List<PageReport>();
        while (!stopping.IsCancellationRequested && await queue.LoadDueAsync(new DueQuery(AllSlots, time.GetUtcNow(), PagesAtATime), ct) is { Count: > 0 } due)
            pages.AddRange(await rounds.VisitPagesAsync(due, concurrency, stopping, ct));
        return new RunSummary([.. visits.Values.OrderBy(static visit => visit.Source.Name, StringComparer.Ordinal)], pages);
    }

    private async Task<IReadOnlyList<Source>> LeftAsync(IReadOnlyList<string> names, Dictionary<int, VisitReport> visited, CancellationToken ct)
    {
        var active = await sources.LoadActiveAsync(names, ct);
        return [.. active.Where(source => !visited.ContainsKey(source.Id))];
    }
}
