using System.Diagnostics;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Tests;

/// <summary>Every kind of attack ends soon, small, and with a reading or a reason.</summary>
public class HostileFeedTests
{
    private const int Mega = 1024 * 1024;
    private const long MaxAllocated = 600L * Mega;
    private const long MaxKept = 200L * Mega;

    // Only tells an end from none: the machine of the tests may be slow and shared. The benchmarks' feeds-hostile measures.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Kinds() => new(HostileFeeds.Kinds.Keys);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ends_with_a_reading_or_a_reason(string kind)
    {
        var bytes = HostileFeeds.Kinds[kind]();
        FeedReading? reading = null;
        TimeSpan used = default;
        var (allocated, kept) = (0L, 0L);

        // The stack of a thread-pool thread is as large as this one's; a reader that recurses too deep would end the process.
        var thread = new Thread(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            reading = FeedReader.Read(bytes, null, new Uri("https://example.org/feed"), ReadingLimit.None);
            used = Stopwatch.GetElapsedTime(start);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }, 1536 * 1024);
        thread.Start();
        thread.Join();
        kept = Size(reading);

        reading.ShouldNotBeNull();
        if (reading is FeedReading.Unreadable unreadable) unreadable.Reason.ShouldNotBeNullOrWhiteSpace();
        used.ShouldBeLessThan(MaxTime);
        allocated.ShouldBeLessThan(MaxAllocated);
        kept.ShouldBeLessThan(MaxKept);
    }

    [Fact]
    public void At_least_sixty_kinds_are_tried() => HostileFeeds.Kinds.Count.ShouldBeGreaterThanOrEqualTo(60);

    [Fact]
    public void An_entity_bomb_does_not_grow()
    {
        var reading = FeedReader.Read(HostileFeeds.Kinds["billion laughs"](), null, null, ReadingLimit.None);
        (reading as FeedDocument)?.Entries.Sum(static e => e.Title?.Length ?? 0).ShouldBeLessThan(100_000);
    }

    [Fact]
    public void A_deep_description_loses_no_entry() =>
        FeedReader.Read(HostileFeeds.Kinds["40,000 deep in a description"](), null, null, ReadingLimit.None)
            .ShouldBeOfType<FeedDocument>().Entries.Count.ShouldBe(2);

    [Fact]
    public void A_compression_bomb_is_refused() =>
        FeedReader.Read(HostileFeeds.Gzip(new byte[FeedLimits.MaxBytes + 1]), null, null, ReadingLimit.None).ShouldBeOfType<FeedReading.Unreadable>();

    private static long Size(FeedReading? reading) => reading is not FeedDocument document ? 0
        : document.Entries.Sum(
            static e =>
                200L + (2L * ((e.Title?.Length ?? 0) + (e.Summary?.Length ?? 0) + (e.Content?.Length ?? 0) + (e.Id?.Length ?? 0) + (e.Link?.Length ?? 0))));

    [Theory]
    [InlineData("JSON of zeros")]
    [InlineData("JSON of one name")]
    public void Json_of_more_values_than_a_feed_has_is_refused_before_its_tree_is_made(string kind) =>
        FeedReader.Read(HostileFeeds.Kinds[kind](), null, null, ReadingLimit.None)
            .ShouldBeOfType<FeedReading.Unreadable>().Reason.ShouldBe("more than 1000000 names and values");
}
