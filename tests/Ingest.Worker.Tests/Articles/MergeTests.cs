using Ingest.Pages;
using Ingest.Text;
using Ingest.Worker.Articles;

namespace Ingest.Worker.Tests.Articles;

public sealed class MergeTests
{
    private static readonly Uri Url = new("https://example.org/2024/03/05/story?from=feed");

    private static readonly DatedArticle FromFeed = new()
    {
        Url = Url,
        Title = "Feed title",
        TitleSource = "feed",
        Headline = "Feed title",
        Description = "Feed description",
        Authors = ["Feed Author"],
        Language = "de",
        ImageUrl = "https://example.org/feed.jpg",
        Categories = ["News"],
        Enclosures = [new Enclosure("https://example.org/a.mp3", "audio/mpeg", 1)],
    };

    private static readonly ArticlePage Page = new()
    {
        Title = new PageClaim("Page title", "json-ld"),
        Headline = new PageClaim("Page headline", "json-ld"),
        Description = new PageClaim("Page description", "meta"),
        Body = new PageClaim("One.\n\nTwo.", "html"),
        Authors = ["Page Author"],
        Language = "de-AT",
        Image = "https://example.org/page.jpg",
        Categories = ["news", "Politics"],
        CanonicalUrl = "https://example.org/2024/03/05/story",
    };

    [Fact]
    public void The_page_wins_where_both_speak()
    {
        var article = Merged(FromFeed, Page);
        article.Url.ShouldBe(new Uri("https://example.org/2024/03/05/story"));
        (article.Title, article.TitleSource, article.Headline, article.Description).ShouldBe(("Page title", "json-ld", "Page headline", "Page description"));
        (article.Body, article.BodySource).ShouldBe(("One.\n\nTwo.", "html"));
        article.Authors.ShouldBe(["Page Author"]);
        (article.Language, article.ImageUrl).ShouldBe(("de-AT", "https://example.org/page.jpg"));
        article.Categories.ShouldBe(["News", "Politics"]);
        article.Enclosures.ShouldBe(FromFeed.Enclosures);
    }

    [Fact]
    public void The_feed_stands_in_where_the_page_is_silent()
    {
        var article = Merged(FromFeed with { Body = "Text.", BodySource = "feed-content" }, new ArticlePage { Kind = PageKind.Media });
        article.ShouldBe(FromFeed with { Body = "Text.", BodySource = "feed-content", Url = Url, Categories = article.Categories, Authors = article.Authors });
        article.Categories.ShouldBe(FromFeed.Categories);
    }

    [Theory]
    [InlineData("Page title | Example", "html", "Feed title")]
    [InlineData("Feed ti…", "opengraph", "Feed title")]
    [InlineData("Another title", "opengraph", "Another title")]
    public void A_bare_document_title_or_a_cut_one_gives_way_to_the_feeds(string title, string origin, string expected) =>
        Merged(FromFeed, Page with { Title = new PageClaim(title, origin), Headline = null }).Title.ShouldBe(expected);

    [Fact]
    public void A_cut_description_gives_way_to_the_whole_one() =>
        Merged(FromFeed, Page with { Description = new PageClaim("Feed desc...", "meta") }).Description.ShouldBe("Feed description");

    [Fact]
    public void A_page_cut_by_a_paywall_does_not_cost_the_feeds_text()
    {
        var whole = FromFeed with { Body = string.Concat(Enumerable.Repeat("Sentence. ", 50)), BodySource = "feed-content" };
        Merged(whole, Page).BodySource.ShouldBe("feed-content");
        Merged(whole, Page with { Body = new PageClaim(whole.Body[..400], "html") }).BodySource.ShouldBe("html");
    }

