using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.Names;
using Ingest.Pages.Claims.Schema;
using Ingest.Text;
using Ingest.Text.Html;
using Ingest.Text.Teasers;

namespace Ingest.Pages.Claims;

/// <summary>The page's description and categories.</summary>
internal static class PageTopics
{
    private const int MostCategories = 30;
    private const int LongestCategory = 80;

    /// <summary>
    /// The article's own, else og:description, else the meta description; one that only repeats the title, the site's name or what it says of itself is none,
    /// and calls to read on at its end are no part of it.
    /// </summary>
    public static PageClaim? Description(PageSignals signals, IReadOnlyList<SchemaItem> articles, string? title, SiteNames sites)
    {
        var offers = articles.Take(1).Select(static article => (Text: article.Text("description"), article.Origin))
            .Append((signals.Meta("og:description"), Origins.OpenGraph)).Append((
                signals.Meta("description", "twitter:description", "dc.description", "dcterms.description", "dcterms.abstract"), Origins.Meta))
            .Append((signals.LooseProperties.Text("description"), Origins.Microdata));
        var slogans = Slogans(signals);
        foreach (var (text, origin) in offers)
        {
            if (HtmlText.Line(text) is { Length: > 2 } stated && !slogans.Contains(ComparableText.Letters(stated))
                && WithoutCall(stated, title) is { Length: > 2 } line
                && ComparableText.Letters(line) != ComparableText.Letters(title) && !sites.IsExactly(line))
                return new PageClaim(line, origin);
        }

        return null;
    }

    // The sign that the text was cut stays.
    private static string WithoutCall(string stated, string? title)
    {
        var line = TeaserEnd.Without([stated], title ?? "") is [var rest] ? rest : "";
        var end = stated[line.Length..];
        return line.Length > 0 && (end.Contains('…', StringComparison.Ordinal) || end.Contains("...", StringComparison.Ordinal)) ? line + " …" : line;
    }

    /// <summary>What the page says of its site, which templates repeat as the description of each article.</summary>
    private static HashSet<string> Slogans(PageSignals signals) =>
        signals.Items.Where(static item => item.Types.Any(static type => type is "WebSite" or "Organization" or "NewsMediaOrganization" or "Blog"))
            .SelectMany(static item => new[] { item.Text("description"), item.Text("slogan"), item.Text("alternateName") })
            .Concat(signals.Items.SelectMany(static item => item.Values("publisher", "isPartOf"))
                .Select(static value => value.Item?.Text("description", "slogan")))
            .Select(ComparableText.Letters).Where(static key => key.Length > 0).ToHashSet(StringComparer.Ordinal);

    /// <summary>Sections, then tags, then keywords, each once.</summary>
    public static IReadOnlyList<string> Categories(PageSignals signals, IReadOnlyList<SchemaItem> articles)
    {
        var stated = articles.Take(1).SelectMany(
            static article => article.Values("articleSection").Concat(article.Values("keywords")).Select(static value => value.AsText()))
            .Concat(signals.Metas.Where(
                static meta =>
                    meta.Name is "article:section" or "article:tag" or "parsely-section" or "parsely-tags" or "sailthru.tags" or "news_keywords"
                        or "citation_keywords")
                .Select(static meta => (string?)meta.Content)).ToList();
        if (stated.Count == 0) stated.Add(signals.Meta("keywords"));
        return [.. stated.SelectMany(static text => (text ?? "").Split([',', ';'], 100)).Select(HtmlText.Line)
            .Where(static text => text.Length is > 1 and <= LongestCategory && !text.Contains("://", StringComparison.Ordinal))
            .DistinctBy(static text => text.ToLowerInvariant()).Take(MostCategories)];
    }
}
