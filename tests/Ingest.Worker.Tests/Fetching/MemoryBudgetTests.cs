using CsCheck;
using Ingest.Worker.Fetching.Memory;

namespace Ingest.Worker.Tests.Fetching;

public sealed class MemoryBudgetTests
{
    private const int Small = MemoryBudget.Small;
    private const long Total = 64 * Small;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void What_is_small_never_waits()
    {
        var budget = new MemoryBudget(Total);
        var shares = Enumerable.Range(0, 1000).Select(_ => budget.Open()).ToList();

        shares.ShouldAllBe(share => share.TakeAsync(Small, Ct).IsCompletedSuccessfully);
        budget.Held.ShouldBe(1000 * Small);
        shares.ForEach(static share => share.Dispose());
        budget.Held.ShouldBe(0);
    }

    [Fact]
    public async Task The_oldest_large_one_takes_what_it_needs_beside_what_the_others_share()
    {
        var budget = new MemoryBudget(Total);
        using MemoryShare oldest = budget.Open(), doubtful = budget.Open(), trusted = budget.Open();
        trusted.IsTrusted = true;

        await oldest.TakeAsync(2 * Small, Ct);
        await doubtful.TakeAsync(Total / 8, Ct);
        var more = doubtful.TakeAsync(1, Ct);
        more.IsCompleted.ShouldBeFalse();
        await trusted.TakeAsync(Total / 8 * 3, Ct);
        var still = trusted.TakeAsync(1, Ct);
        still.IsCompleted.ShouldBeFalse();
        await oldest.TakeAsync(10 * Total, Ct);
        more.IsCompleted.ShouldBeFalse();

        oldest.Dispose();
        await more;
        await still;
    }

    [Fact]
    public async Task Feeds_come_before_pages_that_waited_longer_and_every_eighth_is_the_oldest()
    {
        var budget = new MemoryBudget(Total);
        var order = new List<string>();
        async Task Visit(string name)
        {
            using var share = budget.Open();
            share.IsPolled = name.StartsWith("feed", StringComparison.Ordinal);
            await share.TakeAsync(Total, Ct);
            lock (order) order.Add(name);
            await Task.Yield();
        }

        var first = budget.Open();
        await first.TakeAsync(Total, Ct);
        var names = Enumerable.Range(1, 2).Select(static i => $"page {i}").Concat(Enumerable.Range(1, 8).Select(static i => $"feed {i}"));
        var visits = names.Select(Visit).ToList();
        first.Dispose();
        await Task.WhenAll(visits);

        order.ShouldBe(["feed 1", "feed 2", "feed 3", "feed 4", "feed 5", "feed 6", "feed 7", "page 1", "feed 8", "page 2"]);
    }

    [Fact]
    public async Task While_one_is_saved_the_next_begins_unless_what_is_held_takes_a_half()
    {
        var budget = new MemoryBudget(Total);
        using MemoryShare first = budget.Open(), second = budget.Open(), third = budget.Open();
        await first.TakeAsync(Total, Ct);
        var (next, last) = (second.TakeAsync(Total, Ct), third.TakeAsync(Total, Ct));

        first.PassOn();
        next.IsCompleted.ShouldBeFalse();
        first.GiveBack(Total / 2);
        first.PassOn();
        await next;
        second.PassOn();
        last.IsCompleted.ShouldBeFalse();
        second.Dispose();
        await last;
    }

    [Fact]
    public async Task A_very_large_one_waits_for_those_that_go_on_and_leaves_the_others_an_eighth()
    {
        var budget = new MemoryBudget(Total);
        using MemoryShare oldest = budget.Open(), going = budget.Open(), stuck = budget.Open(), later = budget.Open();
        (going.IsTrusted, stuck.IsTrusted, later.IsTrusted) = (true, true, true);
        await oldest.TakeAsync(2 * Small, Ct);
        await going.TakeAsync(Total / 4, Ct);
        await stuck.TakeAsync(Total / 4, Ct);
        var more = stuck.TakeAsync(Total / 2, Ct);

        var much = oldest.TakeAsync(2 * Total, Ct);
        much.IsCompleted.ShouldBeFalse();
        var others = later.TakeAsync(2 * Small, Ct);
        others.IsCompleted.ShouldBeFalse();
        going.GiveBack(Total / 4);
        await much;
        more.IsCompleted.ShouldBeFalse();

        oldest.Dispose();
        await more;
        await others;
    }

