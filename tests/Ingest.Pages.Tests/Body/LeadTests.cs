using Ingest.Pages.Tests.Body.Fate;

namespace Ingest.Pages.Tests.Body;

/// <summary>Standfirsts in the article's own header, and in headings below the headline's.</summary>
public sealed class LeadTests
{
    private const string Lead = "Growers count the rows after the wind, and nobody lends a tractor";

    [Theory]
    [InlineData("<p class=article-subtitle>{0}</p>")]
    [InlineData("<div class=dek><p>{0}</p></div>")]
    [InlineData("<h2 class=Story__Subtitle>{0}</h2>")]
    [InlineData("<div class=meta>12 May</div><p class=standfirst>{0}</p>")]
    [InlineData("<div class=story-intro>{0}</div>")]
    public void Standfirst_in_the_header_is_read(string html) => InHeader(html.Replace("{0}", Lead)).ShouldContain(Lead);

    [Theory]
    [InlineData("<p class=byline>{0}</p>")]
    [InlineData("<p class=share-intro>{0}</p>")]
    [InlineData("<p>{0}</p>")]
    [InlineData("<figure class=lead><figcaption>{0}</figcaption></figure>")]
    public void Other_line_in_the_header_is_not(string html) => InHeader(html.Replace("{0}", Lead)).ShouldNotContain(Lead);

    [Fact]
    public void Title_behind_a_kicker_is_no_standfirst() =>
        InHeader("<h2 class=subtitle>In the valley Storm fells a third of the orchard</h2>").ShouldNotContain("In the valley");

    [Fact]
    public void Sentence_in_a_heading_below_the_headline_is_read() =>
        Story.ReadPage($"<main><h1>Storm fells a third of the orchard</h1><h2>{Lead}</h2><div class=article-body>{Story.Two(0)}{Story.Two(2)}</div></main>")
            .ShouldContain(Lead);

    [Fact]
    public void What_the_text_says_again_is_read_once() =>
        Story.ReadPage(
            $"<main><h1>Storm fells a third of the orchard</h1><p>{Story.Text(2)}</p>"
                + $"<div class=article-body>{Story.Two(0)}{Story.Two(2)}{Story.Two(4)}</div></main>")
            .IndexOf(Story.Text(2), StringComparison.Ordinal).ShouldBeGreaterThan(100);

    [Theory]
    [InlineData("山谷报记者 王芳 李娜")]
    [InlineData("□ 本报记者 王芳")]
    public void Line_of_reporters_is_dropped(string line) => Story.AtStart($"<p>{line}</p>").ShouldNotContain("记者");

    private static string InHeader(string html) =>
        Story.ReadPage(
            $"<main class=main-content><header><h1>Storm fells a third of the orchard</h1>{html}</header>{Story.Two(0)}{Story.Two(2)}{Story.Two(4)}</main>");
}
