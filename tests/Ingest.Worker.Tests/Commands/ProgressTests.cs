using Ingest.Worker.Commands.Output;

namespace Ingest.Worker.Tests.Commands;

public sealed class ProgressTests
{
    [Theory]
    [InlineData(120, 350L, null, 10, "120 of 350 sources, 34 %, 12/s, 0:19 left")]
    [InlineData(5, 350L, null, 10, "5 of 350 sources, 1 %, 0.5/s, 11:30 left")]
    [InlineData(0, 350L, null, 10, "0 of 350 sources, 0 %")]
    [InlineData(350, 350L, null, 0, "350 of 350 sources, 100 %")]
    [InlineData(1_200_000, null, null, 200, "1,200,000 sources, 6,000/s")]
    [InlineData(1_200_000, null, 0.25, 200, "1,200,000 sources, 25 %, 6,000/s, 10:00 left")]
    [InlineData(1_000, 1_000_000L, null, 10, "1,000 of 1,000,000 sources, 0 %, 100/s, 2:46:30 left")]
    [InlineData(10, 1_000_000L, null, 10, "10 of 1,000,000 sources, 0 %, 1/s, 11.6 days left")]
    public void A_line_says_what_is_done_of_all_how_fast_and_how_long_it_will_take(int done, long? all, double? share, int seconds, string line) =>
        Progress.Line(new Measure("sources", done, all) { Share = share }, 0, TimeSpan.FromSeconds(seconds)).ShouldBe(line);

    [Fact]
    public void What_was_done_before_it_was_looked_at_is_no_part_of_the_rate() =>
        Progress.Line(new Measure("pages", 300, 400), 200, TimeSpan.FromSeconds(10)).ShouldBe("300 of 400 pages, 75 %, 10/s, 0:10 left");
}
