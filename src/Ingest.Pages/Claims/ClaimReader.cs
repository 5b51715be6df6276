using AngleSharp.Html.Dom;
using Ingest.Pages.Claims.Dates;
using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.Names;
using Ingest.Pages.Claims.Schema;
using Ingest.Text;
using Ingest.Text.Html;
using Ingest.Text.Limits;

namespace Ingest.Pages.Claims;

/// <summary>Reads what a page claims about its article: one walk over the DOM collects the marks, then each kind of claim is weighed.</summary>
internal static class ClaimReader
{
    /// <summary>Reads the claims; never throws on what is in the page.</summary>
    /// <param name="document">The page.</param>
    /// <param name="url">The URL that answered.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="explain">Whether <see cref="ArticlePage.Explanation"/> is filled.</param>
    /// <param name="latest">Later dates are no claims; null when the reader's day is not known.</param>
    public static PageClaims Read(IHtmlDocument document, Uri url, ReadingLimit limit, bool explain = false, DateOnly? latest = null)
    {
        var plausible = new PlausibleDays(latest ?? DateOnly.MaxValue);
        var explanation = new Explanation(explain);
        var marks = MarkWalk.Collect(document, limit);
        var sites = SiteNames.Of(marks, url);
        var articles = SchemaArticles.Rank(marks.Items, PageUrls(marks, url), TitleChooser.Spoken(marks), limit);
        var (title, heading) = TitleChooser.Choose(marks, articles, sites, explanation);
        var language = PageLanguage.Of(marks, articles, explanation);
        var monthFirst = PageLanguage.IsMonthFirst(language, url);
        var dates = DateClaims.Collect(marks, articles, url, monthFirst, plausible);
        var published = DateChooser.Published(
            dates, SeenDates.Best(marks, heading, monthFirst, plausible), () => LastDate(marks, monthFirst, plausible), explanation);
        var page = new ArticlePage
        {
            Title = title,
            Headline = Headline(articles),
            Description = PageTopics.Description(marks, articles, title?.Text, sites),
            Published = published,
            Modified = DateChooser.Modified(dates, published),
            Authors = AuthorChooser.Choose(marks, articles, SchemaArticles.ById(marks.Items), heading, sites, explanation),
            Language = language,
            CanonicalUrl = PageLinks.Canonical(marks, url),
            Image = PageLinks.Image(marks, articles, url),
            SiteName = sites.Name,
            Categories = PageTopics.Categories(marks, articles),
            Status = articles.Take(1).Append(marks.LooseProperties)
                .Select(static item => item.Text("creativeWorkStatus"))
                .FirstOrDefault(static status => status is not null),
            Explanation = explanation.Lines,
        };
        return new PageClaims(page)
        {
            Bodies = Bodies(marks, articles),
            Types = [.. articles.Take(1).SelectMany(static article => article.Types), .. marks.Meta("og:type") is { } type ? [type] : Array.Empty<string>()],
        };
    }

    private static PageDate? LastDate(PageMarks marks, bool monthFirst, PlausibleDays plausible)
    {
        if (ScriptDate.Find(marks.Scripts) is { } scripted && plausible.Contain(scripted.Day)) return new PageDate(scripted, Origins.Meta);
        return VisibleDate.Find(marks.DocumentTitle, monthFirst) is { } day && plausible.Contain(day)
            ? new PageDate(StatedDate.OfDay(day), Origins.Visible)
            : null;
    }

    private static HashSet<string> PageUrls(PageMarks marks, Uri url) =>
        [
            .. marks.Links
                .Where(static link => link.Rel == "canonical")
                .Select(static link => link.Href).Append(marks.Meta("og:url")).Append(url.AbsoluteUri).OfType<string>().Select(SchemaArticles.UrlKey),
        ];

    private static PageClaim? Headline(List<SchemaItem> articles)
    {
        foreach (var article in articles.Take(3))
        {
            if (HtmlText.Line(article.Text("headline")) is { Length: > 0 } headline) return new PageClaim(headline, article.Origin);
        }

        return null;
    }

    private static List<PageClaim> Bodies(PageMarks marks, List<SchemaItem> articles) =>
        [.. articles.Append(marks.LooseProperties)
            .Select(static item => (Text: item.Text("articleBody", "text"), item.Origin))
            .Where(static body => body.Text is { Length: > 0 })
            .Select(static body => new PageClaim(body.Text!, body.Origin)).Take(5)];
}
