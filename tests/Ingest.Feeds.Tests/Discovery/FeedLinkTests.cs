using Ingest.Text.Limits;

namespace Ingest.Feeds.Tests.Discovery;

public sealed class FeedLinkTests
{
    private const string Rss = "<link rel=alternate type=application/rss+xml href=/news.rss>";

    [Theory]
    [InlineData("<link rel=sitemap href=/map.xml>" + Rss, "/news.rss /map.xml")]
    [InlineData("<link rel=alternate type=application/rss+xml title='Comments on all posts' href='/c/feed/'>" + Rss, "/news.rss /c/feed/")]
    [InlineData("<link rel=alternate type=application/rss+xml title=Kommentar-Feed href='/k/feed/'>" + Rss, "/news.rss /k/feed/")]
    [InlineData("<link rel=alternate type=application/rss+xml href='/comments/feed/'><link rel=sitemap href=/map.xml>", "/comments/feed/ /map.xml")]
    [InlineData("<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/2>" + Rss, "/news.rss")]
    [InlineData("<link rel=alternate type=application/json+oembed href=/oembed?url=x>" + Rss, "/news.rss")]
    [InlineData("<link rel=alternate type=text/xml href=/oembed?format=xml>" + Rss, "/news.rss")]
    [InlineData("<link rel=alternate type=text/xml href=/data.xml>" + Rss, "/news.rss /data.xml")]
    [InlineData("<link type=application/atom+xml href=/a.xml>", "/a.xml")]
    [InlineData("<link rel=alternate type=application/rss+xml href=/feed/>", "/feed/")]
    [InlineData("<link rel=alternate type=application/rss+xml href=/feed/ />", "/feed/")]
    [InlineData("<link rel=alternate href=/blog.atom title=Blog>", "/blog.atom")]
    [InlineData("<link rel=alternate hreflang=de href=/de/>", "")]
    [InlineData("<link rel=stylesheet type=text/css href=/rss.css><link rel=icon href=/feed.png>", "")]
    [InlineData("<p><a href=/blog/index.xml>RSS</a> <a href=/about.html>About</a>", "/blog/index.xml")]
    [InlineData("<p><a href=/export.xml>Atom feed</a> <a href=/prices.xml>Prices</a>", "/export.xml")]
    [InlineData("<p><a href='/news/feed/' title='Follow us'><img src=rss.png></a>", "/news/feed/")]
    [InlineData("<p><a href='feed://www.site.example/all.rss'>Abonnieren</a>", "http://www.site.example/all.rss")]
    [InlineData("<p><a href=https://friend.example/feed>A friend</a>" + Rss, "/news.rss")]
    [InlineData("<p><a rel=feed href=/plain>News</a>", "/plain")]
    [InlineData("<a href=/feedback>Feedback</a> <a href=/rssing/about>About</a> <a href=/feeds.html>Our feeds</a>", "")]
    public void The_best_feed_of_a_page_comes_first(string html, string expected)
    {
        var reading = (FeedDocument)FeedReader.Read(
            System.Text.Encoding.UTF8.GetBytes($"<!doctype html><html><head><title>Site</title>{html}</html>"), "utf-8", new Uri("https://site.example/"),
            ReadingLimit.None);

        var found = reading.ChildrenAreGuesses ? [] : reading.Children;
        string.Join(' ', found.Select(static child => child.Url.Replace("https://site.example", "", StringComparison.Ordinal))).ShouldBe(expected);
    }
}
