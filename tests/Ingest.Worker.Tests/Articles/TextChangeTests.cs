using Ingest.Worker.Articles;

namespace Ingest.Worker.Tests.Articles;

public sealed class TextChangeTests
{
    private static readonly DatedArticle Stored = Article("Fire at the “old” mill", "The mill burnt on 3 May. Nobody was hurt, said the mayor.");

    [Fact]
    public void The_same_text_is_no_change() => Kind(Stored with { Authors = ["A"] }).ShouldBe(ChangeKind.None);

    [Theory]
    [InlineData("The mill burnt on 3 May.  Nobody was hurt, said the mayor.")]
    [InlineData("The mill burnt on 3 May – nobody was hurt, said the Mayor!")]
    [InlineData("The mill burnt on 3 May.\n\nNobody was hurt, said the mayor.")]
    public void Spaces_punctuation_and_case_are_cosmetic(string body) => Kind(Stored with { Body = body }).ShouldBe(ChangeKind.Cosmetic);

    [Fact]
    public void Other_words_are_a_revision_that_says_what_changed()
    {
        var change = TextChange.Between(
            Stored,
            Stored with { Title = "Fire destroys the old mill", Body = Stored.Body + " The fire brigade came from three villages." },
            0,
            new HashSet<Guid>());
        change.Kind.ShouldBe(ChangeKind.Revised);
        change.Fields.ShouldBe(["title", "body"]);
        change.Words.ShouldBe(9);
        change.IsDoubtful.ShouldBeFalse();
    }

    [Fact]
    public void A_figure_is_corrected_a_few_times_and_then_taken_for_a_counter()
    {
        var counted = Stored with { Body = "The mill burnt on 4 May. Nobody was hurt, said the mayor." };
        TextChange.Between(Stored, counted, 0, new HashSet<Guid>()).IsDoubtful.ShouldBeTrue();
        Kind(counted, doubtful: TextChange.MostDoubtful - 1).ShouldBe(ChangeKind.Revised);
        Kind(counted, doubtful: TextChange.MostDoubtful).ShouldBe(ChangeKind.Settled);
        Kind(counted with { Title = "Another title" }, doubtful: TextChange.MostDoubtful).ShouldBe(ChangeKind.Revised);
    }

    [Fact]
    public void A_text_that_goes_back_and_forth_settles()
    {
        var other = Stored with { Body = "A wholly other text about another thing, of so many words that it is no slip." };
        Kind(other, doubtful: TextChange.MostDoubtful, TextChange.ContentHash(other)).ShouldBe(ChangeKind.Settled);
        Kind(other, doubtful: TextChange.MostDoubtful).ShouldBe(ChangeKind.Revised);
    }

    [Theory]
    [InlineData("RETRACTED: Fire at the mill", true)]
    [InlineData("[Withdrawn] Fire at the mill", true)]
    [InlineData("Zurückgezogen: Feuer in der Mühle", true)]
    [InlineData("【撤回】水車小屋の火事", true)]
    [InlineData("Retracted study on mills still cited", false)]
    [InlineData("Withdrawn from the race", false)]
    [InlineData("Retraction notice for three papers", false)]
    public void A_mark_before_the_title_says_that_the_article_is_withdrawn(string title, bool isRetracted) =>
        (Retraction.OfTitle(title) is not null).ShouldBe(isRetracted);

    [Theory]
    [InlineData("Retracted", true)]
    [InlineData("https://schema.org/Withdrawn", true)]
    [InlineData("Published", false)]
    [InlineData(null, false)]
    public void A_status_says_so_too(string? status, bool isRetracted) => (Retraction.OfStatus(status) is not null).ShouldBe(isRetracted);

    private static ChangeKind Kind(DatedArticle now, int doubtful = 0, params Guid[] earlier) =>
        TextChange.Between(Stored, now, doubtful, earlier.ToHashSet()).Kind;

    private static DatedArticle Article(string title, string body) =>
        new() { Url = new Uri("https://example.com/a"), Title = title, Headline = title, Body = body };
}
