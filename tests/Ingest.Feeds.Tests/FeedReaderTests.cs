using System.IO.Compression;
using System.Text;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Tests;

public class FeedReaderTests
{
    [Fact]
    public void Rss_item_without_link_uses_its_permalink_guid() =>
        Entry("<item><guid>https://a.example/1</guid></item>").Link.ShouldBe("https://a.example/1");

    [Fact]
    public void A_guid_that_is_no_permalink_is_no_link() =>
        Entry("<item><guid isPermaLink=' FALSE '>https://a.example/1</guid></item>").Link.ShouldBeNull();

    [Fact]
    public void Content_is_decoded_once() =>
        Entry(
            "<item><content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>&lt;p&gt;&amp;lt;script&amp;gt;&lt;/p&gt;"
                + "</content:encoded></item>").Content
            .ShouldBe("<p>&lt;script&gt;</p>");

    [Fact]
    public void Namespaces_count_by_address_not_by_prefix() =>
        Entry("<item><x:creator xmlns:x='http://purl.org/dc/elements/1.1/'>Ada</x:creator><dc:creator xmlns:dc='urn:other'>Nobody</dc:creator></item>").Authors
            .ShouldBe(["Ada"]);

    [Fact]
    public void Undeclared_prefixes_mean_what_they_usually_mean()
    {
        var document = Read("<rss><channel><item><dc:creator>Ada</dc:creator><content:encoded>x</content:encoded></item></channel></rss>");
        document.Entries.ShouldHaveSingleItem().Authors.ShouldBe(["Ada"]);
        document.Entries[0].Content.ShouldBe("x");
        document.Repairs.ShouldContain("undeclared prefixes understood");
    }

    [Fact]
    public void A_healthy_feed_needs_no_repair() =>
        Read("<rss version='2.0'><channel><title>t</title><item><title>a</title></item></channel></rss>").Repairs.ShouldBeEmpty();

    [Fact]
    public void Entries_before_a_cut_are_kept() =>
        Read("<rss><channel><item><title>a</title></item><item><title>b</title></item><item><ti").Entries.Select(static e => e.Title).Take(2)
            .ShouldBe(["a", "b"]);

    [Fact]
    public void Items_before_a_cut_in_json_are_kept()
    {
        var document = Read("{\"title\":\"t\",\"items\":[{\"title\":\"a\"},{\"title\":\"b\"},{\"titl");
        document.Entries.Select(static e => e.Title).ShouldBe(["a", "b"]);
        document.Repairs.ShouldNotBeEmpty();
    }

    [Fact]
    public void Half_an_emoji_in_json_is_no_harm() =>
        Read("{\"items\":[{\"title\":\"a \\ud83d b \\ud83d\\ude00 \\\\ud83d\",\"\\udc00\":1}]}").Entries
            .ShouldHaveSingleItem().Title.ShouldBe("a \uFFFD b 😀 \\ud83d");

    [Theory]
    [InlineData("<rss><channel/><item><title>a</title></item></rss>")]
    [InlineData("<RSS><CHANNEL><ITEM><TITLE>a</TITLE></ITEM></CHANNEL></RSS>")]
    [InlineData("<channel><item><title>a</title></item></channel>")]
    [InlineData("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>a</a:title></a:entry></a:feed>")]
    [InlineData("<feed><entry><title>a</title></entry></feed>")]
    [InlineData(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
            + "xmlns='http://purl.org/rss/1.0/'><channel><item><title>a</title></item></channel></rdf:RDF>")]
    [InlineData("\n\n <?xml version='1.0'?><rss><channel><item><title>a</title></item></channel></rss> trailing junk")]
    [InlineData("<rss><channel><item><title>a</title></item></channel></rss><!-- cached --><script>x()</script>")]
    [InlineData("{\"items\":[{\"title\":\"a\"}]}")]
    public void Unusual_shapes_give_their_entry(string text) => Read(text).Entries.ShouldHaveSingleItem().Title.ShouldBe("a");

    [Fact]
    public void Xml_base_within_xml_base_resolves_links() =>
        Read("<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/x/'><entry xml:base='y/'><link href='z' xml:base='w/'/></entry></feed>").Entries[0].Link
            .ShouldBe("https://example.org/x/y/w/z");

    [Fact]
    public void Relative_links_stay_relative_where_no_base_is_known() =>
        ((FeedDocument)FeedReader.Read(
            "<rss><channel><link>https://a.example/</link><item><link>/b</link></item></channel></rss>"u8.ToArray(), null, null, ReadingLimit.None))
            .Entries[0].Link.ShouldBe("/b");

    [Fact]
    public void A_gzip_sitemap_is_unpacked()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write("<urlset><url><loc>https://a.example/1</loc></url></urlset>"u8);
        ((FeedDocument)FeedReader.Read(packed.ToArray(), null, null, ReadingLimit.None)).Entries.ShouldHaveSingleItem().Link.ShouldBe("https://a.example/1");
    }

    [Fact]
    public void Http_charset_reaches_the_text() =>
        ((FeedDocument)FeedReader.Read(
            CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes("<rss><channel><item><title>Привет</title></item></channel></rss>"),
            "windows-1251",
            null,
            ReadingLimit.None))
            .Entries[0].Title.ShouldBe("Привет");

    [Fact]
    public void Atom_entries_inherit_the_authors_of_their_feed() =>
        Read("<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Feed</name></author><entry><title>a</title></entry></feed>").Entries[0].Authors
            .ShouldBe(["Feed"]);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   \r\n", "empty")]
    [InlineData("just words", "no element")]
    [InlineData("<opml/>", "opml")]
    [InlineData("{\"a\":1}", "items")]
    [InlineData("{\"items\":[", "not JSON")]
    public void What_is_no_feed_says_why(string text, string why) =>
        FeedReader.Read(Encoding.UTF8.GetBytes(text), null, null, ReadingLimit.None).ShouldBeOfType<FeedReading.Unreadable>().Reason.ShouldContain(why);

    [Fact]
    public void Refresh_hints_are_read()
    {
        var hints = Read(
            "<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>"
                + "2</sy:updateFrequency><skipHours><hour>24</hour></skipHours></channel></rss>").Hints;
        hints.Interval.ShouldBe(TimeSpan.FromMinutes(30));
        hints.SkipHours.ShouldBe([0]);
    }

    private static FeedDocument Read(string text) =>
        FeedReader.Read(Encoding.UTF8.GetBytes(text), null, new Uri("https://example.org/feed"), ReadingLimit.None).ShouldBeOfType<FeedDocument>();

    private static FeedEntry Entry(string item) => Read("<rss version='2.0'><channel>" + item + "</channel></rss>").Entries.ShouldHaveSingleItem();
}
