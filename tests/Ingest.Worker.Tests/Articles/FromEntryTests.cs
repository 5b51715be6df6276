using Ingest.Feeds;
using Ingest.Text;
using Ingest.Worker.Articles;

namespace Ingest.Worker.Tests.Articles;

public sealed class FromEntryTests
{
    private static readonly Uri Url = new("https://example.org/2024/03/05/story");
    private static readonly FeedDocument Feed = new() { Format = FeedFormat.Rss, Language = "en_us" };
    private static readonly string Paragraph = string.Concat(Enumerable.Repeat("The council met again on Tuesday and put the matter off. ", 12)).Trim();

    [Fact]
    public void Content_is_the_body_and_the_summary_the_description()
    {
        var entry = new FeedEntry { Title = "A &lt;b&gt; &amp; <i>c</i>", Summary = "<p>In short.</p>", Content = "<p>One.</p><p>Two.</p>" };
        var article = Assembled(entry);
        article.Title.ShouldBe("A <b> & c");
        article.Headline.ShouldBe(article.Title);
        article.Description.ShouldBe("In short.");
        article.Body.ShouldBe("One.\n\nTwo.");
        article.BodySource.ShouldBe("feed-content");
        article.Language.ShouldBe("en-US");
    }

    [Fact]
    public void A_teaser_alone_is_no_body()
    {
        var article = Assembled(new FeedEntry { Title = "Title", Summary = "<p>In short.</p><p>And more.</p>" });
        article.Description.ShouldBe("In short. And more.");
        article.Body.ShouldBe("");
        article.BodySource.ShouldBe("none");
    }

    [Fact]
    public void A_summary_that_is_the_whole_article_is_the_body()
    {
        var entry = new FeedEntry { Title = "Title", Summary = $"<p>{Paragraph}</p><p>{Paragraph}</p>" };
        var article = Assembled(entry);
        article.Body.ShouldBe($"{Paragraph}\n\n{Paragraph}");
        article.BodySource.ShouldBe("feed-summary");
        ArticleAssembly.NeedsPage(article, entry).ShouldBeFalse();
    }

    [Fact]
    public void The_stated_day_is_the_publishers_own()
    {
        var at = new DateTimeOffset(2024, 3, 6, 1, 0, 0, TimeSpan.FromHours(9));
        var article = Assembled(new FeedEntry { Title = "T", Published = StatedDate.OfMoment(at, true), Updated = StatedDate.OfMoment(at.AddDays(2), true) });
        article.PublishedOn.ShouldBe(new DateOnly(2024, 3, 6));
        article.PublishedAt.ShouldBe(at);
        article.ModifiedAt.ShouldBe(at.AddDays(2));
        article.DateSource.ShouldBe("feed");
    }

    [Fact]
    public void Without_a_stated_date_there_is_none()
    {
        var article = Assembled(new FeedEntry { Title = "T" });
        article.PublishedOn.ShouldBeNull();
        article.DateSource.ShouldBe("none");
    }

    [Fact]
    public void An_entry_without_title_and_text_is_rejected() =>
        ArticleAssembly.FromEntry(new FeedEntry { Link = Url.ToString(), Title = " <img src=x> " }, Feed, Url).ShouldBeOfType<AssemblyResult.Rejected>();

    [Fact]
    public void A_closing_line_that_only_repeats_the_title_is_dropped()
    {
        var entry = new FeedEntry
        {
            Title = "The long winter ends",
            Content = "<p>One.</p><p>Der Beitrag <a href=x>The long winter ends</a> erschien zuerst auf <a href=y>Blatt</a>.</p>",
        };
        Assembled(entry).Body.ShouldBe("One.");
    }

    [Fact]
    public void An_attached_picture_is_the_image_when_none_is_stated()
    {
        var entry = new FeedEntry
        {
            Title = "T",
            Enclosures = [new Enclosure("https://example.org/a.mp3", "audio/mpeg", 1), new Enclosure("https://example.org/a.jpg", "image/jpeg", 1)],
        };
        Assembled(entry).ImageUrl.ShouldBe("https://example.org/a.jpg");
        Assembled(entry).Enclosures.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("<p>Short content.</p>", true)]
    [InlineData("<p>{long}</p><p>{long}</p>", false)]
    [InlineData("<p>{long}</p><p>{long} and then […]</p>", true)]
    [InlineData("<p>{long}</p><p>{long} and then ...</p>", true)]
    [InlineData("<p>{long}</p><p>{long}</p><p><a href=\"https://example.org/other\">Weiterlesen »</a></p>", true)]
    [InlineData("<p>{long}</p><p>{long}</p><p><a href=\"https://example.org/2024/03/05/story\">Open</a></p>", true)]
    public void The_page_is_needed_unless_the_feed_carries_the_whole_text(string content, bool needed)
    {
        var entry = new FeedEntry
        {
            Title = "T",
            Link = Url.ToString(),
            Summary = "<p>In short.</p>",
            Content = content.Replace("{long}", Paragraph, StringComparison.Ordinal),
        };
        ArticleAssembly.NeedsPage(Assembled(entry), entry).ShouldBe(needed);
    }

    [Fact]
    public void The_same_text_as_summary_and_content_must_be_long_to_be_whole()
    {
        var text = $"<p>{Paragraph}</p><p>{Paragraph}</p>";
        var teaser = new FeedEntry { Title = "T", Summary = text, Content = text };
        var whole = new FeedEntry { Title = "T", Summary = text + text, Content = text + text };
        ArticleAssembly.NeedsPage(Assembled(teaser), teaser).ShouldBeTrue();
        ArticleAssembly.NeedsPage(Assembled(whole), whole).ShouldBeFalse();
    }

    private static DatedArticle Assembled(FeedEntry entry) => ArticleAssembly.FromEntry(entry, Feed, Url).ShouldBeOfType<AssemblyResult.Assembled>().Article;
}
