using System.Globalization;
using Ingest.Feeds;
using Ingest.Identity;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;

namespace Ingest.Worker.Ingestion.Discovery;

/// <summary>What of a sitemap, or of a page that announces feeds, is followed.</summary>
internal static class SitemapRules
{
    // A page leads to its feed or sitemap index, an index to its sitemaps: two steps reach everything that is meant to be found.
    private const int MaxDepth = 2;

    /// <summary>The entries stated to be at least as new as the cut; those without a date are kept.</summary>
    public static IReadOnlyList<FeedEntry> Recent(IReadOnlyList<FeedEntry> entries, DateTimeOffset since)
    {
        var day = DateOnly.FromDateTime(since.UtcDateTime);
        return [.. entries.Where(entry => (entry.Published ?? entry.Updated) is not { } date || date.Day >= day)];
    }

    /// <summary>The sources found through this one: the newest sitemaps of an index, or the first feed that a page announces.</summary>
    public static IReadOnlyList<ChildSource> Children(Source source, FeedDocument document, int limit)
    {
        if (document.ChildrenAreGuesses || !MayHaveChildren(source)) return [];

        // A page announces its main feed first; those of comments and categories follow.
        var followed = document.Format == FeedFormat.Page
            ? document.Children.Take(1)
            : document.Children.OrderByDescending(static child => child.Modified?.Day).Take(limit);
        return [.. followed
            .Select(static child => CanonicalUrl.Parse(child.Url))
            .OfType<Uri>()
            .Where(url => url != source.Url)
            .DistinctBy(static url => url.AbsoluteUri)
            .Select(url => Child(source, url))];
    }

    /// <summary>Whether what is found through a source may become one.</summary>
    public static bool MayHaveChildren(Source source) => source.Depth < MaxDepth;

    /// <summary>The source that an address becomes.</summary>
    public static ChildSource Child(Source source, Uri url) => new(NameOf(source, url), url);

    private static string NameOf(Source source, Uri url) =>
        string.Create(CultureInfo.InvariantCulture, $"{source.Name}/{Fingerprint.Of(url.AbsoluteUri).ToString("N")[..8]}");
}
