using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.Schema;
using Ingest.Text.Secrets;

namespace Ingest.Pages.Claims;

/// <summary>The page's canonical URL and lead image, absolute.</summary>
internal static class PageLinks
{
    /// <summary>
    /// rel=canonical (on an AMP page it names the page itself), else og:url; null when it is not an http(s) URL of a public host, or names the front page or a
    /// section while this is another page: templates do that on every page.
    /// </summary>
    /// <param name="signals">The page's signals.</param>
    /// <param name="articles">What the page describes: an article that calls itself by the URL bears it out.</param>
    /// <param name="url">The URL that answered.</param>
    public static string? Canonical(PageSignals signals, IReadOnlyList<SchemaItem> articles, Uri url)
    {
        var own = articles.Take(1).SelectMany(static article => article.Values("url", "mainEntityOfPage"))
            .Select(static value => value.Text ?? value.Item?.Id).OfType<string>().Select(SchemaArticles.UrlKey).ToHashSet(StringComparer.Ordinal);
        foreach (var stated in signals.Links.Where(static link => link.Rel.Split(' ').Contains("canonical"))
            .Select(static link => link.Href)
            .Append(signals.Meta("og:url")))
        {
            if (Absolute(stated, url) is { } canonical && IsPlausible(canonical, url)
                && (own.Contains(SchemaArticles.UrlKey(canonical.AbsoluteUri)) || !IsSection(canonical, url)))
                return canonical.AbsoluteUri;
        }

        return null;
    }

    /// <summary>The article's image, else og:image, twitter:image, image_src.</summary>
    public static string? Image(PageSignals signals, IReadOnlyList<SchemaItem> articles, Uri url)
    {
        var own = articles.Take(1)
            .SelectMany(static article => article.Values("image", "thumbnailUrl"))
            .Select(static value => value.Text ?? value.Item?.Text("url", "contentUrl", "@id"));
        var linked = signals.Links.Where(static link => link.Rel == "image_src").Select(static link => link.Href);
        return own.Append(signals.Meta("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")).Concat(linked)
            .Select(stated => Absolute(stated, url)?.AbsoluteUri).FirstOrDefault(static image => image is not null);
    }

    private static Uri? Absolute(string? stated, Uri url) =>
        !string.IsNullOrWhiteSpace(stated) && stated.Length < 4_000 && Uri.TryCreate(url, stated.Trim(), out var absolute)
        && (absolute.Scheme == Uri.UriSchemeHttp || absolute.Scheme == Uri.UriSchemeHttps) ? UrlSecrets.WithoutUserInfo(absolute) : null;

    private static bool IsPlausible(Uri canonical, Uri url)
    {
        var isFrontPage = canonical.AbsolutePath == "/" && canonical.Query.Length == 0;
        var isPublic = canonical.HostNameType == UriHostNameType.Dns && canonical.Host.Contains('.', StringComparison.Ordinal)
            && !canonical.Host.EndsWith(".local", StringComparison.OrdinalIgnoreCase);
        return (isPublic || canonical.Host == url.Host) && (!isFrontPage || (url.AbsolutePath == "/" && url.Query.Length == 0));
    }

    /// <summary>
    /// Does the canonical link name a section that this page stands in? It has a plain word at its end, where this page has a slug or a number, and leads no
    /// deeper.
    /// </summary>
    private static bool IsSection(Uri canonical, Uri url)
    {
        if (canonical.Query.Length > 0 || canonical.Host != url.Host || canonical.AbsolutePath.Trim('/') == url.AbsolutePath.Trim('/')) return false;
        var (named, own) = (Parts(canonical), Parts(url));
        return named.Length > 0 && own.Length >= named.Length && IsSlug(own[^1]) && !named.Any(IsSlug) && !named[^1].Contains('.', StringComparison.Ordinal);
    }

    private static string[] Parts(Uri url) => url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsSlug(string part) => part.Contains('-', StringComparison.Ordinal) || part.Contains('_', StringComparison.Ordinal)
        || part.Contains('%', StringComparison.Ordinal) || part.Any(char.IsAsciiDigit);
}
