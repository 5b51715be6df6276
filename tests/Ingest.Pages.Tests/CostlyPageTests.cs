using System.Text;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests;

/// <summary>The processor time of a page is bounded by its length, and by a limit.</summary>
public sealed class CostlyPageTests
{
    private const string Prose = "The river rose by two metres overnight, and the council closed both bridges before dawn on Tuesday, said the water board.";
    private const string Article = $"<!doctype html><title>The river</title><article><h1>The river</h1><p>{Prose}</p><p>{Prose} Again.</p>";

    private static readonly Uri Url = new("https://a.example/2024/03/05/story");

    [Theory]
    [InlineData("<base href='http://a.example/'>")]
    [InlineData("<base>x")]
    [InlineData("<input type=radio checked>")]
    [InlineData("<input type=radio name=x checked>")]
    [InlineData("<form><input type=radio checked>")]
    [InlineData("x<!---->")]
    [InlineData("</p>")]
    [InlineData("<tr><td>x<td><table><tr><td>y</table>")]
    [InlineData("<h1>The river | a.example</h1>")]
    [InlineData("a\u0301\u0316\u0301\u0316")]
    [InlineData("<p>Latest figures</p>")]
    [InlineData("<i class=x aria-hidden=true>A</i><i class=visually-hidden>A</i>")]
    [InlineData("<i class=visually-hidden>A</i><img alt=A>bc ")]
    public void A_page_of_one_thing_after_its_text_keeps_its_text(string piece) =>
        Read(Article + CostlyDocuments.Of(piece)).Body!.Text.ShouldStartWith(Prose);

    [Theory]
    [InlineData("<title>", " | A")]
    [InlineData("<title>", " - a.example")]
    [InlineData("<script type=application/ld+json>", "[CDATA[")]
    [InlineData("<script type=application/ld+json>", "{\"@type\":\"NewsArticle\",\"headline\":\"The river of the other town\"}")]
    [InlineData("<meta name=author content='", "By Ann Bee and ")]
    public void A_head_of_one_thing_is_read(string open, string piece) =>
        Read("<!doctype html><meta property=og:site_name "
            + $"content=A>{open}{CostlyDocuments.Of(piece)}{(open.StartsWith("<script", StringComparison.Ordinal) ? "</script>" : "'></title>")}{Article}").Kind
            .ShouldNotBe(PageKind.Costly);

    [Fact]
    public void Rows_are_told_from_one_another_once()
    {
        var cells = string.Concat(Enumerable.Repeat("<td>x", 40_000)) + string.Concat(Enumerable.Repeat("<td><table><tr><td>y</table>", 20_000));
        Read($"{Article}<table><tr>{cells}").Kind.ShouldNotBe(PageKind.Costly);
    }

    [Theory]
    [InlineData("<b></b>", 20_000)]
    [InlineData("x y ", 1_000_000)]
    public void What_stands_before_the_links_of_an_element_is_read_once(string piece, int count)
    {
        var links = string.Concat(Enumerable.Repeat("<a href=/abc>The name of another story is this</a>", 60_000));
        Read($"{Article}<div><i>5 March 2024</i>{CostlyDocuments.Of(piece, piece.Length * count)}{links}").Kind.ShouldNotBe(PageKind.Costly);
    }

    [Fact]
    public void A_claimed_body_is_looked_for_among_any_number_of_blocks()
    {
        var claim = CostlyDocuments.Of("a", 190_000);
        var blocks = string.Concat(Enumerable.Range(0, 60_000).Select(static n => $"<p>{new string('a', 40)}{n}</p>"));
        Read($"<!doctype html><script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{claim}\"}}</script><body>{blocks}")
            .ShouldNotBeNull();
    }

    [Fact]
    public void A_page_that_takes_too_long_is_refused_in_words()
    {
        var page = Read(Article + CostlyDocuments.Of("<p>x</p>", 10_000), CostlyDocuments.Spent());
        (page.Kind, page.Body).ShouldBe((PageKind.Costly, null));
    }

    [Fact]
    public void Reading_ends_when_the_worker_does() =>
        Should.Throw<OperationCanceledException>(() => Read(Article + CostlyDocuments.Of("<p>x</p>", 10_000), CostlyDocuments.GivenUp()));

    private static ArticlePage Read(string html) => Read(html, CostlyDocuments.Usual(TestContext.Current.CancellationToken));

    private static ArticlePage Read(string html, ReadingLimit limit) => PageReader.Read(Encoding.UTF8.GetBytes(html), "utf-8", Url, limit);
}
