using System.Text;
using CsCheck;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests.Body;

/// <summary>Pages that are made, or broken, to cost more than they should.</summary>
public sealed class HostilePageTests
{
    private const int Bytes = 10_000_000;
    private static readonly Uri Url = new("https://example.org/2024/03/05/story");

    [Theory]
    [InlineData("<div>")]
    [InlineData("<p><button>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<a><div></a>")]
    [InlineData("<b><p>")]
    [InlineData("<dl><dd>")]
    [InlineData("<article class=post-content><p>One sentence of words, long enough to count as prose.</p>")]
    [InlineData("<br>text")]
    [InlineData("<li><a href=x>link</a>")]
    [InlineData("<h2>Related</h2>")]
    [InlineData("<")]
    [InlineData("&amp;")]
    public void Ten_megabytes_of_one_thing_are_read(string unit)
    {
        var html = "<html><body>" + string.Concat(Enumerable.Repeat(unit, Bytes / unit.Length));
        Read(html).Explanation.ShouldNotBeNull();
    }

    /// <summary>Formatting elements left open are made again wherever text follows; the parser alone would make millions.</summary>
    [Theory]
    [InlineData(250, "<p>x</p>")]
    [InlineData(2000, "<p>x</p>")]
    [InlineData(250, "<div><div></div>x</div>")]
    [InlineData(250, "<td></td><table>x</table>")]
    [InlineData(250, "<table>x<tr>")]
    public void Formatting_left_open_is_not_made_again_without_end(int open, string unit)
    {
        var formatting = string.Concat(Enumerable.Range(0, open).Select(static n => $"<font color={n}>"));
        using var document = BoundedParse.Read($"<body><p>{formatting}</p>{string.Concat(Enumerable.Repeat(unit, 100_000))}", ReadingLimit.None);
        document.All.Length.ShouldBeLessThan(400_000);
    }

    [Fact]
    public void Distinct_formatting_in_every_paragraph_is_not_made_again_without_end()
    {
        using var document = BoundedParse.Read(
            "<body>" + string.Concat(Enumerable.Range(0, 100_000).Select(static n => $"<p><font color={n}>")), ReadingLimit.None);
        document.All.Length.ShouldBeLessThan(100_000);
    }

    [Fact]
    public void Formatting_that_pages_forget_to_close_does_not_end_them()
    {
        var page = Read(
            "<body>"
                + string.Concat(Enumerable.Range(0, 1000).Select(
                    static n => $"<p><b><a href=/{n}>Gauge {n}</a> stood below the mark, said the water board on Tuesday.</p>"))
                + "<p>The river rose no more.</p>");
        page.Body!.Text.ShouldEndWith("The river rose no more.");
    }

    [Fact]
    public void Attributes_of_an_element_are_bounded()
    {
        using var document = BoundedParse.Read(
            $"<body><p {string.Concat(Enumerable.Range(0, 100_000).Select(static n => $"a{n}=1 "))}>text", ReadingLimit.None);
        document.QuerySelector("p")!.Attributes.Length.ShouldBe(100);
    }

    [Theory]
    [InlineData("<i>a</i>", 100_000, 32_000)]
    [InlineData("<i>a</i>", 250_000, 80_000)]
    [InlineData("<i>a</i>", 1_000_000, 100_000)]
    [InlineData("</p>x", 1_000_000, 100_000)]
    [InlineData("</BR>x", 1_000_000, 100_000)]
    public void Elements_are_bounded_by_the_size_of_the_page(string unit, int times, int most)
    {
        using var document = BoundedParse.Read("<body>" + string.Concat(Enumerable.Repeat(unit, times)), ReadingLimit.None);
        document.All.Length.ShouldBeInRange(most / 2, most + 10);
    }

    /// <summary>Each makes the text that follows it a node of its own.</summary>
    [Theory]
    [InlineData("x<!---->")]
    [InlineData("x<!-->")]
    [InlineData("x<!y>")]
    [InlineData("x<![CDATA[y]]>")]
    [InlineData("x<?y?>")]
    [InlineData("x<?>")]
    [InlineData("x</?>")]
    [InlineData("x</ y>")]
    [InlineData("x</1>")]
    [InlineData("x<!doctype html>")]
    public void Texts_are_bounded_by_the_size_of_the_page(string unit)
    {
        using var document = BoundedParse.Read("<body>" + string.Concat(Enumerable.Repeat(unit, 500_000)), ReadingLimit.None);
        document.Body!.ChildNodes.Length.ShouldBeInRange(1, 200_010);
    }

    [Fact]
    public void Comments_of_a_real_page_end_nothing()
    {
        var paragraph = string.Concat(Enumerable.Repeat(
            "<!-- block --><p>The gauge stood below the mark, said the water board on Tuesday.</p><!-- /block -->", 4000));
        Read($"<body><article>{paragraph}<p>The river rose no more.</p></article>").Body!.Text.ShouldEndWith("The river rose no more.");
    }

    [Fact]
    public void Text_of_a_deeply_nested_page_is_found() =>
        Read(
            string.Concat(Enumerable.Repeat("<div>", 1500))
                + "<p>The river rose by two metres overnight, and the council closed both bridges before dawn on Tuesday.</p>")
            .Body!.Text.ShouldStartWith("The river rose");

    [Theory]
    [InlineData("")]
    [InlineData("<!DOCTYPE html>")]
    [InlineData("<frameset><frame src=x></frameset>")]
    [InlineData("<script>")]
    [InlineData("<!--")]
    [InlineData("\0\0\0")]
    public void Page_without_text_is_empty(string html)
    {
        var page = Read(html);
        (page.Kind, page.Body).ShouldBe((PageKind.Empty, null));
    }

    [Fact]
    public void Any_bytes_are_read() =>
        Gen.Byte.Array[0, 400].Sample(static bytes => PageReader.Read(bytes, null, Url, ReadingLimit.None) is not null, iter: 300);

    [Fact]
    public void Any_sequence_of_tags_and_text_is_read_into_whole_paragraphs()
    {
        string[] pieces =
        [
            "<p>", "</p>", "<div class=\"related\">", "</div>", "<article>", "<table><tr><td>", "</table>", "<b>", "</b>", "<a href=x>", "</a>", "<br><br>",
            "<pre>", "\n\n", "<li>", "<h1>", "</h1>", "<h2>", "<blockquote>", "<!-- x -->", "<svg>", "<span hidden>", "A sentence of the article. ",
            "Wörter, Worte. ", "川の水位。", " ", "<template>", "<select>", "<figcaption>",
        ];
        Gen.Int[0, pieces.Length - 1].Array[0, 60].Sample(
            chosen =>
            {
                var body = Read(string.Concat(chosen.Select(at => pieces[at]))).Body?.Text ?? "";
                return body.Split("\n\n").All(static paragraph => paragraph == paragraph.Trim() && !paragraph.Contains('\n', StringComparison.Ordinal));
            },
            iter: 1000);
    }

    private static ArticlePage Read(string html) => PageReader.Read(Encoding.UTF8.GetBytes(html), "utf-8", Url, ReadingLimit.None);
}
