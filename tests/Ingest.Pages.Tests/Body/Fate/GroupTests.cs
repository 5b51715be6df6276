namespace Ingest.Pages.Tests.Body.Fate;

public sealed class GroupTests
{
    [Theory]
    [InlineData("<h2>Latest figures</h2><table><tr><td>2030</td><td>912 trees</td></tr><tr><td>2031</td><td>604 trees</td></tr></table>", "604 trees")]
    [InlineData("<h2>Share of the harvest</h2><ul><li>Apples: 70 percent</li><li>Pears: 30 percent</li></ul>", "Pears: 30 percent")]
    [InlineData("<h2>Popular with bees</h2><ul><li>Lime blossom</li><li>Wild thyme</li></ul>", "Wild thyme")]
    [InlineData("<h3>Contact tracing</h3><p>“Nobody called,” she says.</p><p>Nobody wrote.</p>", "Nobody wrote.")]
    [InlineData("<h2>Following the wind</h2><p>“It came from the north.”</p><p>It turned at noon.</p>", "It turned at noon.")]
    [InlineData("<h2>Links vom Bach</h2><p>Hier standen Birnen.</p><p>Jetzt liegt Holz.</p>", "Jetzt liegt Holz.")]
    [InlineData("<h2>Related diseases</h2><table><tr><td>Scab</td><td>wet springs</td></tr></table>", "wet springs")]
    [InlineData("<h2>Featured varieties</h2><ul><li>Hollow Red, found 1901</li><li>Linden Gold, found 1923</li></ul>", "Linden Gold, found 1923")]
    [InlineData("<h2>Archives of the press</h2><p>They burned in 1951.</p>", "They burned in 1951.")]
    [InlineData("<h2>Themen der Sitzung</h2><ul><li>Der Windschutz</li><li>Der Preis</li></ul>", "Der Preis")]
    [InlineData("<h2>Most popular rootstocks of the year</h2><table><tr><td>M9</td><td>41 percent</td></tr></table>", "41 percent")]
    public void Heading_that_goes_on_keeps_what_has_no_links(string html, string last)
    {
        var text = Story.Inside(html);
        text.ShouldContain(last);
        text.ShouldContain(html[(html.IndexOf('>', StringComparison.Ordinal) + 1)..html.IndexOf("</h", StringComparison.Ordinal)]);
    }

    [Theory]
    [InlineData("<h2>Related articles</h2><p><a href=/1>Cider press turns a hundred</a></p><p><a href=/2>Hail over the valley</a></p>", "Related articles")]
    [InlineData("<h2>Popular on this site</h2><ul><li><a href=/1>Cider press</a></li><li><a href=/2>Hail again</a></li></ul>", "Popular on")]
    [InlineData("<h2>Latest from the valley</h2><p><a href=/1>Cider press turns a hundred</a> Monday</p>", "Latest from")]
    [InlineData("<h2>Share this article</h2><h2>What comes next</h2>", "Share this article")]
    [InlineData("<h2>More stories</h2><p>Pears on the rise</p><p>Hail again</p>", "Pears on")]
    [InlineData("<h2>Tags</h2><p>orchard</p><p>storm</p>", "orchard\n")]
    [InlineData("<h2>Das könnte Sie auch interessieren</h2><p><a href=/1>Mosterei wird hundert</a></p>", "interessieren")]
    public void Heading_of_other_articles_is_dropped_with_them(string html, string dropped) => Story.Inside(html).ShouldNotContain(dropped);
}
