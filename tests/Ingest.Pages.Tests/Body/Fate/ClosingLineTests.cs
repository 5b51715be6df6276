namespace Ingest.Pages.Tests.Body.Fate;

/// <summary>Last lines that are not the article's.</summary>
public sealed class ClosingLineTests
{
    [Theory]
    [InlineData("Reach the reporters at http://example.org/poole and http://example.org/quill")]
    [InlineData("• Staff can be reached at 555-020-3000.")]
    [InlineData("ann.poole@example.org")]
    [InlineData("twitter.com/annpoole")]
    [InlineData("@annpoole")]
    [InlineData("More orchards: https://example.org/orchards and https://example.org/pears")]
    [InlineData("(apo)")]
    [InlineData("AGN/apo")]
    [InlineData("AGN")]
    [InlineData("16+")]
    [InlineData("AGN/Hollow")]
    [InlineData("Mehr über die Presse:")]
    [InlineData("Lue seuraavaksi:")]
    [InlineData("Max Quill in Porto and Ann Poole in Leeds contributed.")]
    [InlineData("(Copyright (c) 2030 Hollow Press. All Rights Reserved. This material may not be sold. It may not be lent.)")]
    [InlineData("Originally published in the Hollow Press.")]
    [InlineData("Dieser Artikel ist zuerst im Talboten erschienen.")]
    [InlineData("SOURCE: Hollow News")]
    [InlineData("Źródło: Gazeta Doliny")]
    public void Last_line_that_is_not_the_articles_is_dropped(string line) => Story.AtEnd($"<p>{line}</p>").ShouldNotContain(line);

    [Theory]
    [InlineData("https://example.org/petition-for-the-windbreak")]
    [InlineData("[3] https://example.org/report")]
    [InlineData("Quill, M., Poole, A. et al. (2030): Wind and its measure in terraces of the north. Journal of Orchards 12, https://example.org/12")]
    [InlineData("Nobody can be reached at the press.")]
    [InlineData("Source: Quill M, Poole A, Linden B et al. Wind in terraces and what it does to rows of old trees in the north. Journal of Orchards. 2030.")]
    [InlineData("[Wired]")]
    public void Last_line_of_the_article_stays(string line) => Story.AtEnd($"<p>{line}</p>").ShouldContain(line);

    [Theory]
    [InlineData("<ul><li>ladders</li><li>AGN</li></ul>", "AGN")]
    [InlineData("<table><tr><td>Rows</td><td>16</td></tr></table>", "16")]
    public void Last_item_of_a_list_stays(string html, string last) => Story.AtEnd(html).ShouldContain(last);
}
