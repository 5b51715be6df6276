using System.Globalization;
using Ingest.Worker.Fetching;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>What a server asks to be waited for.</summary>
public sealed class RetryAfterTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Host_that_pushes_back_without_saying_how_long_is_left_alone_for_a_minute(int status)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(status)).Serve("/other", Reply.Feed("<rss/>"));
        var before = DateTimeOffset.UtcNow;

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.NotBefore!.Value.ShouldBeInRange(before.AddMinutes(1), DateTimeOffset.UtcNow.AddMinutes(1));
        failed.RetryAfter.ShouldBeNull();
        (await door.FailAsync(origin.Url("/other"))).NotBefore!.Value.ShouldBe(failed.NotBefore.Value, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("120")]
    public async Task Requests_that_wait_behind_one_that_is_refused_are_not_sent(string? after)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["MinimumHostDelay"] = "00:00:00" });
        var refusal = Reply.Error(429).After(TimeSpan.FromMilliseconds(200));
        origin.Serve("/feed", after is null ? refusal : refusal.RetryAfter(after));

        var failed = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => door.FailAsync(origin.Url("/feed"))));

        failed.Count(static one => one.Cause == FailureCause.HostWaits).ShouldBe(39);
        origin.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 120 ", 120)]
    [InlineData("99999999999999999999", 86400)]
    [InlineData("604800", 86400)]
    [InlineData("40, 90", 90)]
    [InlineData("120, 60", 120)]
    public async Task Long_retry_after_in_seconds_ends_the_fetch_and_is_kept(string value, int seconds)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(503).RetryAfter(value)).Serve("/other", Reply.Feed("<rss/>"));
        var before = DateTimeOffset.UtcNow;

        var failed = await door.FailAsync(origin.Url("/feed"));
        var other = await door.FailAsync(origin.Url("/other"));

        failed.Attempts.ShouldBe(1);
        failed.RetryAfter!.Value.ShouldBeInRange(before.AddSeconds(seconds), DateTimeOffset.UtcNow.AddSeconds(seconds));
        failed.NotBefore.ShouldBe(failed.RetryAfter);
        other.Cause.ShouldBe(FailureCause.HostWaits);
        other.Attempts.ShouldBe(0);
        other.NotBefore!.Value.ShouldBeInRange(failed.NotBefore!.Value.AddSeconds(-1), failed.NotBefore.Value.AddSeconds(1));
        origin.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(404, 172_800)]
    [InlineData(403, 900)]
    [InlineData(410, 900)]
    [InlineData(429, 900)]
    [InlineData(500, 900)]
    [InlineData(503, 31_536_000)]
    public async Task What_a_refusal_says_of_its_freshness_holds_for_its_URL_and_not_for_its_site(int status, int seconds)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(status).Header("Cache-Control", $"max-age={seconds.ToString(CultureInfo.InvariantCulture)}"));
        var before = DateTimeOffset.UtcNow;

        var failed = await door.FailAsync(origin.Url("/feed"));

        var most = Math.Min(seconds, 2 * 86_400);
        failed.NotBefore!.Value.ShouldBeInRange(before.AddSeconds(most), DateTimeOffset.UtcNow.AddSeconds(most));
        if (status is 429 or 503) failed.HeldUntil!.Value.ShouldBeLessThan(before.AddMinutes(2));
        else failed.HeldUntil.ShouldBeNull();
    }

    [Fact]
    public async Task A_robots_file_in_trouble_is_tried_again_whatever_its_error_page_says()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/robots.txt", Reply.Error(500).Header("Cache-Control", "max-age=172800"));

        (await door.Fetcher.FetchAsync(new FetchRequest(origin.Url("/robots.txt"), FetchKind.Robots, null), TestContext.Current.CancellationToken))
            .NotBefore.ShouldBeNull();
    }

    [Theory]
    [InlineData("R")]
    [InlineData("dddd, dd-MMM-yy HH:mm:ss 'GMT'")]
    public async Task Retry_after_as_a_date_is_kept(string format)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        var date = DateTimeOffset.UtcNow.AddHours(2);
        origin.Serve("/feed", Reply.Error(429).RetryAfter(date.ToString(format, CultureInfo.InvariantCulture)));

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Cause.ShouldBe(FailureCause.TooManyRequests);
        failed.RetryAfter!.Value.ShouldBeInRange(date.AddSeconds(-1), date.AddSeconds(1));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Short_retry_after_is_waited_for(int status)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(status).RetryAfter(1), Reply.Feed("<rss/>"));

        (await door.FetchWholeAsync(origin.Url("/feed"), FetchKind.Page)).Attempts.ShouldBe(2);

        var at = origin.Requests.Select(r => r.At).ToList();
        (at[1] - at[0]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(990));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("Tue, 24 Nov 1998 10:00:00 GMT")]
    public async Task Unreadable_or_past_retry_after_counts_as_none(string value)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(503).RetryAfter(value), Reply.Feed("<rss/>"));

        (await door.FetchWholeAsync(origin.Url("/feed"), FetchKind.Page)).Attempts.ShouldBe(2);
    }
}
