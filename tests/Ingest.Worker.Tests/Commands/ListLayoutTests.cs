using Ingest.Worker.Commands.Output;

namespace Ingest.Worker.Tests.Commands;

public sealed class ListLayoutTests
{
    private static readonly string[] Names = ["source", "new", "error"];

    [Theory]
    [InlineData(80, "a", "no answer", "0,1,2", -1)]
    [InlineData(47, "a-name-of-more-than-twelve-letters", "a long sentence that may well be wrapped", "0,1,2", -1)]
    [InlineData(46, "a-name-of-more-than-twelve-letters", "a long sentence that may well be wrapped", "0,1", 2)]
    [InlineData(20, "a-name-of-more-than-twelve-letters", "a long sentence that may well be wrapped", "", -1)]
    public void Short_columns_stay_whole_and_long_ones_are_wrapped_or_put_below(int width, string name, string error, string columns, int below)
    {
        var shape = ListLayout.Choose(width, Names, [[name, "12", error]], [0, 0, 0], 2);
        (string.Join(',', shape.Columns), shape.Below).ShouldBe((columns, below));
    }

    [Theory]
    [InlineData(120, "0,1,2,3,4", -1, "")]
    [InlineData(80, "0,1,3", 2, "4")]
    [InlineData(50, "0,3", 2, "1,4")]
    [InlineData(30, "0,3", 2, "1,4")]
    [InlineData(10, "", -1, "")]
    public void What_can_be_spared_is_left_out_in_its_order_before_names_are_wrapped(int width, string columns, int below, string leftOut)
    {
        string[] names = ["name", "url", "error", "state", "tags"];
        string[] row = ["a-name-of-24-letters-it-is", "https://example.org/a/feed", "no answer, and many words", "active", "a, b, c and some more"];
        var shape = ListLayout.Choose(width, names, [row], [0, 1, 0, 0, 2], 2);
        (string.Join(',', shape.Columns), shape.Below, string.Join(',', shape.LeftOut(names.Length))).ShouldBe((columns, below, leftOut));
    }
}
