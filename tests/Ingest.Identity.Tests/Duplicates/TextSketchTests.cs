using Ingest.Identity.Duplicates;

namespace Ingest.Identity.Tests.Duplicates;

public sealed class TextSketchTests
{
    private const double Similarity = 0.5;

    [Fact]
    public void Texts_that_share_one_paragraph_of_many_are_told_apart_without_being_read()
    {
        var shared = SampleText.Body("shared", 1);
        var passed = Enumerable.Range(0, 50).Count(n =>
            !MayAgree(SampleText.Body($"one {n}", 7) + "\n\n" + shared, shared + "\n\n" + SampleText.Body($"other {n}", 7), common: 0));
        passed.ShouldBe(50);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(4, 8)]
    [InlineData(8, 4)]
    [InlineData(1, 12)]
    [InlineData(12, 1)]
    public void Texts_of_which_one_holds_the_other_are_read_whatever_their_lengths(int paragraphs, int others)
    {
        for (var n = 0; n < 50; n++) MayAgree(SampleText.Body($"text {n}", paragraphs), SampleText.Body($"text {n}", others), common: 0).ShouldBeTrue();
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(5, 7)]
    [InlineData(7, 5)]
    public void Texts_that_share_little_more_than_half_are_read(int own, int others)
    {
        var shared = Math.Min(own, others) + 1;
        for (var n = 0; n < 100; n++)
        {
            var common = SampleText.Body($"shared {n}", shared);
            MayAgree(SampleText.Body($"own {n}", own) + "\n\n" + common, common + "\n\n" + SampleText.Body($"other {n}", others), common: 0).ShouldBeTrue();
        }
    }

    [Fact]
    public void What_the_site_writes_under_everything_is_not_held_against_a_short_text()
    {
        var (site, text) = (SampleText.Body("site", 6), SampleText.Body("text", 1));
        var boilerplate = ShingledText.Of(site).Groups.Count;
        MayAgree(text + "\n\n" + SampleText.Body("more", 7), text + "\n\n" + site, boilerplate).ShouldBeTrue();
    }

    [Fact]
    public void A_sketch_that_is_damaged_is_no_reason_to_fail()
    {
        new TextSketch(0, []).Agreement(new HashSet<int>(), 0, Similarity).ShouldNotBeNull();
        new TextSketch(-5, [1, 2, 3]).Agreement(new HashSet<int>(), 5, Similarity).ShouldNotBeNull();
    }

    // The sketch is of what is stored, the groups are of what is new.
    private static bool MayAgree(string stored, string text, int common)
    {
        var groups = ShingledText.Of(text).Groups;
        var sketch = ShingleSample.Of(ShingledText.Of(stored)).Sketch;
        return sketch.Agreement(groups.Select(ShingleSample.ShortOf).ToHashSet(), groups.Count - common, Similarity) is not null;
    }
}
