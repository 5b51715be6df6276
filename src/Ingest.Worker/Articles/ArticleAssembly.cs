using Ingest.Feeds;
using Ingest.Identity;
using Ingest.Identity.Sites;
using Ingest.Pages;
using Ingest.Text;
using Ingest.Text.Detection;
using Ingest.Text.Html;
using Ingest.Text.Languages;

namespace Ingest.Worker.Articles;

/// <summary>Makes the dated article from what the feed says, from what the page says, and from both.</summary>
/// <remarks>
/// What the feed gave is stored at once, so that an article survives a page that cannot be read; the page then improves it. Field by field, when both speak:
/// <list type="table">
/// <item><term>URL</term><description>the page's canonical link to its own site, else the URL that answered.</description></item>
/// <item><term>title</term><description>the page's, except a bare document title (which carries the site's name) or one that is a cut of the feed's; else the
/// feed's.</description></item>
/// <item><term>headline</term><description>the page's schema.org headline, else the title.</description></item>
/// <item><term>description</term><description>the page's, unless it is a cut of the feed's; else the feed's.</description></item>
/// <item><term>body</term><description>the page's, unless the feed's is more than half as long again (the page is cut by a paywall); else the
/// feed's.</description></item>
/// <item><term>date</term><description><see cref="DateChoice"/>.</description></item>
/// <item><term>modified</term><description>the later of both.</description></item>
/// <item><term>authors, language, image</term><description>the page's, else the feed's.</description></item>
/// <item><term>categories</term><description>the feed's, then those of the page that the feed lacks.</description></item>
/// <item><term>enclosures</term><description>the feed's: pages state none.</description></item>
/// </list>
/// A page that is no article (challenge, consent, index, front page, empty) contradicts nothing: it is rejected and the feed's record stays as it is.
/// </remarks>
internal static class ArticleAssembly
{
    private const double PaywallRatio = 1.5;

    /// <summary>
    /// The record that the feed alone supports. A sitemap's bare URL has neither title nor text and is rejected: its page must be read
    /// (<see cref="FromPage"/>).
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="feed">The feed it stood in, for what it says of all its entries.</param>
    /// <param name="url">The article's URL, absolute http(s).</param>
    public static AssemblyResult FromEntry(FeedEntry entry, FeedDocument feed, Uri url)
    {
        var text = EntryText.Read(entry);
        var title = HtmlText.Line(entry.Title);
        if (title.Length == 0 && text.Description.Length == 0 && text.Body.Length == 0)
            return new AssemblyResult.Rejected("the entry has neither a title nor text");
        var date = entry.Published ?? entry.Updated;
        return new AssemblyResult.Assembled(new DatedArticle
        {
            Url = url,
            Title = title,
            TitleSource = title.Length > 0 ? Origins.Feed : Origins.None,
            Headline = title,
            Description = text.Description,
            Body = text.Body,
            BodySource = text.BodySource,
            PublishedOn = date?.Day,
            PublishedAt = date?.At,
            ModifiedAt = entry.Updated?.At,
            DateSource = date is null ? Origins.None : Origins.Feed,
            Authors = Lines(entry.Authors),
            Language = LanguageTag.Read(entry.Language) ?? LanguageTag.Read(feed.Language)
                ?? LanguageDetector.Detect(text.Body.Length > 0 ? text.Body : text.Description),
            ImageUrl = entry.Image ?? entry.Enclosures.FirstOrDefault(IsImage)?.Url,
            Categories = Lines(entry.Categories.Select(static category => category.Term)),
            Enclosures = entry.Enclosures,
            Retraction = Retraction.OfTitle(title),
        });
    }

    /// <summary>Must the page be read, or did the feed already carry the whole article? <see cref="EntryText.IsWhole"/> is the rule.</summary>
    public static bool NeedsPage(DatedArticle article, FeedEntry entry) => !EntryText.IsWhole(article.Body, entry);

    /// <summary>The record of a page that no feed entry stands behind.</summary>
    /// <param name="page">The page as read.</param>
    /// <param name="url">The URL that answered, absolute http(s).</param>
    public static AssemblyResult FromPage(ArticlePage page, Uri url)
    {
        if (NoArticle(page) is { } reason) return new AssemblyResult.Rejected(reason);
        if (page.Body is null) return new AssemblyResult.Rejected("the page has no running text");
        var title = PlainText.Line(page.Title?.Text ?? page.Headline?.Text);
        return new AssemblyResult.Assembled(new DatedArticle
        {
            Url = CanonicalOf(page, url),
            Title = title,
            TitleSource = title.Length > 0 ? (page.Title ?? page.Headline)!.Origin : Origins.None,
            Headline = Headline(page, title),
            Description = PlainText.Line(page.Description?.Text),
            Body = page.Body.Text,
            BodySource = page.Body.Origin,
            PublishedOn = page.Published?.Date.Day,
            PublishedAt = page.Published?.Date.At,
            ModifiedAt = page.Modified?.Date.At,
            DateSource = page.Published?.Origin ?? Origins.None,
            Authors = Lines(page.Authors),
            Language = page.Language,
            ImageUrl = page.Image,
            Categories = Lines(page.Categories),
            LiveBlog = page.Kind == PageKind.LiveBlog,
            Retraction = RetractionOf(page, title),
        });
    }

