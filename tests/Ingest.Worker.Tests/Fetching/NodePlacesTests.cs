using Ingest.Worker.Fetching.Requests;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Fetching;

public sealed class NodePlacesTests
{
    private readonly FakeTimeProvider time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10)]
    [InlineData(10_000)]
    public async Task Any_number_of_silent_hosts_leaves_places_to_those_that_answered_lately(int silent)
    {
        var places = new NodePlaces(4, time);
        var waiting = Enumerable.Range(0, silent).Select(n => places.EnterAsync($"source {n}", isKnown: false, Ct)).ToList();
        for (var second = 0; second < 60; second++) time.Advance(TimeSpan.FromSeconds(1));

        for (var n = 0; n < 100; n++) (await Now(places.EnterAsync("good", isKnown: true, Ct))).Dispose();

        // They are asked too, as many as may wait beside the others.
        await Task.WhenAll(waiting.Take(4 * 8)).WaitAsync(TimeSpan.FromSeconds(30), Ct);
        waiting.Skip(4 * 8).ShouldAllBe(static entering => !entering.IsCompleted);
    }

    [Fact]
    public async Task Hosts_that_answered_and_fall_silent_keep_nobody_longer_than_two_seconds()
    {
        var places = new NodePlaces(4, time);
        var turned = Enumerable.Range(0, 400).Select(_ => places.EnterAsync("stranger", isKnown: true, Ct)).ToList();
        var good = places.EnterAsync("good", isKnown: true, Ct);
        good.IsCompleted.ShouldBeFalse();

        time.Advance(NodePlaces.Promptly);

        // The stranger's hosts are one claimant: the good one is next, whatever number of them came before it.
        (await Now(good)).Dispose();
        turned.Count(static entering => entering.IsCompleted).ShouldBeLessThanOrEqualTo(8);
    }

    [Fact]
    public async Task Owners_take_turns()
    {
        var places = new NodePlaces(1, time);
        var first = await places.EnterAsync("many", isKnown: false, Ct);
        var many = Enumerable.Range(0, 50).Select(_ => places.EnterAsync("many", isKnown: false, Ct)).ToList();
        var one = places.EnterAsync("one", isKnown: false, Ct);

        first.Dispose();
        (await Now(many[0])).Dispose();
        (await Now(one)).Dispose();
        (await Now(many[1])).Dispose();
    }

    [Fact]
    public async Task While_many_wait_for_answers_unknown_hosts_wait_and_the_others_do_not()
    {
        var places = new NodePlaces(2, time);
        var silent = new List<NodePlaces.Place>();
        for (var n = 0; n < 16; n++)
        {
            silent.Add(await Now(places.EnterAsync("silent", isKnown: false, Ct)));
            time.Advance(NodePlaces.Promptly);
        }

        var unknown = places.EnterAsync("unknown", isKnown: false, Ct);
        (await Now(places.EnterAsync("good", isKnown: true, Ct))).Dispose();
        unknown.IsCompleted.ShouldBeFalse();

        silent[3].Dispose();
        (await Now(unknown)).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_place()
    {
        var places = new NodePlaces(1, time);
        var first = await places.EnterAsync("a", isKnown: false, Ct);
        using var gone = new CancellationTokenSource();
        var given = places.EnterAsync("b", isKnown: false, gone.Token);
        var next = places.EnterAsync("c", isKnown: false, Ct);

        await gone.CancelAsync();
        await given.ShouldThrowAsync<OperationCanceledException>();
        first.Dispose();
        first.Dispose();
        (await Now(next)).Dispose();
        (await Now(places.EnterAsync("d", isKnown: false, Ct))).Dispose();
    }

    // Whoever may enter does so without any time passing.
    private static Task<NodePlaces.Place> Now(Task<NodePlaces.Place> entering) => entering.WaitAsync(TimeSpan.FromSeconds(30), Ct);
}
