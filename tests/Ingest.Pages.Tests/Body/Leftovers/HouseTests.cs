using Ingest.Pages.Tests.Body.Fate;

namespace Ingest.Pages.Tests.Body.Leftovers;

/// <summary>What a house says of itself below its text, as press releases end.</summary>
public sealed class HouseTests
{
    private const string Says = "makes presses and ladders for orchards in nine valleys. It was founded in 1901 and employs some forty people.";

    [Theory]
    [InlineData("<h3>About Hollow Presses</h3><p>Hollow Presses {0}</p>")]
    [InlineData("<p><strong>About Hollow Presses Ltd.</strong></p><p>Founded by growers, Hollow Presses {0}</p>")]
    [InlineData("<p><b>About Hollow Presses</b><br>Hollow Presses {0}</p>")]
    [InlineData("<h4>Über die Hollow Presses GmbH</h4><p>Nothing.</p><h4>Über Hollow Presses</h4><p>Die Hollow Presses GmbH {0}</p>")]
    [InlineData("<p>À propos de Hollow Presses :</p><p>Hollow Presses {0}</p>")]
    [InlineData("<h2>Acerca de Hollow</h2><p>Hollow {0}</p><p>More than that it does not do, its owners say.</p>")]
    [InlineData("<p>###</p><p>About Hollow:</p><p>Hollow {0}</p><h3>Contact</h3><p>Ann Poole, 555-0201</p>")]
    [InlineData("<h3>About the press</h3><h3>About Linden Growers</h3><p>Linden Growers buy fruit.</p><h3>About Hollow</h3><p>Hollow {0}</p>")]
    [InlineData("<hr><p>Hollow Daily {0}</p>")]
    [InlineData("<div><hr><div><p>Hollow {0}</p><p>Nobody else does in the whole of the north, as far as its owners know.</p></div></div>")]
    public void What_a_house_says_of_itself_below_its_text_is_dropped(string html) =>
        Story.OnSite("Hollow Daily", html.Replace("{0}", Says)).ShouldNotContain("in nine valleys");

    [Theory]
    [InlineData("<h3>About Hollow Presses</h3><p>The storm also broke the roof. It will take a year, and it makes presses in nine valleys wait.</p>")]
    [InlineData("<h3>About time</h3><p>The time for a windbreak has come in nine valleys, growers say.</p>")]
    [InlineData("<h3>About Hollow Presses</h3><p>Hollow Presses {0}</p><h2>What comes next</h2><p>The council meets in June, and the press will be sold.</p>")]
    [InlineData("<p>Hollow Daily {0}</p>")]
    [InlineData("<hr><p>Quill {0}</p>")]
    [InlineData("<ul><li>About Hollow Hollow {0}</li></ul>")]
    public void What_only_looks_so_stays(string html) => Story.OnSite("Hollow Daily", html.Replace("{0}", Says)).ShouldContain("in nine valleys");

    [Fact]
    public void What_is_most_of_a_page_is_its_text() =>
        Story.Read($"<h2>About Hollow Presses</h2><p>Hollow Presses {Says}</p>{Story.Two(0)}{Story.Two(2)}").ShouldContain("in nine valleys");
}
