using Ingest.Worker.Commands.Output;

namespace Ingest.Worker.Tests.Commands;

public sealed class ListLayoutTests
{
    private static readonly string[] Names = ["source", "new", "error"];

    [Theory]
    [InlineData(80, "a", "no answer", 3)]
    [InlineData(47, "a-name-of-more-than-twelve-letters", "a long sentence that may well be wrapped", 3)]
    [InlineData(46, "a-name-of-more-than-twelve-letters", "a long sentence that may well be wrapped", 2)]
    [InlineData(20, "a-name-of-more-than-twelve-letters", "a long sentence that may well be wrapped", 0)]
    public void Short_columns_stay_whole_and_long_ones_are_wrapped_or_put_below(int width, string name, string error, int fitting) =>
        ListLayout.Fitting(width, Names, [[name, "12", error]]).ShouldBe(fitting);
}
