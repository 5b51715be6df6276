using System.Text;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Tests.Slips;

public class SitemapSlipTests
{
    private const string Namespaces = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:image='http://www.google.com/schemas/sitemap-image/1.1' "
        + "xmlns:v='http://www.google.com/schemas/sitemap-video/1.1'";

    [Theory]
    [InlineData("<image:loc>https://weir.example/i.jpg</image:loc><loc>https://weir.example/1</loc>")]
    [InlineData("<image:image><image:loc>https://weir.example/i.jpg</image:loc></image:image><loc> https://weir.example/1\n</loc>")]
    [InlineData("<v:loc>https://weir.example/v.mp4</v:loc><LOC>https://weir.example/1</LOC>")]
    [InlineData("<loc>https://weir.example/1</loc><image:loc>https://weir.example/i.jpg</image:loc>")]
    [InlineData("<loc xmlns=''>https://weir.example/1</loc>")]
    [InlineData("<loc>&lt;![CDATA[https://weir.example/1]]&gt;</loc>")]
    public void The_address_is_the_pages_own(string row) =>
        Slip.Read($"<urlset {Namespaces}><url>{row}</url></urlset>").Entries.ShouldHaveSingleItem().Link.ShouldBe("https://weir.example/1");

    [Fact]
    public void An_image_alone_is_no_page() =>
        Slip.Read($"<urlset {Namespaces}><url><image:loc>https://weir.example/i.jpg</image:loc></url></urlset>").Entries.ShouldBeEmpty();

    [Theory]
    [InlineData("https://weir.example/2?a=1&amp;amp;b=2")]
    [InlineData("https://weir.example/2?a=1&amp;amp;amp;b=2")]
    [InlineData("<![CDATA[https://weir.example/2?a=1&amp;b=2]]>")]
    [InlineData("https://weir.example/2?a=1&amp;b=2")]
    [InlineData("https://weir.example/2?a=1&b=2")]
    public void Ampersands_are_unescaped_to_the_last(string location) =>
        Slip.Read($"<urlset {Namespaces}><url><loc>{location}</loc></url></urlset>").Entries.ShouldHaveSingleItem().Link
            .ShouldBe("https://weir.example/2?a=1&b=2");

    [Theory]
    [InlineData("urlset", FeedFormat.Sitemap, "sitemaps in a list of addresses taken in")]
    [InlineData("sitemapindex", FeedFormat.Sitemap, "addresses in a sitemap index taken in")]
    public void Sitemaps_and_addresses_in_one_are_both_read(string root, FeedFormat format, string repair)
    {
        var sitemap = Slip.Read(
            $"<{root} {Namespaces}><sitemap><loc>https://weir.example/a.xml</loc></sitemap><url><loc>https://weir.example/1</loc></url></{root}>");
        sitemap.Format.ShouldBe(format);
        sitemap.Children.ShouldHaveSingleItem().Url.ShouldBe("https://weir.example/a.xml");
        sitemap.Entries.ShouldHaveSingleItem().Link.ShouldBe("https://weir.example/1");
        sitemap.Repairs.ShouldBe([repair]);
    }

    [Theory]
    [InlineData("https://weir.example/1\nhttps://weir.example/2\n")]
    [InlineData("https://weir.example/1\r\nhttps://weir.example/2")]
    [InlineData("\uFEFFhttps://weir.example/1\r\rhttps://weir.example/2")]
    [InlineData("\n\n  https://weir.example/1  \n\n\thttps://weir.example/2\n")]
    [InlineData("HTTPS://weir.example/1\nhttps://weir.example/2")]
    public void Plain_text_is_a_sitemap_of_its_lines(string text)
    {
        var sitemap = Slip.Read(text);
        sitemap.Format.ShouldBe(FeedFormat.Sitemap);
        sitemap.Entries.Select(static entry => entry.Link!.ToLowerInvariant()).ShouldBe(["https://weir.example/1", "https://weir.example/2"]);
    }

    [Fact]
    public void So_is_UTF_16() => FeedReader.Read(Encoding.Unicode.GetBytes("https://weir.example/ü\nhttps://weir.example/2"), null, null, ReadingLimit.None)
        .ShouldBeOfType<FeedDocument>().Entries[0].Link.ShouldBe("https://weir.example/ü");

    [Theory]
    [InlineData("https://weir.example/1 is our new address")]
    [InlineData("https://weir.example/1\nNot found")]
    [InlineData("http")]
    [InlineData("hello")]
    public void Other_text_is_none(string text) =>
        FeedReader.Read(Encoding.UTF8.GetBytes(text), null, null, ReadingLimit.None).ShouldNotBeOfType<FeedDocument>();
}
