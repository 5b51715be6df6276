namespace Ingest.Pages.Tests.Body.Fate;

/// <summary>Single lines among the paragraphs: captions, bylines, and what templates leave.</summary>
public sealed class LineTests
{
    [Theory]
    [InlineData("<p><img src=a.jpg><br>The press before the storm</p>", "The press before")]
    [InlineData("<div align=center><img src=a.jpg><span class=s>Three rows of the terrace</span></div>", "Three rows")]
    [InlineData("<p><a href=a.jpg><img src=a.jpg></a> Ladders at the north wall</p>", "Ladders at")]
    [InlineData("<p>The north row in June — Foto: Ana Prado/Agência</p>", "The north row")]
    [InlineData("<p>The north row in June. (Foto: Getty)</p>", "The north row")]
    [InlineData("<p>The north row in June | Photo: Ann Poole</p>", "The north row")]
    [InlineData("<p>(All photos: Ann Poole)</p>", "Ann Poole")]
    [InlineData("<p>Beitragsbild via Bilderdienst.</p>", "Bilderdienst")]
    [InlineData("<p>Featured image by Ann Poole/Hollow Press.</p>", "Ann Poole")]
    [InlineData("<span class=image-description>The north row in June</span>", "The north row")]
    public void Caption_in_a_plain_element_is_dropped(string html, string gone) => Story.Inside(html).ShouldNotContain(gone);

    [Theory]
    [InlineData("<p><img src=a.jpg>The press ran for nine hours, and nobody went home.</p>", "nobody went home")]
    [InlineData("<p><img src=a.jpg><br>What to bring:</p>", "What to bring")]
    [InlineData("<ul><li><img src=tick.png>A ladder of eleven rungs</li></ul>", "eleven rungs")]
    [InlineData("<div><img src=a.jpg><b>Bring a sack of your own</b><br><br>The press has none to lend, and the shop is shut.</div>", "Bring a sack")]
    [InlineData("<p>The photo shows (from left) Ann Poole and Max Quill.</p>", "from left")]
    [InlineData("<p>She kept one picture – a photo of the old row.</p>", "one picture")]
    public void Line_of_the_text_near_a_picture_stays(string html, string kept) => Story.Inside(html).ShouldContain(kept);

    [Theory]
    [InlineData("caption")]
    [InlineData("photo-caption")]
    [InlineData("wp-caption-text")]
    public void Caption_said_four_times_is_still_a_caption(string name)
    {
        var said = $"In this photo of June {Story.Text(1)} {Story.Text(2)} {Story.Text(3)} {Story.Text(5)} {Story.Text(6)}";
        var slide = $"<div class={name}><div class={name}-full>{said}</div><div class={name}-short>{said}</div></div>";
        Story.AtStart($"<div class=pictures>{slide}{slide}</div>").ShouldNotContain("In this photo");
    }

    [Theory]
    [InlineData("___")]
    [InlineData("* * *")]
    [InlineData("|")]
    [InlineData("[/cta")]
    [InlineData("[button link=”/send” type=”big”] Send us yours[/button]")]
    [InlineData("[gallery ids=\"1,2,3\"]")]
    public void What_a_template_leaves_is_dropped(string line) => Story.Inside($"<p>{line}</p>").ShouldNotContain(line);

    [Theory]
    [InlineData("[1] Quill, M.: The press, 1951.")]
    [InlineData("[Above: the old row.]")]
    [InlineData("[source language=“bash“]ladder --up")]
    [InlineData("[city.name for city in cities]")]
    public void Brackets_of_the_author_stay(string line) => Story.Inside($"<p>{line}</p>").ShouldContain(line);

    [Theory]
    [InlineData("Ann Poole")]
    [InlineData("Ann Poole2 minutes ago")]
    [InlineData("Ann Poole, Linden Hollow")]
    [InlineData("By Ann Poole on Monday, November 18th, 2030 at 11:04 a.m.")]
    [InlineData("Posted: Thursday, April 21, 2030. 10:11 pm CST.")]
    public void Byline_above_the_text_is_dropped(string line) => Story.By("Ann Poole", $"<p>{line}</p>", "").ShouldNotContain(line);

    [Theory]
    [InlineData("By Max Quill")]
    [InlineData("Von Max Quill, dpa")]
    [InlineData("Por Max Quill y Ana Prado")]
    [InlineData("Ann Poole")]
    public void Byline_below_the_standfirst_is_dropped(string line) =>
        Story.By("Ann Poole", $"<p>The valley lost a third of its trees, and nobody has counted the rows.</p><p>{line}</p>", "").ShouldNotContain(line);

    [Theory]
    [InlineData("Von der Presse zur Plantage")]
    [InlineData("By road, by rail, by river")]
    public void Line_below_the_standfirst_that_names_nobody_stays(string line) =>
        Story.AtStart($"<p>The valley lost a third of its trees, and nobody has counted the rows.</p><p>{line}</p>").ShouldContain(line);

    [Theory]
    [InlineData("137")]
    [InlineData("1.2k")]
    [InlineData("✕")]
    [InlineData("/")]
    public void Count_or_button_above_the_text_is_dropped(string line) => Story.AtStart($"<p>{line}</p>").ShouldStartWith("The orchard above");

    [Theory]
    [InlineData("Ann Poole has counted the rows, and she has counted them twice.")]
    [InlineData("Ann Poole: Who lends the tractors?")]
    public void Line_that_begins_with_the_authors_name_stays(string line) => Story.By("Ann Poole", $"<p>{line}</p>", "").ShouldContain(line);

    [Fact]
    public void Heading_that_says_a_part_of_the_title_stays_behind_the_first_paragraph() =>
        Story.Read($"{Story.Two(0)}<h2>A third of the orchard</h2>{Story.Two(2)}{Story.Two(4)}").ShouldContain("A third of the orchard");

    [Theory]
    [InlineData("<td><p>Gravenstein</p></td><td><p>2.9</p></td>")]
    [InlineData("<td>Gravenstein</td><td><p>2.9</p></td>")]
    [InlineData("<th><p><b>Gravenstein</b></p></th><td><p>2.9</p></td>")]
    public void Paragraphs_in_cells_are_cells_of_one_row(string row) => Story.Inside($"<table><tr>{row}</tr></table>").ShouldContain("Gravenstein | 2.9");

    [Fact]
    public void Heading_that_a_table_of_contents_has_too_stays_where_it_heads()
    {
        const string Heading = "What the growers of the valley did after the storm";
        var text = Story.Read($"<ul><li>{Heading}</li><li>The end</li></ul>{Story.Two(0)}<h2>{Heading}</h2>{Story.Two(2)}");
        text.IndexOf(Heading, StringComparison.Ordinal).ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Item_that_two_lists_have_stays_in_both()
    {
        const string Item = "a single tool for ladders, sacks and carts";
        var text = Story.Inside($"<h3>The old shed</h3><ul><li>dry</li><li>{Item}</li></ul><h3>The new one</h3><ul><li>near</li><li>{Item}</li></ul>");
        text.Split(Item).Length.ShouldBe(3);
    }
}
