using System.Text;
using CsCheck;
using Ingest.Worker.Pages;

namespace Ingest.Worker.Tests.Pages.Body;

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

    [Fact]
    public void Text_of_a_deeply_nested_page_is_found() =>
        Read(string.Concat(Enumerable.Repeat("<div>", 1500)) + "<p>The river rose by two metres overnight, and the council closed both bridges before dawn on Tuesday.</p>")
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
    public void Any_bytes_are_read() => Gen.Byte.Array[0, 400].Sample(static bytes => PageReader.Read(bytes, null, Url) is not null, iter: 300);

    [Fact]
    public void Any_sequence_of_tags_and_text_is_read_into_whole_paragraphs()
    {
        string[] pieces = ["<p>", "</p>", "<div class=\"related\">", "</div>", "<article>", "<table><tr><td>", "</table>", "<b>", "</b>", "<a href=x>", "</a>", "<br><br>", "<pre>", "\n\n", "<li>", "<h1>", "</h1>", "<h2>", "<blockquote>", "<!-- x -->", "<svg>", "<span hidden>", "A sentence of the article. ", "Wörter, Worte. ", "川の水位。", " ", "<template>", "<select>", "<figcaption>"];
        Gen.Int[0, pieces.Length - 1].Array[0, 60].Sample(
            chosen =>
            {
                var body = Read(string.Concat(chosen.Select(at => pieces[at]))).Body?.Text ?? "";
                return body.Split("\n\n").All(static paragraph => paragraph == paragraph.Trim() && !paragraph.Contains('\n', StringComparison.Ordinal));
            },
            iter: 1000);
    }

    private static ArticlePage Read(string html) => PageReader.Read(Encoding.UTF8.GetBytes(html), "utf-8", Url);
}
