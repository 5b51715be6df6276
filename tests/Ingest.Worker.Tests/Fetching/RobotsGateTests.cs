using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Robots;
using Ingest.Worker.Origin;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Fetching;

public sealed class RobotsGateTests
{
    private static readonly Dictionary<string, string?> Asking = new() { ["RobotsForPages"] = "true" };

    [Fact]
    public async Task Robots_is_asked_once_for_many_pages_and_never_for_feeds()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(Asking);
        origin.Serve("/robots.txt", Reply.Ok("User-agent: *\nDisallow: /private")).ServeBelow("/", _ => Reply.Page("<p>"));

        (await door.FetchAsync(origin.Url("/private/feed"))).ShouldBeOfType<FetchResult.Fetched>();
        origin.RequestsOf("/robots.txt").ShouldBeEmpty();
        (await door.FetchAsync(origin.Url("/a"), FetchKind.Page)).ShouldBeOfType<FetchResult.Fetched>();
        (await door.FetchAsync(origin.Url("/b"), FetchKind.Page)).ShouldBeOfType<FetchResult.Fetched>();
        var failed = await door.FailAsync(origin.Url("/private/a"), FetchKind.Page);

        failed.Cause.ShouldBe(FailureCause.RobotsDisallowed);
        failed.Kind.ShouldBe(FailureKind.Permanent);
        failed.Attempts.ShouldBe(0);
        origin.RequestsOf("/robots.txt").Count.ShouldBe(1);
        origin.RequestsOf("/private/a").ShouldBeEmpty();
    }

    [Fact]
    public async Task Feeds_ask_by_setting()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["RobotsForFeeds"] = "true" });
        origin.Serve("/robots.txt", Reply.Ok("User-agent: ingest.worker\nDisallow: /"));

        (await door.FailAsync(origin.Url("/feed"))).Cause.ShouldBe(FailureCause.RobotsDisallowed);
    }

    [Fact]
    public async Task Each_hop_is_asked_of_its_own_site()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var other = await ScriptedOrigin.StartAsync();
        await using var door = new Door(Asking);
        origin.Serve("/a", Reply.Redirect(301, other.Url("/b").ToString()));
        other.Serve("/robots.txt", Reply.Ok("User-agent: *\nDisallow: /b")).Serve("/b", Reply.Page("<p>"));

        (await door.FailAsync(origin.Url("/a"), FetchKind.Page)).Cause.ShouldBe(FailureCause.RobotsDisallowed);
        other.RequestsOf("/b").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(403, true)]
    [InlineData(410, true)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public async Task Missing_robots_allows_and_broken_robots_forbids(int status, bool allowed)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(Asking);
        origin.Serve("/robots.txt", Reply.Error(status)).Serve("/a", Reply.Page("<p>"));

        var result = await door.FetchAsync(origin.Url("/a"), FetchKind.Page);

        (result is FetchResult.Fetched).ShouldBe(allowed);
        if (result is FetchResult.Failed failed)
        {
            failed.Cause.ShouldBe(FailureCause.RobotsUnreachable);
            failed.Kind.ShouldBe(FailureKind.Transient);
            failed.NotBefore.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Robots_behind_a_redirect_is_read()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(Asking);
        origin.Serve("/robots.txt", Reply.Redirect(302, "/r.txt")).Serve("/r.txt", Reply.Ok("User-agent: *\nDisallow: /"));

        (await door.FailAsync(origin.Url("/a"), FetchKind.Page)).Cause.ShouldBe(FailureCause.RobotsDisallowed);
    }

    [Fact]
    public async Task Larger_robots_is_read_as_far_as_the_rfc_asks()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(Asking);
        origin.Serve("/robots.txt", Reply.Endless("User-agent: *\nDisallow: /\n")).Serve("/a", Reply.Page("<p>"));

        (await door.FailAsync(origin.Url("/a"), FetchKind.Page)).Cause.ShouldBe(FailureCause.RobotsDisallowed);
    }

    [Fact]
    public async Task Copy_is_used_for_a_day_and_longer_while_the_site_is_out_of_reach()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
        var gate = Gate(time);
        var url = new Uri("https://example.org/a");
        var asked = 0;
        FetchResult answer = Whole("User-agent: *\nDisallow: /b");
        Task<FetchResult> Fetch(Uri robots, Validators? kept, CancellationToken ct)
        {
            robots.ShouldBe(new Uri("https://example.org/robots.txt"));
            asked++;
            return Task.FromResult(answer);
        }

        (await gate.CheckAsync(url, Fetch, default)).ShouldBeNull();
        time.Advance(TimeSpan.FromHours(23));
        (await gate.CheckAsync(new Uri("https://example.org/b"), Fetch, default))!.Cause.ShouldBe(FailureCause.RobotsDisallowed);
        asked.ShouldBe(1);

        answer = Broken(500);
        time.Advance(TimeSpan.FromHours(2));
        (await gate.CheckAsync(url, Fetch, default)).ShouldBeNull();
        (await gate.CheckAsync(new Uri("https://example.org/b"), Fetch, default))!.Cause.ShouldBe(FailureCause.RobotsDisallowed);
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task Site_without_reachable_robots_is_given_free_after_thirty_days()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
        var gate = Gate(time);
        var url = new Uri("https://example.org/a");

        (await gate.CheckAsync(url, (_, _, _) => Task.FromResult<FetchResult>(Broken(500)), default))!.Cause.ShouldBe(FailureCause.RobotsUnreachable);
        time.Advance(TimeSpan.FromDays(29));
        (await gate.CheckAsync(url, (_, _, _) => Task.FromResult<FetchResult>(Broken(500)), default)).ShouldNotBeNull();
        time.Advance(TimeSpan.FromDays(2));
        (await gate.CheckAsync(url, (_, _, _) => Task.FromResult<FetchResult>(Broken(500)), default)).ShouldBeNull();
    }

    [Fact]
    public async Task Crawl_delay_sets_the_hosts_pace()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["RobotsForPages"] = "true", ["MaxHostWait"] = "00:00:00" });
        origin.Serve("/robots.txt", Reply.Ok("User-agent: *\nCrawl-delay: 20")).ServeBelow("/", _ => Reply.Page("<p>"));
        var before = DateTimeOffset.UtcNow;

        await door.FetchAsync(origin.Url("/a"), FetchKind.Page);
        var failed = await door.FailAsync(origin.Url("/b"), FetchKind.Page);

        failed.Cause.ShouldBe(FailureCause.HostWaits);
        failed.NotBefore!.Value.ShouldBeInRange(before.AddSeconds(20), DateTimeOffset.UtcNow.AddSeconds(20));
        door.Pace.NextTurn(origin.Url("/c")).ShouldBe(failed.NotBefore.Value, TimeSpan.FromMilliseconds(100));
    }

    private static RobotsGate Gate(TimeProvider time)
    {
        var options = Options.Create(new FetchingOptions());
        return new RobotsGate(new Ingest.Worker.Fetching.Hosts.HostThrottle(options, time), RobotsShelf.None, options, time);
    }

    private static FetchResult.Fetched Whole(string body) => new()
    {
        FinalUrl = new Uri("https://example.org/robots.txt"), Status = 200, Attempts = 1, Duration = TimeSpan.Zero,
        Body = System.Text.Encoding.UTF8.GetBytes(body), Validators = new(null, null), WireBytes = body.Length,
    };

    private static FetchResult.Failed Broken(int status) => new()
    {
        FinalUrl = new Uri("https://example.org/robots.txt"), Status = status, Attempts = 1, Duration = TimeSpan.Zero, Kind = FailureKind.Server,
        Cause = FailureCause.HttpStatus, Reason = "The server said so.",
    };
}
