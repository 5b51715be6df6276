namespace Ingest.Pages.Tests.Body.Fate;

/// <summary>Headings of boxes and lists of which nothing else is left.</summary>
public sealed class BoxHeadTests
{
    private const string Links =
        "<ul><li><a href=/1>Cider press of the valley turns a hundred</a></li><li><a href=/2>Hail breaks the glass of nine sheds</a></li></ul>";

    [Theory]
    [InlineData("<div class=qx><h4>Наступне</h4>{0}</div>", "Наступне")]
    [InlineData("<div class=zz><div class=zz-title>Para quem tem tempo</div><div>{0}</div></div>", "Para quem")]
    [InlineData("<section><p><b>Auch das noch</b></p>{0}</section>", "Auch das")]
    [InlineData("<aside><h3>Worth your evening</h3><h4>From the valley</h4>{0}</aside>", "Worth your")]
    [InlineData("<div><div class=t>En bref</div><p><a href=/3>La grêle a brisé le verre de neuf serres</a></p></div>", "En bref")]
    [InlineData("<div><h2>Inhalt</h2>{0}</div>", "Inhalt")]
    public void Head_of_a_box_of_links_goes_with_them(string html, string head) => Story.Inside(html.Replace("{0}", Links)).ShouldNotContain(head);

    [Theory]
    [InlineData("<div><h3>The new press</h3><p>It came from a brewery, and it fits the shed.</p>{0}</div>", "The new press")]
    [InlineData("<div class=box><h3>The ladders</h3><p><a href=/buy>Buy them here</a></p></div>", "The ladders")]
    [InlineData("<div><p>The nursery has three kinds, of which one is old. Two are not.</p>{0}</div>", "three kinds")]
    [InlineData("<div><h3>The row in June</h3><figure><img src=a.jpg><figcaption>Before the wind</figcaption></figure></div>", "The row in June")]
    [InlineData("<div><p>5 Press Lane<br>2040 Linden Hollow<br>Office</p><p><a href=/map>View the lane on a map</a></p></div>", "5 Press Lane")]
    public void Heading_of_what_is_the_articles_stays(string html, string head) => Story.Inside(html.Replace("{0}", Links)).ShouldContain(head);

    [Theory]
    [InlineData("<h2>Weblinks</h2>{0}")]
    [InlineData("<p>Weblinks</p>{0}")]
    [InlineData("<h3>Weblinks</h3>{0}<h3>Und sonst</h3>{0}")]
    public void Heading_of_a_list_of_links_at_the_end_goes_too(string html) => Story.AtEnd(html.Replace("{0}", Links)).ShouldNotContain("Weblinks");

    [Fact]
    public void Heading_of_a_list_of_links_goes_before_another() =>
        Story.Inside($"<h3>Elsewhere</h3>{Links}<h3>In the press</h3><p>The press ran for nine hours, and then it stopped for good.</p>")
            .ShouldNotContain("Elsewhere");

    [Theory]
    [InlineData("<div class=slide-head><span class=n>2</span><span class=n>/5</span><h2>The second row</h2></div>")]
    [InlineData("<div class=header><div>2 / 5</div><h3>The second row</h3></div>")]
    [InlineData("<div class=item-head><h3>The second row</h3></div>")]
    public void Heading_beside_its_number_is_that_of_the_text_below(string head) =>
        Story.Inside($"<div>{head}<p>It stood in the lee of the shed and lost nothing but leaves.</p></div>").ShouldContain("The second row");

    [Theory]
    [InlineData("h2", "A Night in the Press")]
    [InlineData("h3", "Pears, and How to Keep Them")]
    [InlineData("h4", "2. Ladders of Linden")]
    public void Linked_name_of_an_item_stays_above_what_is_said_of_it(string tag, string name) =>
        Story.Inside($"<{tag}><a href=/book>{name}</a></{tag}><p>Nobody has told of the valley so well, and nobody has sold less.</p>").ShouldContain(name);

    [Fact]
    public void Linked_heading_in_a_card_of_its_own_goes() =>
        Story.Inside("<div class=q><h3><a href=/1>Hail over the valley</a></h3></div>").ShouldNotContain("Hail over");

    [Fact]
    public void Card_that_is_one_link_goes_with_its_sentences() =>
        Story.AtEnd("<div class=q><a href=/1><div>Win two seats</div><div>The press shows a film on Sunday. Come early, the shed is small.</div></a></div>")
            .ShouldNotContain("the shed is small");
}
