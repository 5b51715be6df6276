using System.Globalization;
using Ingest.Worker.Fetching;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

public sealed class RetryTests
{
    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    public async Task Transient_statuses_of_pages_are_tried_again(int status)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(status), Reply.Error(status), Reply.Feed("<rss/>"));

        (await door.FetchWholeAsync(origin.Url("/feed"), FetchKind.Page)).Attempts.ShouldBe(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    public async Task A_feed_whose_server_is_in_trouble_is_asked_once_a_visit(string retryAfter)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        foreach (var status in (int[])[500, 502, 503, 504, 522])
        {
            var path = "/" + status.ToString(CultureInfo.InvariantCulture);
            origin.Serve(path, retryAfter.Length > 0 ? Reply.Error(status).RetryAfter(retryAfter) : Reply.Error(status), Reply.Feed("<rss/>"));
            await using var other = new Door();
            (await other.FailAsync(origin.Url(path))).Attempts.ShouldBe(1);
            origin.RequestsOf(path).Count.ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(400, 1, nameof(FailureKind.Permanent))]
    [InlineData(401, 1, nameof(FailureKind.Permanent))]
    [InlineData(403, 1, nameof(FailureKind.Permanent))]
    [InlineData(404, 1, nameof(FailureKind.Permanent))]
    [InlineData(410, 1, nameof(FailureKind.Gone))]
    [InlineData(429, 1, nameof(FailureKind.Transient))]
    [InlineData(451, 1, nameof(FailureKind.Permanent))]
    [InlineData(500, 1, nameof(FailureKind.Server))]
    [InlineData(501, 1, nameof(FailureKind.Server))]
    [InlineData(503, 1, nameof(FailureKind.Server))]
    [InlineData(522, 1, nameof(FailureKind.Server))]
    [InlineData(204, 1, nameof(FailureKind.Server))]
    public async Task Statuses_fail_as_their_kind_after_as_many_requests(int status, int requests, string kind)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(status));

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Kind.ToString().ShouldBe(kind);
        failed.Status.ShouldBe(status);
        failed.Attempts.ShouldBe(requests);
        failed.Reason.ShouldContain(status.ToString(CultureInfo.InvariantCulture));
        origin.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task Challenge_is_not_asked_again()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(503).Header("cf-mitigated", "challenge"));

        (await door.FailAsync(origin.Url("/feed"))).Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Retries_can_be_switched_off()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["Retries"] = "0" });
        origin.Serve("/feed", Reply.Error(503));

        (await door.FailAsync(origin.Url("/feed"))).Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Connection_that_is_hung_up_is_tried_again()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", new Reply { Ending = BodyEnding.HangUp }, Reply.Feed("<rss/>"));

        // The handler itself may repeat a request whose pooled connection broke before an answer.
        (await door.FetchAsync(origin.Url("/feed"))).ShouldBeOfType<FetchResult.Fetched>();
    }

    [Fact]
    public async Task Slow_answer_is_tried_again_until_the_total_is_spent()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["AttemptTimeout"] = "00:00:00.300", ["TotalTimeout"] = "00:00:00.450", ["Retries"] = "5" });
        origin.Serve("/feed", Reply.Feed("<rss/>").After(TimeSpan.FromSeconds(30)));

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Cause.ShouldBeOneOf(FailureCause.TotalTimeout, FailureCause.AnswerTimeout);
        failed.Attempts.ShouldBeInRange(2, 3);
    }

    [Fact]
    public async Task Redirects_share_the_total()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["AttemptTimeout"] = "00:00:00.400", ["TotalTimeout"] = "00:00:00.500" });
        origin.ServeBelow("/n/", n => Reply.Redirect(302, "/n/" + n + "x").After(TimeSpan.FromMilliseconds(200)));

        (await door.FailAsync(origin.Url("/n/"))).Cause.ShouldBeOneOf(FailureCause.TotalTimeout, FailureCause.AnswerTimeout);
        origin.Requests.Count.ShouldBeLessThan(5);
    }

    [Fact]
    public async Task Host_that_fails_again_and_again_is_left_alone()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["Retries"] = "0" });
        origin.Serve("/feed", Reply.Error(500));
        FetchResult.Failed failed;
        var fetches = 0;
        do
            failed = await door.FailAsync(origin.Url("/feed"));
        while (failed.Cause != FailureCause.CircuitOpen && ++fetches < 50);

        failed.Kind.ShouldBe(FailureKind.Transient);
        failed.Attempts.ShouldBe(0);
        failed.NotBefore.ShouldNotBeNull();
        origin.Requests.Count.ShouldBe(fetches);
        fetches.ShouldBeLessThan(50);
    }

    [Fact]
    public async Task Cancellation_passes_through()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed("<rss/>").After(TimeSpan.FromSeconds(30)));
        using var stop = new CancellationTokenSource();
        origin.OnRequest = _ => stop.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(
            () => door.Fetcher.FetchAsync(new FetchRequest(origin.Url("/feed"), FetchKind.Feed, null), stop.Token));
    }
}
