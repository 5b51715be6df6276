using AngleSharp.Html.Dom;
using Ingest.Pages.Claims.Dates;
using Ingest.Pages.Claims.Dates.Seen;
using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.Names;
using Ingest.Pages.Claims.Schema;
using Ingest.Text;
using Ingest.Text.Html;
using Ingest.Text.Limits;

namespace Ingest.Pages.Claims;

/// <summary>Reads what a page claims about its article: one walk over the DOM collects the signals, then each kind of claim is weighed.</summary>
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
        var signals = MarkWalk.Collect(document, limit);
        var sites = SiteNames.Of(signals, url);
        var articles = SchemaArticles.Rank(signals.Items, PageUrls(signals, url), TitleChooser.Spoken(signals), limit);
        var (title, heading) = TitleChooser.Choose(signals, articles, sites, explanation);
        var language = PageLanguage.Of(signals, articles, explanation);
        var (habits, dates) = Dates(signals, articles, url, DateHabits.Of(language, url), plausible);
        var published = DateChooser.Published(
            dates, SeenDates.Best(signals, heading, habits, plausible), () => LastDate(signals, habits, plausible), explanation);
        var page = new ArticlePage
        {
            Title = title,
            Headline = Headline(articles),
            Description = PageTopics.Description(signals, articles, title?.Text, sites),
            Published = published,
            Modified = DateChooser.Modified(dates, published),
            Authors = AuthorChooser.Choose(
                new AuthorOffers(signals, articles, SchemaArticles.ById(signals.Items), heading, sites, url), sites, explanation),
            Language = language,
            CanonicalUrl = PageLinks.Canonical(signals, articles, url),
            Image = PageLinks.Image(signals, articles, url),
            SiteName = sites.Name,
            Categories = PageTopics.Categories(signals, articles),
            Status = articles.Take(1).Append(signals.LooseProperties)
                .Select(static item => item.Text("creativeWorkStatus"))
                .FirstOrDefault(static status => status is not null),
            Explanation = explanation.Lines,
        };
        return new PageClaims(page)
        {
            Bodies = Bodies(signals, articles),
            IsSite = sites.IsSite,
            Types = [.. articles.Take(1).SelectMany(static article => article.Types), .. signals.Meta("og:type") is { } type ? [type] : Array.Empty<string>()],
        };
    }

    private static (DateHabits Habits, List<DateClaim> Claims) Dates(
        PageSignals signals, List<SchemaItem> articles, Uri url, DateHabits usual, PlausibleDays plausible)
    {
        var claims = DateClaims.Collect(signals, articles, url, usual, plausible);
        var habits = usual.On(signals, claims);
        return (habits, habits == usual ? claims : DateClaims.Collect(signals, articles, url, habits, plausible));
    }

    private static PageDate? LastDate(PageSignals signals, DateHabits habits, PlausibleDays plausible)
    {
        if (ScriptDate.Find(signals.Scripts) is { } scripted && plausible.Contain(scripted.Day)) return new PageDate(scripted, Origins.Meta);
        return VisibleDate.Find(signals.DocumentTitle, habits) is { } day && plausible.Contain(day)
            ? new PageDate(StatedDate.OfDay(day), Origins.Visible)
            : null;
    }

    private static HashSet<string> PageUrls(PageSignals signals, Uri url) =>
        [
            .. signals.Links
                .Where(static link => link.Rel == "canonical")
                .Select(static link => link.Href).Append(signals.Meta("og:url")).Append(url.AbsoluteUri).OfType<string>().Select(SchemaArticles.UrlKey),
        ];

    private static PageClaim? Headline(List<SchemaItem> articles)
    {
        foreach (var article in articles.Take(3))
        {
            if (HtmlText.Line(article.Text("headline")) is { Length: > 0 } headline) return new PageClaim(headline, article.Origin);
        }

        return null;
    }

    private static List<PageClaim> Bodies(PageSignals signals, List<SchemaItem> articles) =>
        [.. articles.Append(signals.LooseProperties)
            .Select(static item => (Text: item.Text("articleBody", "text"), item.Origin))
            .Where(static body => body.Text is { Length: > 0 })
            .Select(static body => new PageClaim(body.Text!, body.Origin)).Take(5)];
}
