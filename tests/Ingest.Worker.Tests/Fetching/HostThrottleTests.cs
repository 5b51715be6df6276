using CsCheck;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Origin;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Fetching;

public sealed class HostThrottleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Uri Site = new("https://example.org/feed");

    [Fact]
    public async Task Starts_are_apart_by_the_least_delay()
    {
        var (pace, time) = Pace(TimeSpan.FromSeconds(5));

        (await pace.AwaitTurnAsync("example.org", "example.org", default)).ShouldBeNull();
        var second = pace.AwaitTurnAsync("EXAMPLE.org", "example.org", default);
        var third = pace.AwaitTurnAsync("example.org", "example.org", default);
        var other = pace.AwaitTurnAsync("example.com", "example.com", default);

        other.IsCompleted.ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(4.9));
        second.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));
        (await second).ShouldBeNull();
        third.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(5));
        (await third).ShouldBeNull();
    }

    [Theory]
    [InlineData(-24)]
    [InlineData(24)]
    public async Task A_clock_that_is_moved_leaves_what_is_to_be_waited_for_as_far_away_as_it_was(double hours)
    {
        var time = new WallClock();
        var pace = new HostThrottle(Options.Create(new FetchingOptions { MinimumHostDelay = TimeSpan.FromSeconds(5) }), time);
        (await pace.AwaitTurnAsync("example.org", "example.org", default)).ShouldBeNull();
        pace.HoldUntil(Site, time.GetUtcNow().AddMinutes(10));

        time.Moved = TimeSpan.FromHours(hours);

        (await pace.AwaitTurnAsync("example.org", "example.org", default)).ShouldBe(Noon.AddHours(hours).AddMinutes(10));
        (pace.NextTurn(Site) - time.GetUtcNow()).ShouldBe(TimeSpan.FromMinutes(10));
        time.Advance(TimeSpan.FromMinutes(10));
        (await pace.AwaitTurnAsync("example.org", "example.org", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Turn_further_away_than_a_fetch_may_wait_is_told_and_not_taken()
    {
        var (pace, _) = Pace(TimeSpan.FromSeconds(5));
        pace.HoldUntil(Site, Noon.AddMinutes(10));

        (await pace.AwaitTurnAsync("example.org", "example.org", default)).ShouldBe(Noon.AddMinutes(10));
        (await pace.AwaitTurnAsync("example.org", "example.org", default)).ShouldBe(Noon.AddMinutes(10));
        pace.NextTurn(Site).ShouldBe(Noon.AddMinutes(10));
        pace.HoldUntil(Site, Noon.AddMinutes(1));
        pace.NextTurn(Site).ShouldBe(Noon.AddMinutes(10));
    }

    [Fact]
    public async Task Pause_after_429_grows_is_capped_and_ends_with_success()
    {
        var (pace, time) = Pace(TimeSpan.Zero);
        var pauses = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            pace.Observe("example.org", "example.org", 429);
            pauses.Add((pace.NextTurn(Site) - time.GetUtcNow()).TotalMinutes);
            time.SetUtcNow(pace.NextTurn(Site));
            (await pace.AwaitTurnAsync("example.org", "example.org", default)).ShouldBeNull();
        }

        pauses.ShouldBe([1, 2, 4, 8, 16, 32, 60, 60]);
        pace.Observe("example.org", "example.org", 200);
        pace.Observe("example.org", "example.org", 503);
        (pace.NextTurn(Site) - time.GetUtcNow()).ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Crawl_delay_is_between_our_least_and_longest()
    {
        var (pace, _) = Pace(TimeSpan.FromSeconds(5));
        foreach (var (asked, kept) in new[] { (1d, 5d), (20, 20), (3600, 60) })
        {
            pace.SetCrawlDelay(new Uri($"https://{asked.ToString(System.Globalization.CultureInfo.InvariantCulture)}.example/"), TimeSpan.FromSeconds(asked));
            var turn = pace.AwaitTurnAsync($"{asked.ToString(System.Globalization.CultureInfo.InvariantCulture)}.example", "example", default);
            turn.IsCompletedSuccessfully.ShouldBeTrue();
            pace.NextTurn(new Uri($"https://{asked.ToString(System.Globalization.CultureInfo.InvariantCulture)}.example/x")).ShouldBe(Noon.AddSeconds(kept));
        }
    }

    [Fact]
    public void No_two_turns_of_a_host_are_closer_than_its_delay() =>
        Gen.Select(Gen.Int[0, 2000], Gen.Int[0, 5000].Array[1, 40]).Sample((delay, gaps) =>
        {
            var (pace, time) = Pace(TimeSpan.FromMilliseconds(delay));
            DateTimeOffset? last = null;
            foreach (var gap in gaps)
            {
                time.Advance(TimeSpan.FromMilliseconds(gap));
                var start = pace.NextTurn(Site) is var next && next > time.GetUtcNow() ? next : time.GetUtcNow();
                var turn = pace.AwaitTurnAsync("example.org", "example.org", default);
                time.SetUtcNow(start);
                turn.IsCompletedSuccessfully.ShouldBeTrue();
                if (last is { } before)
                    (start - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(delay));
                last = start;
            }
        });

    [Fact]
    public async Task Second_request_of_a_host_leaves_only_when_its_turn_comes()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        var time = new FakeTimeProvider(Noon);
        await using var door = new Door(new() { ["MinimumHostDelay"] = "00:00:10" }, time);
        origin.Serve("/feed", Reply.Feed("<rss/>"));

        await door.FetchWholeAsync(origin.Url("/feed"));
        var second = door.FetchWholeAsync(origin.Url("/feed"));
        time.Advance(TimeSpan.FromSeconds(9.9));
        origin.Requests.Count.ShouldBe(1);
        second.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));

        (await second).Duration.ShouldBe(TimeSpan.FromSeconds(10));
        origin.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Requests_of_one_host_are_made_one_at_a_time()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        var (underWay, most) = (0, 0);
        origin.OnRequest = _ => most = Math.Max(most, Interlocked.Increment(ref underWay));
        origin.ServeBelow("/", _ => Reply.Feed("<rss/>").After(TimeSpan.FromMilliseconds(20)));
        origin.OnReply = _ => Interlocked.Decrement(ref underWay);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => door.FetchWholeAsync(origin.Url("/" + (char)('a' + i)))));

        most.ShouldBe(1);
    }

    [Fact]
    public async Task Hosts_are_asked_side_by_side_up_to_the_nodes_limit()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["Concurrency"] = "3" }, resolve: Door.ToLoopback);
        var (underWay, most) = (0, 0);
        origin.OnReply = _ => Interlocked.Decrement(ref underWay);
        origin.OnRequest = _ => most = Math.Max(most, Interlocked.Increment(ref underWay));
        origin.Serve("/feed", Reply.Feed("<rss/>").After(TimeSpan.FromMilliseconds(100)));

        await Task.WhenAll(Enumerable.Range(0, 9).Select(i =>
            door.FetchWholeAsync(new Uri(
                $"http://host{(char)('a' + i)}.example:{origin.BaseUrl.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}/feed"))));

        most.ShouldBe(3);
        origin.Requests.Count.ShouldBe(9);
    }

    private static (HostThrottle Pace, FakeTimeProvider Time) Pace(TimeSpan delay)
    {
        var time = new FakeTimeProvider(Noon);
        return (new HostThrottle(Options.Create(new FetchingOptions { MinimumHostDelay = delay }), time), time);
    }

    // Its wall can be moved without that any time passes.
    private sealed class WallClock() : FakeTimeProvider(Noon)
    {
        public TimeSpan Moved { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Moved;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
