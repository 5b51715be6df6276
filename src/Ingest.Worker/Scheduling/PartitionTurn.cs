using System.Threading.Tasks;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Sources;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Scheduling;

/// <summary>
/// A partition's turn: hosts side by side, each one visit after the other at its pace. While slow hosts are still at work, what has become due on the
/// others is picked again and again, so nobody waits for them.
/// </summary>
internal sealed class PartitionTurn(
    SourceStore sources, PageQueue pages, ArticleStore articles, VisitRounds rounds, OverdueRebalancer rebalancer, IOptions<SchedulingOptions> options,
    IOptions<StorageOptions> storage, TimeProvider time)
{
    // Of the whole worker, whatever the number of turns: a source that leads to thousands of hosts takes no more of the room than this.
    private readonly PageShares shares = new(options.Value.Concurrency);

    /// <summary>Takes the turn.</summary>
    /// <param name="slots">The partition's slots.</param>
    /// <param name="stopping">Once cancelled, no further visit begins; those under way go on.</param>
    /// <param name="ct">Ends visits under way.</param>
    public async Task TakeAsync(IReadOnlyList<short> slots, CancellationToken stopping, CancellationToken ct)
    {
        var busy = new Dictionary<string, BusyHost>(StringComparer.OrdinalIgnoreCase);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var length = CancellationTokenSource.CreateLinkedTokenSource(leaving.Token);
        using var timer = time.CreateTimer(
            static length => ((CancellationTokenSource)length!).Cancel(), length, options.Value.TurnLength, Timeout.InfiniteTimeSpan);
        try
        {
            await rebalancer.PullBackAsync(slots, ct);
            while (await ContinueAsync(slots, busy, onlyProven: false, length.Token, ct))
            {
            }

            // A slow host keeps the turn from ending, but not the others from their visits: all others at first, and those who are surely soon done when it
            // could go on forever, one slow host after the other.
            var slow = AllAsync(busy);
            while (!slow.IsCompleted && await ContinueAsync(slots, busy, onlyProven: false, leaving.Token, ct))
            {
            }

            slow = AllAsync(busy);
            while (!slow.IsCompleted && await ContinueAsync(slots, busy, onlyProven: true, leaving.Token, ct))
            {
            }
        }
        finally
        {
            // Also when picking failed: what was begun is part of the turn.
            await leaving.CancelAsync();
            await AllAsync(busy);
        }
    }

    private static Task AllAsync(Dictionary<string, BusyHost> busy) => Task.WhenAll(busy.Values.Select(static host => host.Work));

    private async Task<bool> ContinueAsync(
        IReadOnlyList<short> slots, Dictionary<string, BusyHost> busy, bool onlyProven, CancellationToken stopping, CancellationToken ct)
    {
        var mayBeMore = await PickAsync(slots, busy, onlyProven, stopping, ct);
        var all = AllAsync(busy);
        await Task.WhenAny(all, SilentlyAsync(Task.Delay(options.Value.TurnEvery, time, stopping)));
        mayBeMore |= !all.IsCompleted;
        foreach (var (name, host) in busy.Where(static host => host.Value.Work.IsCompleted).ToList())
        {
            await host.Work;
            busy.Remove(name);
        }

        return mayBeMore && !stopping.IsCancellationRequested;
    }

    /// <summary>Picks due work of the hosts that are not busy, and sets them to it.</summary>
    /// <returns>True when there may be more.</returns>
    private async Task<bool> PickAsync(
        IReadOnlyList<short> slots, Dictionary<string, BusyHost> busy, bool onlyProven, CancellationToken stopping, CancellationToken ct)
    {
        // PostgreSQL does not keep up: what is fetched now would only wait in memory.
        if (!rounds.MayPick || articles.SaveLag > storage.Value.MaxSaveLag || pages.SaveLag > storage.Value.MaxSaveLag) return false;
        var query = new DueQuery(slots, time.GetUtcNow(), options.Value.MaxPerTurn) { Except = [.. busy.Values.Select(static host => host.Authority)] };
        var dueSources = await sources.LoadDueAsync(query, ct);
        if (await rebalancer.SpreadAsync(slots, options.Value.Partitions, dueSources, ct)) dueSources = await sources.LoadDueAsync(query, ct);
        (dueSources, var duePages) = (rounds.Ready(dueSources), rounds.Ready(await pages.LoadDueAsync(query with { ExceptPagesOf = shares.Spent() }, ct)));
        await rounds.HoldBackAsync(dueSources.Select(static source => source.Url).Concat(duePages.Select(static page => page.Url)), ct);
        var visits = Alternate(
            [.. dueSources.Select(source => new HostVisit(source.Url, ct => rounds.VisitAsync(source, ct)))],
            [.. duePages.Select(page => new HostVisit(page.Url, ct => rounds.VisitAsync(page, ct)) { PageOf = page.SourceId })]);
        var begun = false;
        foreach (var host in visits.GroupBy(static visit => visit.Url.IdnHost, StringComparer.OrdinalIgnoreCase))
        {
            if (busy.ContainsKey(host.Key) || (onlyProven && !rounds.IsProven(host.First().Url))) continue;
            var mine = host.Where(visit => visit.PageOf is not { } source || shares.TryTake(source)).ToList();
            if (mine.Count == 0) continue;
            busy[host.Key] = new BusyHost(host.First().Url.Authority, WorkAsync(mine, stopping, ct));
            begun = true;
        }

        return begun && (dueSources.Count >= query.PerSlot || duePages.Count >= query.PerSlot);
    }

    private async Task WorkAsync(List<HostVisit> visits, CancellationToken stopping, CancellationToken ct)
    {
        var done = 0;
        try
        {
            foreach (var visit in visits)
            {
                if (rounds.WaitFor(visit.Url) is var wait && wait > TimeSpan.Zero) await SilentlyAsync(Task.Delay(wait, time, stopping));
                if (stopping.IsCancellationRequested) return;
                await visit.VisitAsync(ct);
                done++;
                if (visit.PageOf is { } source) shares.GiveBack(source);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            // It had asked nobody yet.
        }
        finally
        {
            foreach (var visit in visits.Skip(done))
            {
                if (visit.PageOf is { } source) shares.GiveBack(source);
            }
        }
    }

    private static async Task SilentlyAsync(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    // Neither may keep the other from a host that has much of both.
    private static IEnumerable<HostVisit> Alternate(List<HostVisit> sources, List<HostVisit> pages)
    {
        for (var i = 0; i < Math.Max(sources.Count, pages.Count); i++)
        {
            if (i < sources.Count) yield return sources[i];
            if (i < pages.Count) yield return pages[i];
        }
    }

    private sealed record HostVisit(Uri Url, Func<CancellationToken, Task> VisitAsync)
    {
        /// <summary>The source of a page; null for a source itself.</summary>
        public int? PageOf { get; init; }
    }

    private sealed record BusyHost(string Authority, Task Work);
}
