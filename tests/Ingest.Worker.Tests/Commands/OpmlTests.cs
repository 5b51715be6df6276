using System.Text;
using CsCheck;
using Ingest.Worker.Commands.SourceLists;
using Ingest.Worker.Commands.SourceLists.Opml;

namespace Ingest.Worker.Tests.Commands;

public sealed class OpmlTests
{
    [Fact]
    public void Folders_and_categories_become_tags()
    {
        var feed = Read(
            """<outline text="News"><outline text="World"><outline text="A" xmlUrl="https://example.com/a" category="/x/y,z,World"/></outline></outline>""").Feeds.Single();
        (feed.Text, feed.Url.AbsoluteUri).ShouldBe(("A", "https://example.com/a"));
        feed.Tags.ShouldBe(["News", "World", "x/y", "z"]);
    }

    [Fact]
    public void A_folder_ends_where_its_element_ends() =>
        Read(
            """<outline text="News"><outline text="A" xmlUrl="https://example.com/a"/></outline><outline text="Empty"/><outline text="B" xmlUrl="https://example.com/b"/>""").Feeds
            .Select(static feed => string.Join(',', feed.Tags)).ShouldBe(["News", ""]);

    [Fact]
    public void Attributes_are_read_in_every_case_and_old_schemes_understood() =>
        Read("""<outline Title="A" XMLURL="feed://example.com/a"/><outline text="B" xmlurl="feed:https://example.com/b"/>""").Feeds
            .Select(static feed => $"{feed.Text} {feed.Url}").ShouldBe(["A http://example.com/a", "B https://example.com/b"]);

    [Fact]
    public void A_feed_in_two_folders_is_one_feed_with_both_tags() =>
        Read(
            """<outline text="X"><outline text="A" xmlUrl="https://example.com/a"/></outline><outline text="Y"><outline text="A" xmlUrl="https://example.com/a"/></outline>""").Feeds.Single().Tags
            .ShouldBe(["X", "Y"]);

    [Fact]
    public void A_feed_without_a_web_address_is_skipped_and_named() =>
        Read("""<outline text="A" xmlUrl="javascript:alert(1)"/>""").PassedOver.ShouldBe(["\"A\" has no http(s) URL: 'javascript:alert(1)'."]);

    [Fact]
    public void A_DTD_is_refused() =>
        Refuse("""<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><opml><body><outline text="&b;"/></body></opml>""")
            .ShouldContain("DTD is prohibited");

    [Fact]
    public void Depth_is_bounded() =>
        Refuse("<opml><body>" + string.Concat(Enumerable.Repeat("<outline text=\"a\">", 100_000))).ShouldContain("deeper than 64");

    [Fact]
    public void Size_is_bounded()
    {
        var comment = "<!--" + new string('a', 1024 * 1024) + "-->";
        Refuse($"<opml>{string.Concat(Enumerable.Repeat(comment, 33))}</opml>").ShouldContain("exceeded a limit");
        Refuse($"<opml>{string.Concat(Enumerable.Repeat(comment, 65))}</opml>").ShouldBe("It is larger than 67108864 bytes.");
        Refuse($"<opml><!--{new string('a', 9 * 1024 * 1024)}--></opml>").ShouldBe("It holds one piece of more than 8388608 bytes.");
    }

    [Theory]
    [InlineData("<rss/>", "It is not OPML: its root is <rss>.")]
    [InlineData("<opml><body>", "line 1:")]
    [InlineData("", "Root element is missing")]
    public void What_is_no_OPML_is_refused_in_words(string text, string words) => Refuse(text).ShouldContain(words);

    [Theory]
    [InlineData(
        "<opml><head><title>R&D</title></head><body><outline text='Lock & Weir' xmlUrl='https://weir.example/a?x=1&y=2'/></body></opml>",
        "Lock & Weir")]
    [InlineData("\n \n<?xml version='1.0'?><opml><body><outline text='Lock' xmlUrl='https://weir.example/a?x=1&amp;y=2'/></body></opml>", "Lock")]
    [InlineData("<opml><body><outline text='Lock&nbsp;1' xmlUrl='https://weir.example/a?x=1&amp;y=2'/></body></opml>", "Lock\u00a01")]
    [InlineData("<opml><body><outline text='Lock' text='No' xmlUrl='https://weir.example/a?x=1&amp;y=2' xmlUrl='#'/></body></opml>", "Lock")]
    [InlineData("<opml><body><outline text=Lock xmlUrl='https://weir.example/a?x=1&amp;y=2'></body></opml>", "Lock")]
    [InlineData("<opml><body><outline text='a < b' xmlUrl='https://weir.example/a?x=1&amp;y=2'/></body></opml>", "a < b")]
    [InlineData("<opml><body><outline text='Lock \u0003' xmlUrl='https://weir.example/a?x=1&amp;y=2'/></body>", "Lock")]
    [InlineData("<opml><body><outline text='Lock &#55357;&#56842;' xmlUrl='https://weir.example/a?x=1&amp;y=2'/></body></opml>", "Lock \ud83d\ude0a")]
    [InlineData("<opml><body><outline x:y='1' text='Lock' xmlUrl='https://weir.example/a?x=1&amp;y=2'/></body></opml> more", "Lock")]
    [InlineData(
        "<?xml version='1.0' encoding='utf-16'?><opml><body><outline text='Z\u00fcrich' xmlUrl='https://weir.example/a?x=1&amp;y=2'/></body></opml>",
        "Z\u00fcrich")]
    public void A_list_with_slips_is_read_and_they_are_told(string text, string name)
    {
        var reading = ReadWhole(text);
        reading.Feeds.Select(static feed => (feed.Text, feed.Url.AbsoluteUri)).ShouldBe([(name, "https://weir.example/a?x=1&y=2")]);
        reading.Repairs.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("utf-8", "54E9", "T\u00e9")]
    [InlineData("iso-8859-16", "AA", "\u0218")]
    [InlineData("big5", "C6E7", "\u3041")]
    [InlineData("shift_jis", "ED95", "\ufa11")]
    public void A_list_is_read_in_the_encoding_it_has(string label, string hex, string name)
    {
        using var stream = new MemoryStream();
        stream.Write(Encoding.ASCII.GetBytes($"<?xml version='1.0' encoding='{label}'?><opml><body><outline text='"));
        stream.Write(Convert.FromHexString(hex));
        stream.Write("' xmlUrl='https://weir.example/a'/></body></opml>"u8);
        stream.Position = 0;
        OpmlReader.Read(stream).Feeds.ShouldHaveSingleItem().Text.ShouldBe(name);
    }

