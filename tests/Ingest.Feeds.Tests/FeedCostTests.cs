using Ingest.Text.Limits;

namespace Ingest.Feeds.Tests;

/// <summary>What reading feeds costs, in what does not depend on the machine.</summary>
public class FeedCostTests
{
    // As measured, with 15 % of room. Where a change takes less, it becomes the measure.
    private const double MostBytes = 95_000;

    [Fact]
    public void Reading_the_golden_feeds_allocates_no_more_than_it_did()
    {
        var feeds = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), "*.xml").Select(File.ReadAllBytes).ToList();
        for (var round = 0; round < 3; round++) ReadAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll();

        ((GC.GetAllocatedBytesForCurrentThread() - before) / (double)feeds.Count).ShouldBeLessThanOrEqualTo(MostBytes * 1.15);

        void ReadAll() => feeds.ForEach(static feed => FeedReader.Read(feed, null, new Uri("https://example.org/feeds/feed"), ReadingLimit.None));
    }
}
