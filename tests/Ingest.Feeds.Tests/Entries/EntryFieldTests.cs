using System.Text;
using Ingest.Text;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Tests.Entries;

/// <summary>What publishers write into the fields of entries, and what it means.</summary>
public class EntryFieldTests
{
    private const string Spaces =
        "xmlns:media='http://search.yahoo.com/mrss/' xmlns:podcast='https://podcastindex.org/namespace/1.0' xmlns:atom='http://www.w3.org/2005/Atom' "
        + "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0' xmlns:pheedo='http://www.pheedo.com/namespace/pheedo' "
        + "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'";

    [Theory]
    [InlineData("/a", "https://site.example/a")]
    [InlineData("a?b=1", "https://site.example/news/a?b=1")]
    [InlineData("../a", "https://site.example/a")]
    [InlineData("//other.example/a", "https://other.example/a")]
    [InlineData("www.site.example/a", "https://www.site.example/a")]
    [InlineData("site.example/a", "https://site.example/a")]
    [InlineData("https://site.example/?a=1&amp;amp;b=2", "https://site.example/?a=1&b=2")]
    [InlineData("https://site.example/?a=1&amp;amp;amp;b=2", "https://site.example/?a=1&b=2")]
    [InlineData("https://site.example/?a=1&amp;#38;b=2", "https://site.example/?a=1&b=2")]
    [InlineData("https://site.example/?a=1&amp;#x26;b=2", "https://site.example/?a=1&b=2")]
    [InlineData("&#8206;https://site.example/a&#8203;", "https://site.example/a")]
    [InlineData(" &#65279;&#10; https://site.example/a ", "https://site.example/a")]
    [InlineData("&lt;A HREF='https://site.example/a?b=1&amp;amp;c=2'&gt;x&lt;/A&gt;", "https://site.example/a?b=1&c=2")]
    [InlineData("<p><a href='/a'>x</a></p>", "https://site.example/a")]
    public void Links_lead_to_the_page(string link, string expected) => Item($"<link>{link}</link>").Link.ShouldBe(expected);

    [Theory]
    [InlineData("<feedburner:origLink>https://site.example/a</feedburner:origLink>", "https://site.example/a")]
    [InlineData("<pheedo:origLink>https://site.example/a</pheedo:origLink>", "https://site.example/a")]
    [InlineData("<x:origLink xmlns:x='http://rssnamespace.org/feedburner/ext/1.0'>https://site.example/a</x:origLink>", "https://site.example/a")]
    [InlineData("<feedburner:origLink>/a</feedburner:origLink>", "https://site.example/a")]
    [InlineData("<feedburner:origLink>https://site.example/?a=1&amp;amp;b=2</feedburner:origLink>", "https://site.example/?a=1&b=2")]
    [InlineData("<feedburner:OrigLink> https://site.example/a </feedburner:OrigLink>", "https://site.example/a")]
    [InlineData("<feedburner:origLink/>", "https://count.example/1")]
    [InlineData("<feedburner:origLink>urn:uuid:1</feedburner:origLink>", "https://count.example/1")]
    public void The_publisher_s_own_link_wins(string original, string expected)
    {
        var entry = Item($"<link>https://count.example/1</link>{original}");
        entry.Link.ShouldBe(expected);
        entry.CountingLink.ShouldBe(expected == "https://count.example/1" ? null : "https://count.example/1");
    }

    [Theory]
    [InlineData("<link rel='self' href='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link rel='' href='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link rel=' ' href='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link rel='canonical' href='https://a.example/1'/><link rel='self' href='https://a.example/2'/>", "https://a.example/1")]
    [InlineData("<link rel='self' href='https://a.example/2'/><link rel='via' href='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link rel='self' href='https://a.example/2'/><link href='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<content type='text/html' src='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link rel='self' type='application/atom+xml' href='https://a.example/2'/><content src='https://a.example/1'/>", "https://a.example/1")]
    [InlineData("<link rel='self' href='https://a.example/2'/><id>https://a.example/1</id>", "https://a.example/1")]
    [InlineData("<link rel='self' href='https://feeds.example/feed'/>", null)]
    [InlineData("<link rel='edit' href='https://a.example/1'/>", null)]
    public void An_entry_without_alternate_has_the_next_best_link(string links, string? expected) => AtomEntry(links).Link.ShouldBe(expected);