    [Fact]
    public void A_list_without_a_slip_needs_no_repair() => Read("<outline text='A' xmlUrl='https://weir.example/a'/>").Repairs.ShouldBeEmpty();

    [Fact]
    public void What_is_written_is_read_again_as_it_was() =>
        Gen.Select(Gen.String.Array[0, 3], Gen.String, Gen.String).Array[0, 5].Sample(static rows =>
        {
            var feeds = rows
                .Select(
                    static (row, i) =>
                        new OpmlFeed("name-" + i, new Uri($"https://example.com/{i}?a=1&b=%22"), [.. row.Item1]) { Title = row.Item2, SiteUrl = row.Item3 })
                .ToList();
            using var stream = new MemoryStream();
            OpmlWriter.Write(stream, feeds);
            stream.Position = 0;
            OpmlReader.Read(stream).Feeds.Select(static feed => (feed.Text, feed.Url)).ShouldBe(feeds.Select(static feed => (feed.Text, feed.Url)));
        });

    [Fact]
    public void Names_titles_sites_and_tags_survive_the_way_out_and_in()
    {
        var feed = new OpmlFeed("a", new Uri("https://example.com/a?x=1&y=2"), ["world", "en"])
        {
            Title = "A & \"B\" <\ud83d\ude00>",
            SiteUrl = "https://example.com/",
        };
        using var stream = new MemoryStream();
        OpmlWriter.Write(stream, [feed]);
        stream.Position = 0;
        var read = OpmlReader.Read(stream).Feeds.Single();
        (read.Text, read.Url, read.Title, read.SiteUrl).ShouldBe((feed.Text, feed.Url, feed.Title, feed.SiteUrl));
        read.Tags.ShouldBe(feed.Tags);
    }

    [Theory]
    [InlineData("BBC News - World", "bbc-news-world")]
    [InlineData("S\u00fcddeutsche  Zeitung!", "suddeutsche-zeitung")]
    [InlineData("\u65e5\u672c \u30cb\u30e5\u30fc\u30b9", "\u65e5\u672c-\u30cb\u30e5\u30fc\u30b9")]
    [InlineData("a:b/c", "a-b-c")]
    [InlineData("\ud800", "")]
    public void Names_are_slugs_of_titles(string title, string slug) => SourceNames.Slug(title).ShouldBe(slug);

    [Fact]
    public void Names_are_unique_without_regard_to_case_and_never_empty()
    {
        var names = new SourceNames(["Feed"]);
        new[] { "feed", "FEED!", "***" }.Select(title => names.Take(new OpmlFeed(title, new Uri("https://example.com/a"), [])))
            .ShouldBe(["feed-2", "feed-3", "example-com"]);
    }

    [Fact]
    public void A_list_of_one_name_and_one_of_one_address_are_read_soon()
    {
        var names = new SourceNames(["feed-7"]);
        var feed = new OpmlFeed("Feed", new Uri("https://example.com/a"), []);
        Enumerable.Range(0, 100_000).Select(_ => names.Take(feed)).ToList()[^1].ShouldBe("feed-100001");
        var outlines = string.Concat(Enumerable.Range(0, 100_000).Select(static n => $"<outline xmlUrl='https://example.com/a' category='t{n}'/>"));
        Read(outlines).Feeds.ShouldHaveSingleItem().Tags.Count.ShouldBe(200);
    }

    [Fact]
    public void A_tag_of_too_many_attributes_is_refused() =>
        Refuse($"<opml><body><outline {string.Concat(Enumerable.Range(0, 500_000).Select(static n => $"a{n}='1' "))}/></body></opml>")
            .ShouldBe("It holds a tag of too many attributes.");

    private static OpmlReading Read(string outlines) => ReadWhole($"<opml version=\"2.0\"><head/><body>{outlines}</body></opml>");

    private static OpmlReading ReadWhole(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return OpmlReader.Read(stream);
    }

    private static string Refuse(string text) => Should.Throw<InvalidDataException>(() => ReadWhole(text)).Message;
}
