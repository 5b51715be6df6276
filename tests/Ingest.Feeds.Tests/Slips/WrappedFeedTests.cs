namespace Ingest.Feeds.Tests.Slips;

public class WrappedFeedTests
{
    private const string Rss =
        "<rss version=\"2.0\"><channel><title>Weir</title><item><title>Low water</title><link>https://weir.example/1</link></item></channel></rss>";

    private const string Atom =
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Weir</title><entry><title>Low water</title><link href=\"https://weir.example/1\"/></entry></feed>";

    private const string Rdf =
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"><channel><title>Weir</title></channel>"
            + "<item><title>Low water</title><link>https://weir.example/1</link></item></rdf:RDF>";

    private const string Json =
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Weir\",\"items\":[{\"title\":\"Low water\",\"url\":\"https://weir.example/1\"}]}";

    public static TheoryData<string> Wrapped => new(
        "<!DOCTYPE html>\n<?xml version='1.0'?>" + Rss,
        "<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>" + Atom + "</html>",
        "<!DOCTYPE html>" + Rss,
        "<html><body>" + Rss + "</body></html>",
        "<html><head><meta charset=utf-8><script>var x = '<rss>';</script><link rel=stylesheet href=/s.css></head>\n" + Rdf,
        "<!doctype html><html><head><title>Feed</title></head><body class=a><div>" + Atom + "</div></body></html>",
        "<html><body><!-- <rss><item/> -->\r\n<?xml version='1.0' encoding='iso-8859-1'?>" + Rss + "\n</body>",
        "<html><head><script src=/push.js></script></head><body>" + Rss.Replace("</title><item>", " & more</title><item>", StringComparison.Ordinal),
        "<html><body><pre>" + Escaped(Rss) + "</pre></body></html>",
        "<html><body><pre>\n" + Escaped("<?xml version='1.0'?>\n" + Atom) + "</pre></body></html>",
        "<pre style='x'><code>" + Escaped(Rss) + "</code></pre>",
        "<!DOCTYPE html><html><body>" + Escaped(Rdf) + "</body></html>",
        "<pre><span>" + Escaped("<rss version=\"2.0\">") + "</span>" + Escaped(Rss[19..]) + "</pre>",
        "<html><head><meta name=color-scheme></head><body><pre>" + Escaped(Json) + "</pre></body></html>",
        "<?xml version='1.0'?><string xmlns='http://tempuri.org/'>" + Escaped(Rss) + "</string>",
        "<?xml version='1.0'?><answer><status>ok</status>" + Rss + "</answer>",
        Escaped(Atom));

    [Theory]
    [MemberData(nameof(Wrapped))]
    public void A_feed_within_something_else_is_read_and_told(string document)
    {
        var feed = Slip.Read(document);
        feed.Entries.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            static entry => entry.Title.ShouldBe("Low water"), static entry => entry.Link.ShouldBe("https://weir.example/1"));
        feed.Repairs.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("<html><body><h1>RSS</h1><pre>&lt;rss>&lt;channel>&lt;item>&lt;title>x&lt;/title>&lt;/item>&lt;/channel>&lt;/rss></pre></body></html>")]
    [InlineData("<html><head><script>document.write('<rss><channel><item><title>x</title></item></channel></rss>')</script></head><body>Hi</body></html>")]
    [InlineData("<html><body><textarea><rss><channel><item><title>x</title></item></channel></rss></textarea></body></html>")]
    [InlineData("<html><body><!--<rdf:RDF xmlns='http://purl.org/rss/1.0/'><item/></rdf:RDF>--></body></html>")]
    [InlineData("<html><body><svg><rdf:RDF xmlns='http://web.resource.org/cc/'><Work/></rdf:RDF></svg><item-list></item-list></body></html>")]
    [InlineData("<html><body><feed>Our feed</feed><item>x</item></body></html>")]
    [InlineData("<html><body>&lt;3 this page</body></html>")]
    public void A_page_that_only_shows_a_feed_stays_a_page(string html) => Slip.Read(html).Format.ShouldBe(FeedFormat.Page);

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
