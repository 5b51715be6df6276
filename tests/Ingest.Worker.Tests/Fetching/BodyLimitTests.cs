using System.Globalization;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Memory;
using Ingest.Worker.Origin;
using static Ingest.Worker.Tests.Fetching.BodyTests;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>Bodies past a bound: of size, of time, of memory.</summary>
[Collection(Alone.Name)]
public sealed class BodyLimitTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("deflate")]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "gzip")]
    [InlineData("zstd", "br")]
    public async Task Bombs_are_refused_early_and_named(params string[] codings)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["MaxFeedBytes"] = (1 << 30).ToString(CultureInfo.InvariantCulture) });
        origin.Serve("/bomb", Reply.Bomb(512 << 20, codings));
        var before = GC.GetTotalAllocatedBytes();

        var failed = await door.FailAsync(origin.Url("/bomb"));

        failed.Cause.ShouldBe(FailureCause.DecompressionBomb);
        failed.Kind.ShouldBe(FailureKind.Permanent);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(48 << 20);
    }

    [Theory]
    [InlineData(nameof(FetchKind.Feed), "MaxFeedBytes")]
    [InlineData(nameof(FetchKind.Page), "MaxPageBytes")]
    public async Task Endless_body_ends_at_the_cap(string kind, string setting)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { [setting] = "2000000" });
        origin.Serve("/feed", Reply.Endless(Feed));

        var failed = await door.FailAsync(origin.Url("/feed"), Enum.Parse<FetchKind>(kind));

        failed.Cause.ShouldBe(FailureCause.BodyTooLarge);
        failed.WireBytes.ShouldBeInRange(2_000_000, 3_000_000);
        failed.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Announced_length_above_the_cap_is_refused_unread()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["MaxFeedBytes"] = "2000" });
        origin.Serve("/feed", Reply.Feed(Feed));

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Cause.ShouldBe(FailureCause.BodyTooLarge);
        failed.WireBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Body_of_exactly_the_cap_is_whole()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["MaxFeedBytes"] = "20000" });
        origin.Serve("/fits", Reply.Ok(new byte[20_000], "text/xml")).Serve("/not", Reply.Ok(new byte[20_001], "text/xml"));

        (await door.FetchWholeAsync(origin.Url("/fits"))).Body.Length.ShouldBe(20_000);
        (await door.FailAsync(origin.Url("/not"))).Cause.ShouldBe(FailureCause.BodyTooLarge);
    }

    [Fact]
    public async Task One_byte_a_time_ends_with_the_attempt()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["AttemptTimeout"] = "00:00:00.500" });
        origin.Serve("/feed", Reply.Feed(Feed).Slowly(1, TimeSpan.FromMilliseconds(50)));

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Cause.ShouldBe(FailureCause.BodyTimeout);
        failed.Kind.ShouldBe(FailureKind.Transient);
        failed.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task A_large_body_waits_for_memory_and_that_is_not_its_publishers_time()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["AttemptTimeout"] = "00:00:00.500", ["MemoryBudget"] = "16777216" });
        origin.Serve("/small", Reply.Ok(new byte[20_000], "text/xml")).Serve("/large", Reply.Ok(new byte[2_000_000], "text/xml"));
        using MemoryShare oldest = door.Memory.Open(), others = door.Memory.Open();
        await oldest.TakeAsync(door.Room.Shared, TestContext.Current.CancellationToken);
        await others.TakeAsync(door.Room.Shared / 8, TestContext.Current.CancellationToken);

        (await door.FetchWholeAsync(origin.Url("/small"))).Body.Length.ShouldBe(20_000);
        var large = door.FetchWholeAsync(origin.Url("/large"));
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        large.IsCompleted.ShouldBeFalse();
        others.Dispose();
        oldest.Dispose();

        (await large).Body.Length.ShouldBe(2_000_000);
        door.Memory.Held.ShouldBe(0);
    }

    [Fact]
    public async Task A_body_that_fails_holds_no_memory()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["MaxFeedBytes"] = "1000000" });
        origin.Serve("/endless", Reply.Endless("<rss>" + new string('x', 1000))).Serve("/cut", Reply.Ok(new byte[900_000], "text/xml").CutShort());

        (await door.FailAsync(origin.Url("/endless"))).Cause.ShouldBe(FailureCause.BodyTooLarge);
        (await door.FailAsync(origin.Url("/cut"))).Cause.ShouldBe(FailureCause.ConnectionLost);

        door.Memory.Held.ShouldBe(0);
    }

    [Fact]
    public async Task Header_flood_is_refused()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed(Feed).WithHeaderFlood(1 << 20));

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Cause.ShouldBe(FailureCause.HeadersTooLarge);
        failed.Attempts.ShouldBe(1);
    }
}