    [Theory]
    [InlineData(nameof(PageKind.Challenge))]
    [InlineData(nameof(PageKind.Consent))]
    [InlineData(nameof(PageKind.Index))]
    [InlineData(nameof(PageKind.Empty))]
    public void Pages_that_are_no_article_are_rejected(string kind)
    {
        var page = Page with { Kind = Enum.Parse<PageKind>(kind) };
        ArticleAssembly.Merge(FromFeed, page, Url).ShouldBeOfType<AssemblyResult.Rejected>().Reason.ShouldNotBeEmpty();
        ArticleAssembly.FromPage(page, Url).ShouldBeOfType<AssemblyResult.Rejected>().Reason.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_page_that_took_too_long_is_rejected_in_its_own_words() =>
        ArticleAssembly.FromPage(new ArticlePage { Kind = PageKind.Costly, Fault = "the page took more than 5 s of processor time to read" }, Url)
            .ShouldBe(new AssemblyResult.Rejected("the page took more than 5 s of processor time to read"));

    [Fact]
    public void A_redirect_to_the_front_page_is_no_article()
    {
        ArticleAssembly.Merge(FromFeed, Page, new Uri("https://example.org/")).ShouldBeOfType<AssemblyResult.Rejected>();
        ArticleAssembly.Merge(FromFeed with { Url = new Uri("https://example.org/") }, Page, new Uri("https://example.org/"))
            .ShouldBeOfType<AssemblyResult.Assembled>();
    }

    [Fact]
    public void A_live_blog_is_kept_and_flagged() => Merged(FromFeed, Page with { Kind = PageKind.LiveBlog }).LiveBlog.ShouldBeTrue();

    [Fact]
    public void A_page_without_a_feed_stands_alone()
    {
        var article = ArticleAssembly.FromPage(Page, Url).ShouldBeOfType<AssemblyResult.Assembled>().Article;
        (article.Title, article.Headline, article.Body, article.DateSource).ShouldBe(("Page title", "Page headline", "One.\n\nTwo.", "none"));
        ArticleAssembly.FromPage(Page with { Body = null }, Url).ShouldBeOfType<AssemblyResult.Rejected>();
    }

    [Theory]
    // feed, page, origin, expected day, expected moment, source
    [InlineData("2024-03-05T22:30:00Z", null, null, "2024-03-05", "2024-03-05T22:30:00Z", "feed")]
    [InlineData(null, "2024-03-06T07:30:00+09:00", "json-ld", "2024-03-06", "2024-03-06T07:30:00+09:00", "json-ld")]
    [InlineData("2024-03-05T22:30:00Z", "2024-03-06T07:30:00+09:00", "json-ld", "2024-03-06", "2024-03-06T07:30:00+09:00", "json-ld")]
    [InlineData("2024-03-06T07:30:00+09:00", "2024-03-05T22:30:00Z", "json-ld", "2024-03-06", "2024-03-06T07:30:00+09:00", "feed")]
    [InlineData("2024-03-05T22:30:00Z", "2024-03-06", "visible", "2024-03-06", "2024-03-05T22:30:00Z", "visible")]
    [InlineData("2024-03-05T22:30:00Z", "2023-01-01", "visible", "2024-03-05", "2024-03-05T22:30:00Z", "feed")]
    [InlineData("2024-03-05T22:30:00Z", "2023-01-01", "url", "2023-01-01", null, "url")]
    [InlineData("2024-03-05T22:30:00Z", "2024-04-01T10:00:00Z", "meta", "2024-03-05", "2024-03-05T22:30:00Z", "feed")]
    public void Feed_and_page_dates_are_weighed(string? feed, string? page, string? origin, string day, string? at, string source)
    {
        var stated = Date(feed);
        var article = Merged(
            FromFeed with { PublishedOn = stated?.Day, PublishedAt = stated?.At, DateSource = stated is null ? "none" : "feed" },
            Page with { Published = page is null ? null : new PageDate(Date(page)!, origin!) });
        article.PublishedOn.ShouldBe(Date(day)!.Day);
        article.PublishedAt.ShouldBe(Date(at)?.At);
        article.DateSource.ShouldBe(source);
    }

    [Fact]
    public void An_entry_that_states_only_its_update_takes_the_pages_later_publication()
    {
        var updated = Date("2024-03-05T10:00:00Z")!;
        var feed = FromFeed with { PublishedOn = updated.Day, PublishedAt = updated.At, ModifiedAt = updated.At, DateSource = "feed" };
        Merged(feed, Page with { Published = new PageDate(Date("2024-03-09T10:00:00Z")!, "json-ld") }).PublishedOn.ShouldBe(new DateOnly(2024, 3, 9));
    }

    private static DatedArticle Merged(DatedArticle fromFeed, ArticlePage page) =>
        ArticleAssembly.Merge(fromFeed, page, Url).ShouldBeOfType<AssemblyResult.Assembled>().Article;

    private static StatedDate? Date(string? text)
    {
        if (text is null) return null;
        return text.Length == 10
            ? StatedDate.OfDay(DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
            : StatedDate.OfMoment(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture), true);
    }
}
