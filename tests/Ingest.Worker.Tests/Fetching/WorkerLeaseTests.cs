using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Fetching.Wire;
using Ingest.Worker.Origin;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Fetching;

public sealed class WorkerLeaseTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void A_claim_that_is_not_limited_never_lapses()
    {
        var lease = new WorkerLease(time);
        time.Advance(TimeSpan.FromDays(365));
        lease.AwaitAsync(TestContext.Current.CancellationToken).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Requests_wait_for_the_renewal_of_a_lapsed_claim()
    {
        var lease = new WorkerLease(time);
        lease.Limit();
        var first = lease.AwaitAsync(TestContext.Current.CancellationToken).AsTask();
        first.IsCompleted.ShouldBeFalse();
        lease.Renew(time.GetTimestamp(), TimeSpan.FromSeconds(10));
        await first;

        time.Advance(TimeSpan.FromSeconds(9.9));
        lease.AwaitAsync(TestContext.Current.CancellationToken).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(0.1));
        lease.AwaitAsync(TestContext.Current.CancellationToken).AsTask().IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_lost_turn_does_not_go_on_after_the_renewal()
    {
        using var turn = new CancellationTokenSource();
        var lease = new WorkerLease(time);
        lease.Limit();
        var waiting = lease.AwaitAsync(turn.Token).AsTask();
        await turn.CancelAsync();
        lease.Renew(time.GetTimestamp(), TimeSpan.FromSeconds(10));
        await waiting.ShouldThrowAsync<OperationCanceledException>();
        await lease.AwaitAsync(turn.Token).AsTask().ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_request_that_began_before_the_claim_lapsed_is_not_sent_until_it_is_renewed()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed("<rss/>"));
        var (connecting, connect) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var door = new Door(time: time, connect: async (endPoint, ct) =>
        {
            connecting.TrySetResult();
            await connect.Task.WaitAsync(ct);
            return await HttpStack.ConnectAsync(endPoint, ct);
        });
        door.Claim.Limit();
        door.Claim.Renew(time.GetTimestamp(), TimeSpan.FromSeconds(5));
        var fetch = door.FetchWholeAsync(origin.Url("/feed"));
        await connecting.Task.WaitAsync(ct);
        time.Advance(TimeSpan.FromSeconds(5));
        connect.SetResult();

        for (var step = 0; step < 20; step++) await PassAsync();
        origin.Requests.ShouldBeEmpty();

        while (!fetch.IsCompleted)
        {
            door.Claim.Renew(time.GetTimestamp(), TimeSpan.FromSeconds(5));
            await PassAsync();
        }

        (await fetch).Attempts.ShouldBe(2);
        origin.Requests.Count.ShouldBe(1);
    }

    // Real time and the clock go on together: whether the retry has begun to wait by now depends on the machine.
    private async Task PassAsync()
    {
        time.Advance(TimeSpan.FromMilliseconds(100));
        await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
