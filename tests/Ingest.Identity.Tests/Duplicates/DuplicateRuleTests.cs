using CsCheck;
using Ingest.Identity.Duplicates;

namespace Ingest.Identity.Tests.Duplicates;

public sealed class DuplicateRuleTests
{
    private static readonly DuplicateRule Rule = new(0.5);

    private static readonly string Wire = SampleText.Body("wire", 6);

    [Fact]
    public void The_text_itself_is_one_story_however_it_is_punctuated() =>
        Links(Wire, Wire.ToUpperInvariant().Replace(". ", " — ", StringComparison.Ordinal)).ShouldBeTrue();

    [Fact]
    public void A_text_that_is_cut_is_found_in_the_whole() => Links(Wire, Wire[..(Wire.Length / 3)] + "… Read on at our site").ShouldBeTrue();

    [Fact]
    public void A_local_introduction_does_not_hide_the_text() => Links(Wire, SampleText.Body("local", 2) + "\n\n" + Wire).ShouldBeTrue();

    [Fact]
    public void Paragraphs_in_another_order_are_the_same_text() => Links(Wire, string.Join("\n\n", Wire.Split("\n\n").Reverse())).ShouldBeTrue();

    [Fact]
    public void Every_ninth_word_may_be_another_one() =>
        Links(Wire, string.Join(' ', Wire.Split(' ').Select(static (word, n) => n % 9 == 0 ? "reworded" : word))).ShouldBeTrue();

    [Fact]
    public void What_a_site_writes_under_everything_links_nothing()
    {
        var boilerplate = SampleText.Body("site", 2);
        Links(SampleText.Body("one", 2) + "\n\n" + boilerplate, SampleText.Body("two", 2) + "\n\n" + boilerplate).ShouldBeFalse();
    }

    [Fact]
    public void Boilerplate_that_outweighs_the_text_is_known_from_the_sites_other_articles()
    {
        var boilerplate = SampleText.Body("site", 8);
        ShingledText Article(string name) => ShingledText.Of(SampleText.Body(name, 1) + "\n\n" + boilerplate);
        var (known, text) = (new DuplicateCandidate(default, 1, null, Article("one")), Article("two"));
        var common = StoryChoice.Common(text, [Article("three"), Article("four"), Article("five"), Article("six")]);
        StoryChoice.Choose(Rule, text, [known], common).ShouldBeEmpty();
        StoryChoice.Choose(Rule, text, [known], new HashSet<ulong>()).ShouldHaveSingleItem();
    }

    [Fact]
    public void Lines_under_which_two_posts_differ_are_a_doubt_that_one_other_post_with_them_settles()
    {
        var footer = SampleText.Body("site", 2);
        ShingledText Post(string name) => ShingledText.Of(SampleText.Body(name, 1)[..60] + ".\n\n" + footer);
        var match = StoryChoice.Choose(Rule, Post("one"), [Candidate(Post("two"))], new HashSet<ulong>()).ShouldHaveSingleItem();
        match.IsDoubtful.ShouldBeTrue();
        StoryChoice.Holds(Rule, Post("one"), Post("two"), [ShingledText.Of(SampleText.Body("another", 2)), Post("three")]).ShouldBeFalse();
        StoryChoice.Holds(Rule, Post("one"), Post("two"), [ShingledText.Of(SampleText.Body("another", 2))]).ShouldBeTrue();
    }

    [Fact]
    public void A_text_that_two_houses_introduce_is_one_story_unless_they_write_it_under_everything()
    {
        var (one, other) = (ShingledText.Of(SampleText.Body("one", 1) + "\n\n" + Wire), ShingledText.Of(SampleText.Body("other", 1) + "\n\n" + Wire));
        StoryChoice.Choose(Rule, one, [Candidate(other)], new HashSet<ulong>()).ShouldHaveSingleItem().IsDoubtful.ShouldBeTrue();
        StoryChoice.Holds(Rule, one, other, [ShingledText.Of(SampleText.Body("another", 6))]).ShouldBeTrue();
        foreach (var copy in (string[])[Wire, Wire[..(Wire.Length / 3)] + "… Read on at our site", SampleText.Body("local", 2) + "\n\n" + Wire])
        {
            var match = StoryChoice.Choose(Rule, ShingledText.Of(copy), [Candidate(ShingledText.Of(Wire))], new HashSet<ulong>()).ShouldHaveSingleItem();
            match.IsDoubtful.ShouldBeFalse();
        }
    }

    [Fact]
    public void A_template_with_other_figures_is_another_article()
    {
        static string Forecast(int seed) => string.Join("\n\n", Enumerable.Range(1, 6).Select(day =>
            $"On this day of the week the sky over the valley will be bright with a high of {(seed * day) % 31} degrees and a low of {(seed * day * 7) % 17} "
                + $"degrees, and the wind will blow from the west at {(seed * day * 3) % 71} kilometres an hour."));
        Links(Forecast(11), Forecast(13)).ShouldBeFalse();
        Links(Forecast(11), Forecast(11)).ShouldBeTrue();
    }

    [Fact]
    public void Short_texts_are_never_compared()
    {
        const string notice = "The office is closed on Monday. Please come back on Tuesday, or write to us.";
        DuplicateRule.IsComparable(ShingledText.Of(notice)).ShouldBeFalse();
        Links(notice, notice).ShouldBeFalse();
    }

    [Fact]
    public void Texts_of_scripts_without_spaces_are_compared_letter_by_letter()
    {
        var text = SampleText.Ideographs("wire", 400);
        Links(text, "地元の記者による。" + SampleText.Ideographs("intro", 60) + text).ShouldBeTrue();
        Links(text, text[..150]).ShouldBeTrue();
        Links(text, SampleText.Ideographs("other", 400)).ShouldBeFalse();
    }

    [Fact]
    public void Any_text_is_shingled_without_an_exception_and_wholly_contained_in_itself() =>
        Gen.OneOf(Gen.String, Gen.Char["a b.c'1,2\u0301\u65e5\u672c\ud83d\ude00\ud800\u0000\u0e01\n"].Array[0, 200].Select(
            static chars => new string(chars))).Sample(
            static text =>
            {
                var shingled = ShingledText.Of(text);
                var found = Resemblance.Of(shingled, ShingledText.Of(text), new HashSet<ulong>());
                found.Shared.ShouldBe(shingled.Groups.Count);
                ShingleSample.Of(shingled).ToAsk.ShouldBeSubsetOf(shingled.Groups.Select(ShingleSample.ShortOf));
                shingled.Groups.ShouldBe(shingled.Sequence.Distinct().Order());
            },
            iter: 2_000);

    [Fact]
    public void What_is_kept_of_a_part_is_asked_for_by_the_whole_and_the_other_way_round()
    {
        for (var n = 0; n < 50; n++)
        {
            var whole = ShingleSample.Of(ShingledText.Of(SampleText.Body($"whole {n}", 8)));
            var part = ShingleSample.Of(ShingledText.Of(SampleText.Body($"whole {n}", 3)));
            part.ToKeep.Intersect(whole.ToAsk).Count().ShouldBeGreaterThanOrEqualTo(2);
            whole.ToKeep.Intersect(part.ToAsk).Count().ShouldBeGreaterThanOrEqualTo(2);
        }
    }

    private static DuplicateCandidate Candidate(ShingledText text) => new(default, 1, null, text);

    private static bool Links(string one, string other) => Rule.Holds(Resemblance.Of(ShingledText.Of(one), ShingledText.Of(other), new HashSet<ulong>()));
}
