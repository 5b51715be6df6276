namespace Ingest.Pages.Tests.Body.Fate;

/// <summary>Boxes that themes call cards and callouts, and that are the article's.</summary>
public sealed class CardTests
{
    private const string Ingredients = "<ul><li>8 ripe pears</li><li>1 lemon, pressed</li><li>6 spoons of sugar</li></ul>";

    [Theory]
    [InlineData("zz-create-card recipe-card", "zz-create-ingredients")]
    [InlineData("card", "card-ingredients-list")]
    [InlineData("tasty-widget", "tasty-ingredients")]
    [InlineData("cook-tile", "cookIngredients")]
    [InlineData("rezept-card", "zutatenliste")]
    [InlineData("receta-extra", "lista-ingredientes")]
    public void Recipe_stays_whose_card_has_ingredients(string card, string list)
    {
        var text = Story.Inside(
            $"<section class=\"{card}\"><h3>Pear jam</h3><div class=\"{list}\"><h4>You need</h4>{Ingredients}</div>"
                + "<div class=steps><ol><li>Boil the pears.</li><li>Fill the jars.</li></ol></div></section>");
        text.ShouldContain("Pear jam");
        text.ShouldContain("1 lemon, pressed");
        text.ShouldContain("Fill the jars.");
    }

    [Theory]
    [InlineData("<div class=card><h3>Pear jam</h3><p><a href=/j>Jam that the whole valley</a> likes, says the owner.</p></div>")]
    [InlineData("<div class=card><h3>Jam</h3><div class=ingredients><ul><li><a href=/1>Jam that the whole valley likes</a></li>"
        + "<li><a href=/2>Pears of the year</a></li><li><a href=/3>Quinces in October</a></li></ul></div></div>")]
    [InlineData("<div class=related><h3>Jam</h3><div class=ingredients><ul><li>Jam that all the valley likes</li><li>Pears</li><li>Salt</li></ul></div></div>")]
    public void Card_of_another_page_is_dropped(string html) => Story.Inside(html).ShouldNotContain("the whole valley");

    [Theory]
    [InlineData("key-takeaways callout")]
    [InlineData("zz-block-callout zz-block-callout--summary")]
    [InlineData("infobox key-points")]
    [InlineData("factbox quick-facts")]
    [InlineData("article-widget takeaways")]
    public void Box_that_sums_the_article_up_stays(string name)
    {
        var text = Story.AtStart(
            $"<div class=\"{name}\"><h3 class=callout-heading>In short</h3><div class=zz-callout-text><ul>"
                + "<li>A third of the trees fell in one night.</li><li>The windbreak is discussed again.</li></ul></div></div>");
        text.ShouldContain("In short");
        text.ShouldContain("A third of the trees fell");
    }

    [Theory]
    [InlineData("callout")]
    [InlineData("zz-block-callout zz-block-callout--offer")]
    [InlineData("summary-teaser")]
    [InlineData("more-points")]
    [InlineData("newsletter key-takeaways")]
    public void Other_box_is_dropped(string name) =>
        Story.AtStart($"<div class=\"{name}\"><h3>Club</h3><ul><li>Ladders for members of the club.</li><li>Sacks and crates.</li></ul></div>")
            .ShouldNotContain("Ladders for members");

    [Theory]
    [InlineData("listing-header", "listing-intro")]
    [InlineData("page-head", "lead")]
    [InlineData("story-header", "article-intro")]
    [InlineData("zz-banner", "introduction")]
    [InlineData("story-meta", "dek")]
    public void Introduction_of_several_paragraphs_stays_in_the_header_of_the_headline(string header, string intro)
    {
        var text = Story.ReadPage(
            $"<main class=article-body><section class=\"{header}\"><h1>Storm fells a third of the orchard</h1>"
                + $"<div class=\"{intro}\">{Story.Two(0)}</div></section>"
                + $"{Story.Two(2)}{Story.Two(4)}{Story.Two(6)}{Story.Two(2)}</main>");
        text.ShouldContain(Story.Text(0));
        text.ShouldContain(Story.Text(1));
    }

    [Theory]
    [InlineData("banner-offer")]
    [InlineData("zz-cta zz-cta--wide")]
    [InlineData("PostBanner_1")]
    [InlineData("card teaser")]
    [InlineData("callout special-offers")]
    public void Box_that_advertises_is_dropped_though_it_stands_in_the_text(string name) =>
        Story.Inside($"<div class=\"{name}\"><h3>Grow with us</h3><p>For forty years we have planted orchards for towns and families.</p></div>")
            .ShouldNotContain("For forty years");

    [Theory]
    [InlineData("callout")]
    [InlineData("card card--fact")]
    [InlineData("factbox")]
    [InlineData("infobox infobox--wide")]
    [InlineData("extra")]
    public void Box_that_explains_stays_in_the_text(string name) =>
        Story.Inside($"<div class=\"{name}\"><h3>The windbreak</h3><p>A row of poplars stood above the terraces until they were felled.</p></div>")
            .ShouldContain("A row of poplars");

    [Fact]
    public void Introduction_in_a_card_below_is_another_article()
    {
        var text = Story.ReadPage(
            "<main class=article-body><h1>Storm fells a third of the orchard</h1>"
                + $"{Story.Two(2)}{Story.Two(4)}{Story.Two(6)}{Story.Two(2)}{Story.Two(4)}<div class=card><div class=intro>{Story.Two(0)}</div></div></main>");
        text.ShouldNotContain(Story.Text(0));
    }
}
