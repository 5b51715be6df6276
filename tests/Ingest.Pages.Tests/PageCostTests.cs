using Ingest.Text.Limits;

namespace Ingest.Pages.Tests;

/// <summary>What reading pages costs, in what does not depend on the machine.</summary>
public sealed class PageCostTests
{
    // As measured, with 15 % of room. Where a change takes less, it becomes the measure.
    private const double MostBytes = 95_000;

    [Fact]
    public void Reading_the_golden_pages_allocates_no_more_than_it_did()
    {
        var pages = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Body", "Golden"), "*.html").Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes).ToList();
        for (var round = 0; round < 3; round++) ReadAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll();

        ((GC.GetAllocatedBytesForCurrentThread() - before) / (double)pages.Count).ShouldBeLessThanOrEqualTo(MostBytes * 1.15);

        void ReadAll() => pages.ForEach(static page => PageReader.Read(page, null, new Uri("https://example.org/a"), ReadingLimit.None));
    }
}
