using Ingest.Pages.Tests.Body.Fate;

namespace Ingest.Pages.Tests.Body.Leftovers;

/// <summary>Lines of templates and of the server's program, captions and credits that nothing names, and lines of dates.</summary>
public sealed class ResidueTests
{
    [Theory]
    [InlineData("<b>Warning</b>: Creating default object from empty value in <b>/www/htdocs/w01/wp-includes/classes.php</b> on line <b>407</b>")]
    [InlineData("Deprecated: preg_replace(): The /e modifier is deprecated in /www/htdocs/w01/wp-includes/formatting.php on line 82")]
    [InlineData("Notice: Undefined index: lang in C:\\web\\a.php on line 7")]
    [InlineData("Strict Standards: Redefining already defined constructor for class wpdb in /www/wp-db.php on line 56")]
    [InlineData("Fatal error: Uncaught Error: Call to undefined function day() in /srv/a.php:3 Stack trace: #0 {main} thrown in /srv/a.php on line 3")]
    public void Message_of_the_servers_program_is_dropped(string line) => Story.Inside($"<br>{line}<br><br>").ShouldNotContain(" on line ");

    [Theory]
    [InlineData("Warning: the ladder is broken on line 7 of the terraces, growers say.")]
    [InlineData("He waits in the shed on line 12")]
    public void Sentence_with_such_words_stays(string line) => Story.Inside($"<p>{line}</p>").ShouldContain(line);

    [Theory]
    [InlineData("<p><img src=a.jpg></p><p><em>The second row, days after the wind</em></p>")]
    [InlineData("<p><a href=/a.jpg><img src=a.jpg></a></p><p><em>Growers carry the trunks to the shed.</em></p>")]
    [InlineData("<div><div class=pic><img src=a.jpg></div><span>The second row, days after the wind</span></div>")]
    [InlineData("<div align=center><div><img src=a.jpg><noscript><img src=a.jpg></noscript></div>The second row after the wind</div>")]
    [InlineData("<p><img src=a.jpg></p><div><i>Growers carry the trunks, via <a href=/q>Quill</a></i></div>")]
    public void Caption_in_italics_or_beside_its_picture_is_dropped(string html)
    {
        var text = Story.Inside(html);
        text.ShouldNotContain("after the wind");
        text.ShouldNotContain("carry the trunks");
    }

    [Theory]
    [InlineData("<p><img src=a.jpg></p><p><em>Where do the hives go?</em></p>", "Where do the hives go?")]
    [InlineData("<p><img src=a.jpg></p><p>Growers carry the trunks to the shed.</p>", "Growers carry")]
    [InlineData("<p><em>Growers carry the trunks to the shed.</em></p>", "Growers carry")]
    [InlineData("<p><img src=a.jpg></p><p><em>Growers carry trunks.</em> They have no tractor.</p>", "Growers carry")]
    [InlineData("<div><img src=a.jpg></div><p>The second row after the wind</p>", "The second row")]
    [InlineData("<p><img src=a.jpg></p><p style='text-align:center'><b>The second row after the wind</b></p>", "The second row")]
    public void Sentence_below_a_picture_stays(string html, string said) => Story.Inside(html).ShouldContain(said);

    [Fact]
    public void Standfirst_in_italics_below_the_first_picture_stays() =>
        Story.AtStart("<p><img src=a.jpg></p><p><em>Growers carry the trunks to the shed.</em></p>").ShouldContain("Growers carry");

    [Theory]
    [InlineData("<h6>Bild2: ©Ann Poole bestimmte Rechte vorbehalten. Quelle: Hollow</h6>", "Poole")]
    [InlineData("<h5>Photo: Ann Poole</h5>", "Poole")]
    [InlineData("<h4>© Ann Poole</h4>", "Poole")]
    [InlineData("<h6>Images: Ann Poole, Hollow Press</h6>", "Poole")]
    [InlineData("<h5>The second row (Photo: Ann Poole)</h5>", "Poole")]
    public void Credit_in_a_low_heading_is_dropped(string html, string owner) => Story.Inside(html).ShouldNotContain(owner);

