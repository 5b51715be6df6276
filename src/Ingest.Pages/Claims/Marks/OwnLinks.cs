using Ingest.Pages.Claims.Schema;

namespace Ingest.Pages.Claims.Marks;

/// <summary>Knows links that lead to the page that they stand on, as in a list of the latest articles.</summary>
internal sealed class OwnLinks(PageSignals signals)
{
    private string? _path;

    /// <summary>Does the link lead here? Only where the page states its address, and that has a path.</summary>
    public bool Is(string href)
    {
        _path ??= PathOf(signals.Links.Find(static link => link.Rel == "canonical")?.Href ?? signals.Meta("og:url") ?? "");
        return _path.Length > 1 && !href.Contains('?', StringComparison.Ordinal) && MayEndAlike(href) && PathOf(href) == _path;
    }

    // A cheap look, for every link of a page.
    private bool MayEndAlike(string href) =>
        href.AsSpan().TrimEnd('/') is [.., var last]
            && (!char.IsAscii(last) || char.ToLowerInvariant(last) == _path![^1] || href.Contains('#', StringComparison.Ordinal));

    private static string PathOf(string url)
    {
        if (url.StartsWith('/')) return SchemaArticles.UrlKey(url);
        var key = url.Contains("://", StringComparison.Ordinal) ? SchemaArticles.UrlKey(url) : "";
        return key.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? key[slash..] : "";
    }
}
