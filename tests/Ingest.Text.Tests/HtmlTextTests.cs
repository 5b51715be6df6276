using CsCheck;
using Ingest.Text.Html;

namespace Ingest.Text.Tests;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("Tom &amp; Jerry", "Tom & Jerry")]
    [InlineData("a < b and c > d", "a < b and c > d")]
    [InlineData("List<Order> in depth", "List<Order> in depth")]
    [InlineData("<b>Bold</b> claim", "Bold claim")]
    [InlineData("One<br>two", "One two")]
    [InlineData("<p>One</p><p>two</p>", "One two")]
    [InlineData("&#8217;&#x2014;&#150;&#0;&hellip;", "’—–\uFFFD…")]
    [InlineData("?a=1&copy=2 &copy 2", "?a=1&copy=2 © 2")]
    [InlineData("&nosuchname; & &#; &#xZZ;", "&nosuchname; & &#; &#xZZ;")]
    [InlineData("<![CDATA[Inside]]>", "Inside")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_line_is_the_text_of_the_fragment(string? html, string expected) => HtmlText.Line(html).ShouldBe(expected);

    [Fact]
    public void Blocks_part_paragraphs_and_single_breaks_do_not() =>
        HtmlText.Paragraphs("<div>One<br/>still one<br><br>two<ul><li>three</li><li>four</li></ul>five<h2>six</h2></div>")
            .ShouldBe(["One still one", "two", "three", "four", "five", "six"]);

    [Fact]
    public void Cells_of_a_row_stay_in_one_paragraph() =>
        HtmlText.Paragraphs("<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2020</td><td>7</td></tr></table>").ShouldBe(["Year Sum", "2020 7"]);

    [Fact]
    public void Plain_text_breaks_at_every_line() => HtmlText.Paragraphs("One\ntwo\r\n\r\nthree").ShouldBe(["One", "two", "three"]);

    [Fact]
    public void Inline_markup_alone_breaks_at_blank_lines() => HtmlText.Paragraphs("One <i>and</i>\nmore\n\ntwo").ShouldBe(["One and more", "two"]);

    [Fact]
    public void Scripts_frames_captions_and_comments_carry_no_text() =>
        HtmlText.Paragraphs(
            "<p>One</p><script>if (a < b) { x('</p>'); }</script><!-- no --><figure><img src=a><figcaption>Caption</figcaption></figure><iframe "
                + "src=x></iframe><p>two</p>")
            .ShouldBe(["One", "two"]);

    [Fact]
    public void Quoted_values_may_hold_a_greater_sign() => HtmlText.Line("<a title=\"x > y\">text</a>").ShouldBe("text");

    [Fact]
    public void A_quote_that_never_closes_does_not_swallow_the_rest() => HtmlText.Line("<a href=\"x>text</a> more").ShouldBe("text more");

    [Theory]
    [InlineData("<a ")]
    [InlineData("<a x=\"")]
    [InlineData("<script>")]
    [InlineData("<div>")]
    [InlineData("</select ")]
    [InlineData("&amp")]
    [InlineData("<!--")]
    public void Hostile_repetition_is_read_in_bounded_work(string part)
    {
        var text = HtmlText.Body(string.Concat(Enumerable.Repeat(part, 200_000)));
        text.Length.ShouldBeLessThanOrEqualTo(part.Length * 200_000);
    }

    [Fact]
    public void Any_fragment_gives_clean_lines() =>
        Gen.OneOf(Gen.String, Gen.OneOf(
            [.. new[] { "<p>", "</p>", "<br>", "<", ">", "&lt;", "\"", "='", "<script>", "</script>", "text ", "\n", "<!--", "-->" }.Select(Gen.Const)]))
            .List[0, 30].Select(parts => string.Concat(parts))
            .Sample(html => HtmlText.Paragraphs(html).All(line => line.Length > 0 && line == PlainText.Line(line)));
}