    [Fact]
    public async Task While_very_many_hold_something_hosts_in_doubt_begin_nothing_and_the_others_go_on()
    {
        var budget = new MemoryBudget(Total);
        using MemoryShare oldest = budget.Open(), full = budget.Open(), next = budget.Open(), trusted = budget.Open();
        trusted.IsTrusted = true;
        await oldest.TakeAsync(10 * Total, Ct);
        await full.TakeAsync(Total / 8, Ct);

        // That the large ones leave nothing for another large one keeps nobody from beginning.
        next.AwaitRoomAsync(Ct).IsCompleted.ShouldBeTrue();
        var many = Enumerable.Range(0, 6).Select(_ => budget.Open()).ToList();
        foreach (var share in many) await share.TakeAsync(1, Ct);
        many[0].AwaitRoomAsync(Ct).IsCompleted.ShouldBeTrue();
        trusted.AwaitRoomAsync(Ct).IsCompleted.ShouldBeTrue();
        var room = next.AwaitRoomAsync(Ct);
        room.IsCompleted.ShouldBeFalse();
        many[0].Dispose();
        await room;
    }

    [Fact]
    public async Task Who_gives_up_waiting_holds_nothing_more()
    {
        var budget = new MemoryBudget(Total);
        using MemoryShare first = budget.Open(), full = budget.Open();
        await first.TakeAsync(Total, Ct);
        await full.TakeAsync(Total / 8, Ct);
        using var gone = new CancellationTokenSource();
        var second = budget.Open();
        var waiting = second.TakeAsync(2 * Small, gone.Token);

        await gone.CancelAsync();

        await waiting.ShouldThrowAsync<OperationCanceledException>();
        second.Dispose();
        budget.Held.ShouldBe(Total / 8 * 9);
    }

    /// <summary>
    /// Visits that grow step by step, each holding what it has while it waits for more, all come to their end; and never is more held than the budget and one
    /// of them.
    /// </summary>
    [Fact]
    public void However_visits_grow_all_come_to_their_end_within_the_budget() =>
        Gen.Select(Gen.Int[1, 3 * (int)Total].Array[1, 6], Gen.Bool, Gen.Bool).Array[1, 40].Sample(visits =>
        {
            var budget = new MemoryBudget(Total);
            var most = 0L;
            var largest = visits.Max(static visit => visit.Item1.Sum(static step => (long)step));
            Task.WhenAll(visits.Select(async visit =>
            {
                using var share = budget.Open();
                (share.IsTrusted, share.IsPolled) = (visit.Item2, visit.Item3);
                await share.AwaitRoomAsync(Ct);
                foreach (var step in visit.Item1)
                {
                    await share.TakeAsync(step, Ct);
                    InterlockedMax(ref most, budget.Held);
                    await Task.Yield();
                }

                share.GiveBack(share.Held / 2);
                share.PassOn();
                await Task.Yield();
            })).Wait(TimeSpan.FromMinutes(1), Ct).ShouldBeTrue();
            budget.Held.ShouldBe(0);
            most.ShouldBeLessThanOrEqualTo((Total / 2) + largest + (visits.Length * Small));
        }, iter: 300);

    [Theory]
    [InlineData(256, 16_000, 256)]
    [InlineData(256, 512, 156)]
    [InlineData(256, 100, 16)]
    [InlineData(64, 100_000, 64)]
    public void The_budget_fits_into_the_memory_there_is(long wanted, long available, long fitted) =>
        (MemoryRoom.Fit(wanted << 20, available << 20) >> 20).ShouldBe(fitted);

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Volatile.Read(ref most); value > seen && Interlocked.CompareExchange(ref most, value, seen) != seen; seen = Volatile.Read(ref most))
        {
        }
    }
}