    [Theory]
    [InlineData("<enclosure URL='https://a.example/1' LENGTH='7' TYPE='audio/mpeg'/>", 7)]
    [InlineData("<enclosure url='https://a.example/1' length='1,234' type='audio/mpeg; charset=binary'/>", 1234)]
    [InlineData("<enclosure url='https://a.example/1' length='1.234.567' type=' audio/mpeg '/>", 1234567)]
    [InlineData("<enclosure href='https://a.example/1' length='1 234' type='audio/mpeg'/>", 1234)]
    [InlineData("<enclosure url='https://a.example/1' length='12.0' type='audio/mpeg'/>", 12)]
    [InlineData("<enclosure url='https://a.example/1' length='-1' type='audio/mpeg'/>", null)]
    [InlineData("<enclosure url='https://a.example/1' length='5 MB' type='audio/mpeg'/>", null)]
    [InlineData("<enclosure type='audio/mpeg'> https://a.example/1 </enclosure>", null)]
    [InlineData("<atom:link rel='Enclosure' href='https://a.example/1' length='3' type='audio/mpeg'/>", 3)]
    [InlineData("<atom:link rel='http://www.iana.org/assignments/relation/enclosure' href='https://a.example/1' length='3' type='audio/mpeg'/>", 3)]
    [InlineData(
        "<podcast:alternateEnclosure type='audio/mpeg' length='9'><podcast:source uri='ipfs://x'/><podcast:source uri='https://a.example/1'/>"
            + "</podcast:alternateEnclosure>", 9)]
    [InlineData("<enclosure url='https://a.example/1'/><media:content url='https://a.example/1' type='audio/mpeg' fileSize='4'/>", 4)]
    public void Enclosures_are_read_however_written(string item, int? length) =>
        Item(item).Enclosures.ShouldBe([new Enclosure("https://a.example/1", "audio/mpeg", length)]);

    [Fact]
    public void Alternates_stand_behind_the_enclosure() => Item(
        "<podcast:alternateEnclosure type='audio/opus'><podcast:source uri='https://a.example/1.opus'/></podcast:alternateEnclosure>"
            + "<enclosure url='https://a.example/1.mp3' length='1' type='audio/mpeg'/>").Enclosures.Select(static e => e.Url)
        .ShouldBe(["https://a.example/1.mp3", "https://a.example/1.opus"]);

    [Theory]
    [InlineData("<source><author><name>Ada</name></author></source>", "Ada")]
    [InlineData("<source><author><name>Ada</name></author><author><name>Bob</name></author></source>", "Ada, Bob")]
    [InlineData("<author><name>Cid</name></author><source><author><name>Ada</name></author></source>", "Cid")]
    [InlineData("<author><name> </name></author><source><author><name>Ada</name></author></source>", "Ada")]
    [InlineData("<source><author><email>ada@a.example</email></author></source>", "ada@a.example")]
    [InlineData("<source><title>x</title></source>", "Planet")]
    [InlineData("<author><name>Unknown</name><email>noreply@a.example</email></author>", "Planet")]
    [InlineData("<author><name>By Ada Byron</name></author>", "Ada Byron")]
    public void Authors_come_from_the_entry_then_its_source_then_the_feed(string entry, string expected) =>
        string.Join(", ", AtomEntry(entry).Authors).ShouldBe(expected);

    [Theory]
    [InlineData("By Ada Byron", "Ada Byron")]
    [InlineData("BY ADA BYRON", "ADA BYRON")]
    [InlineData("Par Ada Byron", "Ada Byron")]
    [InlineData("Written by: Ada Byron", "Ada Byron")]
    [InlineData("Autor: Ada Byron", "Ada Byron")]
    [InlineData("Von: Ada Byron", "Ada Byron")]
    [InlineData("Byron, Ada", "Byron, Ada")]
    [InlineData("Von Trier", "Von Trier")]
    [InlineData("admin", "admin")]
    [InlineData("Unknown", null)]
    [InlineData("(unknown)", null)]
    [InlineData("noreply@blog.example (Unknown)", null)]
    [InlineData("no-reply@blog.example", null)]
    [InlineData("Desconocido", null)]
    public void Names_stand_alone(string creator, string? expected) => Item($"<dc:creator>{creator}</dc:creator>").Authors.SingleOrDefault().ShouldBe(expected);

    [Fact]
    public void The_longest_of_several_texts_is_the_content() =>
        Item("<content:encoded>teaser</content:encoded><content:encoded>the whole text</content:encoded><content:encoded>x</content:encoded>").Content
            .ShouldBe("the whole text");

    private static FeedEntry Item(string inner) =>
        Read($"<rss version='2.0' {Spaces}><channel><link>https://site.example/news/</link><item>{inner}</item></channel></rss>");

    private static FeedEntry AtomEntry(string inner) =>
        Read($"<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Planet</name></author><entry>{inner}</entry></feed>");

    private static FeedEntry Read(string text) => FeedReader.Read(Encoding.UTF8.GetBytes(text), null, new Uri("https://feeds.example/feed"), ReadingLimit.None)
        .ShouldBeOfType<FeedDocument>().Entries.ShouldHaveSingleItem();
}
