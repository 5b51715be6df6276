namespace Ingest.Pages.Tests.Body.Fate;

public sealed class NameTests
{
    [Theory]
    [InlineData("rating-agencies", "Rating agencies")]
    [InlineData("search-for-survivors", "Search for survivors")]
    [InlineData("CookieRecipes", "Cookie recipes")]
    [InlineData("sharing-the-load", "Sharing the load")]
    [InlineData("related-diseases", "Related diseases")]
    [InlineData("trending-downwards", "Trending downwards")]
    [InlineData("next-years-plan", "Next year's plan")]
    [InlineData("comment_by_the_court", "Comment by the court")]
    [InlineData("sponsors", "The sponsors of the first trees")]
    [InlineData("spenden-der-nachbarn", "Spenden der Nachbarn")]
    public void Chapter_stays_whose_id_says_what_its_heading_says(string id, string heading)
    {
        var text = Story.Inside($"<section id=\"{id}\"><h2>{heading}</h2>{Story.Two(4)}</section>");
        text.ShouldContain(heading);
        text.ShouldContain(Story.Text(5));
    }

    [Theory]
    [InlineData("newsletter-box", "Newsletter")]
    [InlineData("related-articles", "Related articles")]
    [InlineData("share-buttons", "Share buttons")]
    [InlineData("popular-posts", "Popular posts")]
    [InlineData("comments", "Comments")]
    [InlineData("subscribe", "Subscribe")]
    [InlineData("advert-1", "Buy our pears")]
    [InlineData("update-browser-banner", "An old window")]
    [InlineData("browser-warning", "An old window")]
    [InlineData("outdated-browser", "An old window")]
    [InlineData("browsehappy", "An old window")]
    [InlineData("unsupported-browser-notice", "An old window")]
    public void Box_of_a_template_is_dropped_by_its_id(string id, string heading) =>
        Story.Inside($"<div id=\"{id}\"><h3>{heading}</h3><p>Every morning we tell you three short tales of the valley.</p></div>")
            .ShouldNotContain("Every morning");

    [Fact]
    public void Chapters_that_are_named_alike_stay_together()
    {
        var text = Story.Read(
            $"<h2>Storm</h2><div class=\"part-storm\">{Story.Two(0)}</div><h2>Votes</h2>"
                + $"<div class=\"part-voting\">{Story.Two(2)}</div><h2>Trees</h2>"
                + $"<div class=\"part-trees\">{Story.Two(4)}</div><h2>Gifts</h2><div class=\"part-donation\">{Story.Two(6)}</div>");
        for (var i = 0; i < 8; i++) text.ShouldContain(Story.Text(i));
    }

    [Theory]
    [InlineData("post-7 type-commentary commentary status-publish hentry")]
    [InlineData("node node--type-discussion")]
    [InlineData("post-7 newsletter type-newsletter")]
    [InlineData("article article-type-comment")]
    [InlineData("commentary")]
    [InlineData("promo")]
    public void Article_stays_whatever_its_type_is_called(string name)
    {
        var text = Story.ReadPage(
            $"<main><article class=\"{name}\"><h1>Storm fells a third of the orchard</h1>"
                + $"<div class=\"t\">{Story.Two(0)}{Story.Two(2)}</div></article></main><section class=\"related-stories\"><h2>Related</h2><ul>"
                + $"<li><h3><a href=/1>Press turns a hundred</a></h3>{Story.Two(4)}</li></ul></section>");
        text.ShouldContain(Story.Text(0));
        text.ShouldContain(Story.Text(3));
        text.ShouldNotContain(Story.Text(4));
    }

    [Theory]
    [InlineData("p", "paywall")]
    [InlineData("p", "promo")]
    [InlineData("div", "card")]
    [InlineData("div", "subscription")]
    public void Name_that_most_paragraphs_have_is_not_believed(string tag, string name)
    {
        var paragraphs = string.Concat(Enumerable.Range(0, 8).Select(i => $"<div><{tag} class=\"{name}\">{Story.Text(i)}</{tag}></div>"));
        var text = Story.ReadPage($"<main><h1>Storm fells a third of the orchard</h1>{paragraphs}</main>");
        text.ShouldContain(Story.Text(0));
        text.ShouldContain(Story.Text(7));
    }

    [Theory]
    [InlineData("<footer><p>The Orchard Weekly is printed in Linden Hollow. It belongs to its readers, and nobody else pays for it.</p></footer>")]
    [InlineData("<div class=\"site-footer\"><p>The Orchard Weekly is printed in Linden Hollow. It belongs to its readers, and to nobody else.</p></div>")]
    [InlineData("<div role=\"contentinfo\"><p>The Orchard Weekly is printed in Linden Hollow. It belongs to its readers.</p></div>")]
    [InlineData("<div id=\"cookie-notice\"><p>We keep small files on your device, so that the page knows you again. You may refuse them.</p></div>")]
    [InlineData("<div class=\"gdpr-consent\"><p>Partners of ours read what you like, so that adverts are of use to you. You may refuse it.</p></div>")]
    public void Footer_or_notice_is_no_body_where_there_is_nothing_else(string html)
    {
        Story.ReadPage($"<div id=\"app\"></div>{html}{html}").ShouldBeEmpty();
        Story.ReadPage($"<h1>Storm fells a third of the orchard</h1><p>{Story.Text(0)}</p>{html}").ShouldBe(Story.Text(0));
    }

    [Theory]
    [InlineData("div class=\"paywall\"")]
    [InlineData("div class=\"newsletter-content\"")]
    [InlineData("div class=\"promo-inner\"")]
    [InlineData("div class=\"subscription-wall open\"")]
    [InlineData("div class=\"search-highlight\"")]
    [InlineData("section class=\"partner-content\"")]
    public void Paragraphs_that_outweigh_what_their_name_leaves_stay(string element)
    {
        var tag = element[..element.IndexOf(' ', StringComparison.Ordinal)];
        var teasers = string.Concat(Enumerable.Range(0, 9).Select(
            static i => $"<div class=\"t\"><h3><a href=/{i}>Press number {i}</a></h3>"
                + $"<p>Teaser {i} of the paper tells in one line what another text is about.</p></div>"));
        var text = Story.ReadPage(
            "<main><h1>Storm fells a third of the orchard</h1></main>"
                + $"<div class=\"w\"><{element}>{Story.Two(0)}{Story.Two(2)}{Story.Two(4)}{Story.Two(6)}</{tag}></div>{teasers}"
                + "<div class=\"terms\"><p>What the readers of the paper should know about its prices stands here, in a sentence.</p></div>");
        text.ShouldContain(Story.Text(0));
        text.ShouldContain(Story.Text(7));
    }

    [Fact]
    public void Comments_stay_out_however_long()
    {
        var comments = string.Concat(Enumerable.Range(0, 8).Select(i => $"<p>Reader {i} says: {Story.Text(7 - i)} And more of the same, at length.</p>"));
        Story.ReadPage($"<main><h1>Storm fells a third of the orchard</h1>{Story.Two(0)}</main><div class=\"comments\"><div>{comments}</div></div>")
            .ShouldNotContain("Reader 1");
    }
}