    /// <summary>The record of an entry and its page, by the table above.</summary>
    /// <param name="fromFeed">What <see cref="FromEntry"/> made of the entry.</param>
    /// <param name="page">The entry's page as read.</param>
    /// <param name="finalUrl">The URL that answered, absolute http(s).</param>
    public static AssemblyResult Merge(DatedArticle fromFeed, ArticlePage page, Uri finalUrl)
    {
        if (NoArticle(page) is { } reason) return new AssemblyResult.Rejected(reason);
        if (IsFrontPage(finalUrl) && !IsFrontPage(fromFeed.Url)) return new AssemblyResult.Rejected("the entry's page redirects to the front page");
        if (page.Body is null && page.Kind != PageKind.Media) return new AssemblyResult.Rejected("the page has no running text");
        if (IsElsewhere(fromFeed, page, finalUrl)) return new AssemblyResult.Rejected("the entry's page redirects to one that speaks of something else");
        var (title, titleSource) = ChooseTitle(fromFeed, page);
        var (body, bodySource) = ChooseBody(fromFeed, page);
        var date = DateChoice.Between(fromFeed, page.Published);
        return new AssemblyResult.Assembled(fromFeed with
        {
            Url = CanonicalOf(page, finalUrl),
            Title = title,
            TitleSource = titleSource,
            Headline = Headline(page, title),
            Description = UncutOf(PlainText.Line(page.Description?.Text), fromFeed.Description),
            Body = body,
            BodySource = bodySource,
            PublishedOn = date.Day,
            PublishedAt = date.At,
            DateSource = date.Source,
            ModifiedAt = Later(fromFeed.ModifiedAt, page.Modified?.Date.At),
            Authors = page.Authors.Count > 0 ? Lines(page.Authors) : fromFeed.Authors,
            Language = page.Language ?? fromFeed.Language,
            ImageUrl = page.Image ?? fromFeed.ImageUrl,
            Categories = Lines([.. fromFeed.Categories, .. page.Categories]),
            LiveBlog = page.Kind == PageKind.LiveBlog,
            Retraction = RetractionOf(page, title) ?? fromFeed.Retraction,
        });
    }

    private static string? RetractionOf(ArticlePage page, string title) =>
        Retraction.OfStatus(page.Status) ?? Retraction.OfTitle(title) ?? Retraction.OfTitle(PlainText.Line(page.Headline?.Text));

    private static string? NoArticle(ArticlePage page) => page.Kind switch
    {
        PageKind.Article or PageKind.LiveBlog or PageKind.Media => null,
        PageKind.Challenge => "the page is a bot challenge",
        PageKind.Consent => "the page is a consent wall",
        PageKind.Index => "the page is an index of other pages",
        PageKind.Empty => "the page has no running text",
        PageKind.Costly => page.Fault,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static (string Text, string Source) ChooseTitle(DatedArticle fromFeed, ArticlePage page)
    {
        var stated = page.Title ?? page.Headline;
        var title = PlainText.Line(stated?.Text);
        var feedWins = fromFeed.Title.Length > 0 && (title.Length == 0 || stated!.Origin == Origins.Html || UncutOf(title, fromFeed.Title) != title);
        return feedWins ? (fromFeed.Title, fromFeed.TitleSource) : (title, title.Length > 0 ? stated!.Origin : Origins.None);
    }

    private static (string Text, string Source) ChooseBody(DatedArticle fromFeed, ArticlePage page) =>
        page.Body is { } body && fromFeed.Body.Length <= body.Text.Length * PaywallRatio ? (body.Text, body.Origin) : (fromFeed.Body, fromFeed.BodySource);

    private static string Headline(ArticlePage page, string title) => PlainText.Line(page.Headline?.Text) is { Length: > 0 } headline ? headline : title;

    /// <summary>The preferred text, unless it is empty or the beginning of the other, cut short.</summary>
    private static string UncutOf(string preferred, string other)
    {
        var stem = preferred.TrimEnd('.', '…', ' ', ']', '[');
        var cut = stem.Length == 0 || (stem.Length < preferred.Length && other.Length > preferred.Length && other.StartsWith(stem, StringComparison.Ordinal));
        return cut ? other : preferred;
    }

    // A canonical link to another site says whose text it is, not where this article stands.
    private static Uri CanonicalOf(ArticlePage page, Uri url) =>
        CanonicalUrl.Parse(page.CanonicalUrl) is { } canonical && Site.MayNameFor(canonical, url) ? canonical : url;

    // Dead links are often sent to one page for all of them.
    private static bool IsElsewhere(DatedArticle fromFeed, ArticlePage page, Uri finalUrl) =>
        fromFeed.TitleSource == Origins.Feed && ArticleKey.Of(finalUrl) != ArticleKey.Of(fromFeed.Url)
        && !SameArticle.MaySpeakOf(fromFeed.Title, string.Join('\n', page.Title?.Text, page.Headline?.Text, page.Description?.Text, page.Body?.Text));

    private static bool IsFrontPage(Uri url) => url.AbsolutePath is "/" or "" && url.Query.Length == 0;

    private static bool IsImage(Enclosure enclosure) => enclosure.Type?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true;

    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset? right) => left > right || right is null ? left : right;

    private static string[] Lines(IEnumerable<string> texts) =>
        [.. texts.Select(HtmlText.Line).Where(static text => text.Length > 0).DistinctBy(static text => text.ToLowerInvariant())];
}