    [Theory]
    [InlineData("<h4>Photo albums of the valley</h4><p>They burned in 1951, all but one.</p>", "Photo albums")]
    [InlineData("<h2>Images: what is left</h2><p>Nine plates, and all but one are broken.</p>", "Images: what")]
    public void Heading_of_a_chapter_stays(string html, string heading) => Story.Inside(html).ShouldContain(heading);

    [Theory]
    [InlineData("24. April 2030 | <a href=/p>Pressemitteilungen</a>")]
    [InlineData("05/10/2030 - Posted by: Ann Poole - Category: <a href=/c>Health</a> - Tags: <a href=/s>storm</a>")]
    [InlineData("<a href=/n>Valley news</a> · 12 May 2030")]
    [InlineData("12.05.2030 - 07:18 | Quelle: Talbote Nord... | Lesedauer etwa 4 min. | Text vorlesen Stop Pause")]
    [InlineData("Quelle: Talbote")]
    [InlineData("12.05.2030 – Meldung")]
    [InlineData("Politik | 12. Mai 2030, 10:30 Uhr")]
    public void Line_of_a_date_and_a_section_is_dropped_at_the_beginning(string line) =>
        Story.AtStart($"<p>{line}</p>").ShouldStartWith("The orchard above");

    [Theory]
    [InlineData("12 May 2030 - Storm over the valley of the north")]
    [InlineData("Gemeindesaal von Linden Hollow – 12.05.2030 – 18 Uhr")]
    [InlineData("Linden Hollow Hall | 12 May 2030")]
    public void Line_that_says_more_stays(string line) => Story.AtStart($"<p>{line}</p>").ShouldStartWith(line);

    [Fact]
    public void Own_address_is_dropped_at_the_end_and_others_are_read()
    {
        Story.OnSite("Hollow Daily", "<p>https://example.org/storm</p>").ShouldNotContain("example.org");
        Story.OnSite("Hollow Daily", "<p>https://example.org/petition</p>").ShouldContain("example.org/petition");
    }

    [Theory]
    [InlineData("<div class=hd-factbox><h3>The storm in figures</h3><ul>{0}</ul></div>")]
    [InlineData("<aside class='factbox wide'><ul>{0}</ul></aside>")]
    [InlineData("<div class=infobox><div><ol>{0}</ol></div></div>")]
    public void Box_of_facts_between_paragraphs_stays(string html)
    {
        const string Facts = "<li>It blew at more than ninety miles an hour for a night</li><li>It came from the north over nine valleys and two passes</li>";
        Story.Inside(html.Replace("{0}", Facts)).ShouldContain("two passes");
    }

    [Theory]
    [InlineData("<div class=article-meta><h2 class='sub-headline speakable'>Growers want a windbreak before spring</h2><p>2 min read</p></div>")]
    [InlineData("<div class=header><p class=sub-heading>Growers want a windbreak before spring</p></div>")]
    public void Standfirst_that_is_named_so_stays_in_a_header(string html) =>
        Story.ReadPage($"<main><h1>Storm fells a third of the orchard</h1>{html}<div class=article-body>{Story.Two(0)}{Story.Two(2)}</div></main>")
            .ShouldContain("before spring");

    [Fact]
    public void Note_goes_without_the_long_paragraph_beside_it()
    {
        var night = string.Concat(Enumerable.Repeat("It blew from the north, and it did not end for a night. ", 20));
        var beside = $"<div class=a1><p>{Story.Text(0)} {Story.Text(1)} {Story.Text(2)}</p><p>Article continues below</p></div>";
        var text = Story.Inside($"{beside}<p>{night}</p>");
        text.ShouldContain($"{Story.Text(0)} {Story.Text(1)}");
        text.ShouldNotContain("continues below");
    }

    [Theory]
    [InlineData("<h2>Storm fells a third of the orchard</h2>")]
    [InlineData("<h3>Storm fells a third of the orchard</h3>")]
    public void Chapter_may_be_called_as_the_article_is(string heading) => Story.Inside(heading).ShouldContain("Storm fells a third of the orchard");

    [Theory]
    [InlineData("Mehr zu diesem Thema")]
    [InlineData("Related articles")]
    [InlineData("Read more")]
    [InlineData("Latest news")]
    [InlineData("You may also like")]
    public void Line_above_links_that_are_gone_is_dropped_at_the_end(string line) => Story.AtEnd($"<div class=hx>{line}</div>").ShouldNotContain(line);
}
