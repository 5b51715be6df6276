using Ingest.Pages.Tests.Body.Fate;

namespace Ingest.Pages.Tests.Body.Leftovers;

/// <summary>Teasers of other articles, told by how they end, and boxes with a button.</summary>
public sealed class TeaserTests
{
    [Theory]
    [InlineData("<ul><li><a href=/1>Cider press turns a hundred</a> <span>The press in the valley has been running since…</span></li>"
        + "<li><a href=/2>Hail over the valley again</a> <span>Nine sheds have lost their glass in a storm that…</span></li></ul>")]
    [InlineData("<div class=q><h3><a href=/1>Cider press turns a hundred</a></h3><p>The press in the valley has been running since ...</p></div>"
        + "<div class=q><h3><a href=/2>Hail over the valley again</a></h3><p>Nine sheds have lost their glass in a storm that ...</p></div>")]
    [InlineData("<section><div><a href=/1>Cider press turns a hundred</a><div>Monday</div><p>The press has been running since […]</p></div>"
        + "<div><a href=/2>Hail over the valley again</a><div>Sunday</div><p>Nine sheds have lost their glass in a storm that […]</p></div></section>")]
    [InlineData("<div><article><h4><a href=/1>Mosterei wird hundert Jahre alt</a></h4><p>Seit hundert Jahren wird in der Presse ...</p></article>"
        + "<article><h4><a href=/2>Wieder Hagel über dem Tal</a></h4><p>Neun Hallen haben ihr Glas verloren, weil ...</p></article></div>")]
    [InlineData("<ol><li><a href=/1>Le pressoir a cent ans</a> Depuis cent ans, le pressoir de la vallée (...)</li>"
        + "<li><a href=/2>La grêle, encore une fois</a> Neuf hangars ont perdu leurs vitres (...)</li></ol>")]
    public void Teasers_that_are_cut_off_are_dropped(string html)
    {
        var text = Story.AtEnd(html);
        text.ShouldEndWith("she has already ordered the ladders for it.");
    }

    [Theory]
    [InlineData("<ul><li><a href=/1>Cider press turns a hundred</a>: growers held a feast in the shed, and it rained.</li>"
        + "<li><a href=/2>Hail over the valley again</a>: nine sheds have lost their glass, and nobody was hurt.</li></ul>", "growers held")]
    [InlineData("<p><a href=/1>As Quill wrote</a>, the nursery was late, and nobody knew...</p>", "the nursery was late")]
    [InlineData("<ul><li>Who pays for the ladders, and when, is a question that…</li><li>Who climbs them is another, and nobody asks…</li></ul>", "Who climbs")]
    public void What_is_told_to_its_end_stays(string html, string said) => Story.Inside(html).ShouldContain(said);

    [Theory]
    [InlineData("<div class=b1><h3>Ladders for every orchard</h3><p>Light and safe, for the whole season.</p><a href=/shop>See prices</a></div>")]
    [InlineData("<div><h4>The valley by train</h4><p>Two days, one ticket.</p><p>From spring to the first frost.</p><p><a href=/b>Book</a></p></div>")]
    [InlineData("<section><h3>Obst aus dem Tal</h3><p>Frisch auf den Tisch.</p><div><a href=/k>Jetzt bestellen</a></div></section>")]
    [InlineData("<aside class=zz><h3>L'école du verger</h3><p>Apprendre à greffer en une saison.</p><a href=/e>Découvrir</a></aside>")]
    [InlineData("<div><h3>Una sidra nueva</h3><p>Hecha en el valle.</p><a href=/s>Probar ahora</a></div>")]
    public void Box_with_a_button_among_paragraphs_is_dropped(string html) =>
        Story.Inside(html).ShouldNotContain(html[(html.IndexOf("<p>", StringComparison.Ordinal) + 3)..html.IndexOf("</p>", StringComparison.Ordinal)]);

    [Fact]
    public void Boxes_that_make_up_a_page_stay()
    {
        var boxes = string.Concat(Enumerable.Range(0, 6).Select(i => $"<div class=s><h3>Part {i}</h3><p>{Story.Text(i)}</p><a href=/{i}>Learn more</a></div>"));
        Story.Read(boxes).ShouldContain(Story.Text(3));
    }
}
