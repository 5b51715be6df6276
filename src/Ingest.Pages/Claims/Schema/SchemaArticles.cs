using Ingest.Text;
using Ingest.Text.Limits;

namespace Ingest.Pages.Claims.Schema;

/// <summary>Finds the item that describes the page's own article among all that the page describes.</summary>
internal static class SchemaArticles
{
    private const int MostItems = 5_000;

    // What stands below these is another thing than the page's article: part of it, spoken of by it, or listed on it.
    private static readonly HashSet<string> OtherThings = new(StringComparer.OrdinalIgnoreCase)
    {
        "itemListElement", "hasPart", "isPartOf", "relatedLink", "citation", "comment", "about", "mentions", "author", "publisher", "image", "logo",
        "isBasedOn",
        "review", "aggregateRating", "offers", "subjectOf", "associatedMedia", "creator", "sourceOrganization", "breadcrumb", "potentialAction",
        "liveBlogUpdate", "workExample",
    };

    /// <summary>All items with their rank as the article, best first; none of rank zero.</summary>
    /// <param name="roots">The top-level items.</param>
    /// <param name="pageUrls">The page's URLs, as it was fetched and as it calls itself.</param>
    /// <param name="titles">Lower-case texts that hold the title: headings, document title, og:title.</param>
    /// <param name="limit">How long it may take.</param>
    public static List<SchemaItem> Rank(IEnumerable<SchemaItem> roots, IReadOnlySet<string> pageUrls, IReadOnlyCollection<string> titles, ReadingLimit limit)
    {
        var found = new List<(SchemaItem Item, bool Own)>();
        foreach (var root in roots) Gather(root, own: true, found, 0);
        return
        [
            .. found.Select(f => (f.Item, Score: Score(f.Item, f.Own, pageUrls, titles, limit))).Where(static f => f.Score > 0)
                .OrderByDescending(static f => f.Score).Select(static f => f.Item),
        ];
    }

    /// <summary>Joins items that are only a reference (<c>{"@id": …}</c>) with what stands at that id.</summary>
    public static SchemaItem Resolve(SchemaItem item, IReadOnlyDictionary<string, SchemaItem> byId) =>
        item.Id is { } id && item.Properties.Count <= 1 && byId.TryGetValue(id, out var whole) ? whole : item;

    /// <summary>The items that have an id and say something.</summary>
    public static Dictionary<string, SchemaItem> ById(IEnumerable<SchemaItem> roots)
    {
        var found = new List<(SchemaItem Item, bool Own)>();
        foreach (var root in roots) Gather(root, own: true, found, 0);
        var byId = new Dictionary<string, SchemaItem>(StringComparer.Ordinal);
        foreach (var (item, _) in found)
        {
            if (item.Id is { } id && item.Properties.Count > 1) byId.TryAdd(id, item);
        }

        return byId;
    }

    private static void Gather(SchemaItem item, bool own, List<(SchemaItem Item, bool Own)> found, int depth)
    {
        if (found.Count >= MostItems || depth > 64) return;
        found.Add((item, own));
        foreach (var (property, values) in item.Properties)
        {
            var stillOwn = own && !OtherThings.Contains(property);
            foreach (var value in values)
            {
                if (value.Item is { } inner) Gather(inner, stillOwn, found, depth + 1);
            }
        }
    }

    private static int Score(SchemaItem item, bool own, IReadOnlySet<string> pageUrls, IReadOnlyCollection<string> titles, ReadingLimit limit)
    {
        var score = item.Types.Select(TypeScore).DefaultIfEmpty(0).Max();
        if (score == 0) return 0;
        if (!own) score -= 60;
        var url = item.Text("url") ?? item.Text("mainEntityOfPage") ?? item.Id;
        if (url is not null) score += pageUrls.Contains(UrlKey(url)) ? 25 : url.Contains("://", StringComparison.Ordinal) ? -5 : 0;
        var headline = item.Text("headline", "name");
        // Whoever has cooked the recipe or bought the thing reviews it below the article.
        if (!own && headline is null or "" && item.Types.Contains("Review")) return 0;
        if (headline is { Length: > 0 }) score += Agree(titles, headline, limit) ? 30 : -5;
        if (item.Properties.ContainsKey("datePublished")) score += 10;
        if (item.Origin == Origins.JsonLd) score += 2;
        return score;
    }

    /// <summary>Scheme, "www.", query and fragment left out.</summary>
    public static string UrlKey(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        var rest = start < 0 ? url : url[(start + 3)..];
        if (rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) rest = rest[4..];
        var end = rest.AsSpan().IndexOfAny('?', '#');
        return (end < 0 ? rest : rest[..end]).TrimEnd('/').ToLowerInvariant();
    }

    private static bool Agree(IReadOnlyCollection<string> titles, string headline, ReadingLimit limit)
    {
        var key = headline.Trim().ToLowerInvariant();
        if (key.Length <= 5) return false;
        foreach (var title in titles)
        {
            limit.Check(key.Length + title.Length);
            if (title.Contains(key, StringComparison.Ordinal) || (title.Length > 5 && key.Contains(title, StringComparison.Ordinal))) return true;
        }

        return false;
    }

    private static int TypeScore(string type) => type switch
    {
        _ when type.EndsWith("Article", StringComparison.OrdinalIgnoreCase) => 60,
        _ when type.EndsWith("Posting", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("Job", StringComparison.OrdinalIgnoreCase) => 60,
        "Blog" => 15,
        "Report" or "BackgroundNewsArticle" or "Recipe" or "Review" or "HowTo" or "PodcastEpisode" or "ClaimReview" => 50,
        "CreativeWork" or "VideoObject" or "NewsMediaObject" or "Event" or "Book" or "Product" or "FAQPage" or "QAPage" or "MediaObject" or "Dataset" or "Movie"
            or "MusicRecording" =>
            35,
        _ when type.EndsWith("Page", StringComparison.OrdinalIgnoreCase) => 25,
        _ => 0,
    };
}
