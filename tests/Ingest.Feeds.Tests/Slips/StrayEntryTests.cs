namespace Ingest.Feeds.Tests.Slips;

public class StrayEntryTests
{
    private const string One = "<item><title>Lock</title><link>https://weir.example/1</link></item>";
    private const string Two = "<item><title>Sluice</title><guid>2</guid></item>";
    private const string Entry = "<entry><title>Lock</title><id>1</id></entry>";

    [Theory]
    [InlineData($"<rss><channel><title>W</title><items>{One}{Two}</items></channel></rss>")]
    [InlineData($"<rss><channel><title>W</title>{One}</channel><channel><title>V</title>{Two}</channel></rss>")]
    [InlineData($"<rss><channel><title>W</title>{One}<section name='b'>{Two}</section></channel></rss>")]
    [InlineData($"<rss><channel><title>W</title><groups><group>{One}</group><group>{Two}</group></groups></channel></rss>")]
    [InlineData($"<rss><channel><channel><title>W</title>{One}{Two}</channel></channel></rss>")]
    [InlineData($"<rss><channel><title>W</title><channel>{One}{Two}</channel></channel></rss>")]
    [InlineData($"<rss><channel><title>W</title></channel><items>{One}{Two}</items></rss>")]
    [InlineData($"<rss><channel><title>W</title><list>{One}</list>{Two}</channel></rss>")]
    [InlineData($"<RSS><Channel><Title>W</Title><Items>{One}{Two}</Items></Channel></RSS>")]
    [InlineData($"<channel><title>W</title><news>{One}{Two}</news></channel>")]
    [InlineData($"<rss><channel><title>W & V</title><items>{One}{Two}</items></channel></rss>")]
    public void Entries_out_of_their_place_are_read_and_told(string document)
    {
        Slip.Titles(document).Order().ShouldBe(["Lock", "Sluice"]);
        var feed = Slip.Read(document);
        feed.Repairs.ShouldNotBeEmpty();
        (feed.Title ?? "").ShouldStartWith("W");
    }

    [Theory]
    [InlineData($"<feed xmlns='http://www.w3.org/2005/Atom'><title>W</title><entries>{Entry}</entries></feed>")]
    [InlineData($"<feed xmlns='http://www.w3.org/2005/Atom'><title>W</title><section><entries>{Entry}</entries></section></feed>")]
    [InlineData($"<RDF xmlns='http://purl.org/rss/1.0/'><channel><title>W</title></channel><items>{One}</items></RDF>")]
    public void So_are_those_of_other_formats(string document)
    {
        Slip.Titles(document).ShouldBe(["Lock"]);
        Slip.Read(document).Repairs.ShouldHaveSingleItem().ShouldStartWith("entries within <");
    }

    [Theory]
    [InlineData($"<rss><channel><title>W</title>{Two}<menu><item>Home</item><item>About</item></menu></channel></rss>")]
    [InlineData($"<rss><channel><title>W</title>{Two}<image><title>x</title><item><title>no</title></item></image></channel></rss>")]
    [InlineData($"<rss><channel><title>W</title>{Two}</channel><channel><title>V</title></channel></rss>")]
    public void What_is_no_article_stays_out(string document)
    {
        Slip.Titles(document).ShouldBe(["Sluice"]);
        Slip.Read(document).Repairs.ShouldBeEmpty();
    }
}
