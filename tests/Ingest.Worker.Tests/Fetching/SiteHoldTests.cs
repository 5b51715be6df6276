using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Origin;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>What one host asks binds all of its site, and no stranger.</summary>
public sealed class SiteHoldTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_Retry_After_of_one_host_binds_its_sisters_and_no_stranger(int status)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        var port = origin.BaseUrl.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        origin.Serve("/busy", Reply.Error(status).RetryAfter(3600)).Serve("/feed", Reply.Feed("<rss/>"));
        await using var door = new Door(resolve: Door.ToLoopback);

        await door.FailAsync(new Uri($"http://feeds.example.co.uk:{port}/busy"));
        origin.ForgetRequests();
        foreach (var sister in new[] { "www.example.co.uk", "example.co.uk", "a.b.example.co.uk", "FEEDS.example.co.uk" })
        {
            var failed = await door.FailAsync(new Uri($"http://{sister}:{port}/feed"));
            failed.Cause.ShouldBe(FailureCause.HostWaits, sister);
            failed.Reason.ShouldStartWith("example.co.uk is to be left alone until");
        }

        origin.Requests.ShouldBeEmpty();
        await door.FetchWholeAsync(new Uri($"http://other.co.uk:{port}/feed"));
    }

    [Fact]
    public async Task Neighbours_on_a_shared_host_are_strangers()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        var port = origin.BaseUrl.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        origin.Serve("/busy", Reply.Error(429).RetryAfter(3600)).Serve("/feed", Reply.Feed("<rss/>"));
        await using var door = new Door(resolve: Door.ToLoopback);
        foreach (var platform in new[] { "github.io", "blogspot.com", "wordpress.com", "substack.com", "s3.amazonaws.com", "com.au" })
        {
            await door.FailAsync(new Uri($"http://one.{platform}:{port}/busy"));
            await door.FetchWholeAsync(new Uri($"http://two.{platform}:{port}/feed"));
        }
    }

    [Fact]
    public async Task A_refusal_without_a_time_pauses_the_site_and_each_host_of_its_own_the_longer()
    {
        var (pace, time) = Pace();
        pace.Observe("a.example.org", "example.org", 503);
        (await pace.AwaitTurnAsync("b.example.org", "example.org", default)).ShouldBe(Noon.AddMinutes(1));
        time.SetUtcNow(Noon.AddMinutes(1));
        (await pace.AwaitTurnAsync("b.example.org", "example.org", default)).ShouldBeNull();

        // That a sister answers says nothing of the host that does not.
        pace.Observe("b.example.org", "example.org", 200);
        pace.Observe("a.example.org", "example.org", 503);
        pace.NextTurn(new Uri("https://b.example.org/")).ShouldBe(Noon.AddMinutes(3));
    }

    [Fact]
    public void A_release_ends_what_was_asked_before_it()
    {
        var (pace, time) = Pace();
        var url = new Uri("https://a.example.org/");
        pace.HoldUntil(url, Noon.AddHours(1));
        pace.Release(new Uri("https://b.example.org/"), Noon.AddMinutes(-1));
        pace.NextTurn(url).ShouldBe(Noon.AddHours(1));
        pace.Release(new Uri("https://b.example.org/"), Noon);
        pace.NextTurn(url).ShouldBeLessThanOrEqualTo(Noon);
        pace.ReleasedAt(url).ShouldBe(Noon);
        time.SetUtcNow(Noon.AddMinutes(1));
        pace.HoldUntil(url, Noon.AddHours(2));
        pace.Release(url, Noon);
        pace.NextTurn(url).ShouldBe(Noon.AddHours(2));
    }

    [Fact]
    public async Task A_released_site_is_asked_for_its_robots_txt_again()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/robots.txt", Reply.Error(429).RetryAfter(3600), Reply.Ok("")).Serve("/a", Reply.Page("<p>a"));
        await using var door = new Door(new() { ["RobotsForPages"] = "true" });
        await door.FailAsync(origin.Url("/a"), FetchKind.Page);
        await door.FailAsync(origin.Url("/a"), FetchKind.Page);
        origin.Requests.Count.ShouldBe(1);

        door.Pace.Release(origin.Url("/a"), DateTimeOffset.UtcNow);

        await door.FetchWholeAsync(origin.Url("/a"), FetchKind.Page);
    }

    private static (HostThrottle Pace, FakeTimeProvider Time) Pace()
    {
        var time = new FakeTimeProvider(Noon);
        return (new HostThrottle(Options.Create(new FetchingOptions { MinimumHostDelay = TimeSpan.Zero }), time), time);
    }
}
