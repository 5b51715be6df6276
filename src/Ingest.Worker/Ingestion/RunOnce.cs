using System.Threading.Tasks;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Sources;

namespace Ingest.Worker.Ingestion;

/// <summary>What a run over all sources came to.</summary>
/// <param name="Visits">Sources.</param>
/// <param name="Pages">Pages.</param>
/// <param name="Refused">Why PostgreSQL took no more writes, so that the run ended early; null when it did.</param>
internal sealed record RunSummary(IReadOnlyList<VisitReport> Visits, IReadOnlyList<PageReport> Pages, string? Refused = null);

/// <summary>Visits every active source now, those found on the way included, and then their pages until none is due.</summary>
internal sealed class RunOnce(SourceStore sources, PageQueue queue, VisitRounds rounds, OverdueRebalancer rebalancer, WriteGate gate, TimeProvider time)
{
    private const int PagesAtATime = 5_000;

    // Nobody may be there to see that it waits.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly short[] AllSlots = HostSlot.OfPartition(0, 1);

    private volatile Round? round;

    /// <summary>What is visited in the round, how many were there before it, and how many there are.</summary>
    private sealed record Round(string What, long Before, long All);

    /// <summary>How far a run is: what it visits, how many of them it has visited, and how many it knows to be there. Nothing before it visits.</summary>
    public (string? What, long Done, long All) Progress => round is { } now ? (now.What, rounds.Ended - now.Before, now.All) : default;

    /// <summary>Runs to the end, or until it is to stop.</summary>
    /// <param name="names">Sources to visit; none means all.</param>
    /// <param name="concurrency">Hosts visited side by side.</param>
    /// <param name="stopping">Once cancelled, no further visit begins; those under way go on.</param>
    /// <param name="ct">Ends visits under way; what was saved by then stays saved, and is told.</param>
    public async Task<RunSummary> RunAsync(IReadOnlyList<string> names, int concurrency, CancellationToken stopping, CancellationToken ct)
    {
        gate.WaitNoLongerThan(Patience);
        await rebalancer.PullBackAsync(AllSlots, ct);
        var visits = new Dictionary<int, VisitReport>();
        while (!stopping.IsCancellationRequested && await LeftAsync(names, visits, ct) is { Count: > 0 } left)
        {
            Enter("sources", left.Count);
            foreach (var report in await rounds.VisitAsync(left, concurrency, stopping, ct)) visits[report.Source.Id] = report;
        }

        var pages = new List<PageReport>();
        while (!stopping.IsCancellationRequested && !gate.IsGivenUp
            && rounds.Ready(await queue.LoadDueAsync(new DueQuery(AllSlots, time.GetUtcNow(), PagesAtATime), ct)) is { Count: > 0 } due)
        {
            Enter("pages", due.Count);
            pages.AddRange(await rounds.VisitPagesAsync(due, concurrency, stopping, ct));
        }

        return new RunSummary(
            [.. visits.Values.OrderBy(static visit => visit.Source.Name, StringComparer.Ordinal)], pages, gate.IsGivenUp ? gate.Refused?.Reason : null);
    }

    private void Enter(string what, int count) =>
        round = round is { } before && before.What == what ? before with { All = before.All + count } : new Round(what, rounds.Ended, count);

    private async Task<IReadOnlyList<Source>> LeftAsync(IReadOnlyList<string> names, Dictionary<int, VisitReport> visited, CancellationToken ct)
    {
        var active = await sources.LoadActiveAsync(names, ct);
        return [.. active.Where(source => !visited.ContainsKey(source.Id))];
    }
}
