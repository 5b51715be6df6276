using System.Collections.Frozen;

namespace Ingest.Feeds.Trees;

/// <summary>The vocabularies that feeds are written in.</summary>
internal enum Vocabulary
{
    /// <summary>Anything else.</summary>
    Unknown,

    /// <summary>RSS of all versions; also elements without a namespace.</summary>
    Rss,
    Atom,
    Rdf,
    DublinCore,
    DublinCoreTerms,
    Content,
    Media,
    Itunes,
    Syndication,
    Xhtml,
    Sitemap,
    SitemapNews,
    SitemapImage,
    History,
    Prism,
    Annotation,
    Feedburner,
    Pheedo,
    Podcast,

    /// <summary>The enclosures of RSS 1.0.</summary>
    Enclosures,
}

/// <summary>Namespace URIs, with the ones feeds use by mistake, and the prefixes they mean when undeclared.</summary>
internal static class FeedNamespaces
{
    public const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    public const string Atom = "http://www.w3.org/2005/Atom";
    public const string Xhtml = "http://www.w3.org/1999/xhtml";

    private static readonly FrozenDictionary<string, Vocabulary> ByUri = new Dictionary<string, Vocabulary>(StringComparer.OrdinalIgnoreCase)
    {
        [""] = Vocabulary.Rss,
        ["purl.org/rss/1.0"] = Vocabulary.Rss,
        ["my.netscape.com/rdf/simple/0.9"] = Vocabulary.Rss,
        ["channel.netscape.com/rdf/simple/0.9"] = Vocabulary.Rss,
        ["purl.org/net/rss1.1#"] = Vocabulary.Rss,
        ["purl.org/rss/2.0"] = Vocabulary.Rss,
        ["backend.userland.com/rss2"] = Vocabulary.Rss,
        ["backend.userland.com/rss"] = Vocabulary.Rss,
        ["backend.userland.com/rss091"] = Vocabulary.Rss,
        ["blogs.law.harvard.edu/tech/rss"] = Vocabulary.Rss,
        ["cyber.law.harvard.edu/rss/rss.html"] = Vocabulary.Rss,
        ["www.rssboard.org/rss-specification"] = Vocabulary.Rss,
        ["www.w3.org/2005/atom"] = Vocabulary.Atom,
        ["purl.org/atom/ns#"] = Vocabulary.Atom,
        ["purl.org/atom/ns"] = Vocabulary.Atom,
        ["example.com/newformat#"] = Vocabulary.Atom,
        ["example.com/necho"] = Vocabulary.Atom,
        ["purl.org/echo"] = Vocabulary.Atom,
        ["uri/of/echo/namespace#"] = Vocabulary.Atom,
        ["purl.org/pie"] = Vocabulary.Atom,
        ["www.w3.org/1999/02/22-rdf-syntax-ns#"] = Vocabulary.Rdf,
        ["purl.org/dc/elements/1.1"] = Vocabulary.DublinCore,
        ["purl.org/dc/elements/1.0"] = Vocabulary.DublinCore,
        ["purl.org/metadata/dublin_core"] = Vocabulary.DublinCore,
        ["purl.org/dc/terms"] = Vocabulary.DublinCoreTerms,
        ["purl.org/rss/1.0/modules/dcterms"] = Vocabulary.DublinCoreTerms,
        ["purl.org/rss/1.0/modules/content"] = Vocabulary.Content,
        ["search.yahoo.com/mrss"] = Vocabulary.Media,
        ["www.rssboard.org/media-rss"] = Vocabulary.Media,
        ["video.search.yahoo.com/mrss"] = Vocabulary.Media,
        ["www.itunes.com/dtds/podcast-1.0.dtd"] = Vocabulary.Itunes,
        ["example.com/dtds/podcast-1.0.dtd"] = Vocabulary.Itunes,
        ["purl.org/rss/1.0/modules/syndication"] = Vocabulary.Syndication,
        ["www.w3.org/1999/xhtml"] = Vocabulary.Xhtml,
        ["www.sitemaps.org/schemas/sitemap/0.9"] = Vocabulary.Sitemap,
        ["www.google.com/schemas/sitemap/0.84"] = Vocabulary.Sitemap,
        ["www.google.com/schemas/sitemap/0.9"] = Vocabulary.Sitemap,
        ["www.google.com/schemas/sitemap-news/0.9"] = Vocabulary.SitemapNews,
        ["www.google.com/schemas/sitemap-image/1.1"] = Vocabulary.SitemapImage,
        ["purl.org/syndication/history/1.0"] = Vocabulary.History,
        ["purl.org/rss/1.0/modules/annotate"] = Vocabulary.Annotation,
        ["rssnamespace.org/feedburner/ext/1.0"] = Vocabulary.Feedburner,
        ["www.pheedo.com/namespace/pheedo"] = Vocabulary.Pheedo,
        ["podcastindex.org/namespace/1.0"] = Vocabulary.Podcast,
        ["github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"] = Vocabulary.Podcast,
        ["purl.oclc.org/net/rss_2.0/enc#"] = Vocabulary.Enclosures,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> UriByPrefix = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["atom"] = Atom, ["atom10"] = Atom, ["atom03"] = Atom, ["a10"] = Atom, ["rdf"] = Rdf, ["xhtml"] = Xhtml, ["html"] = Xhtml,
        ["dc"] = "http://purl.org/dc/elements/1.1/", ["dcterms"] = "http://purl.org/dc/terms/", ["content"] = "http://purl.org/rss/1.0/modules/content/",
        ["media"] = "http://search.yahoo.com/mrss/", ["itunes"] = "http://www.itunes.com/dtds/podcast-1.0.dtd",
        ["sy"] = "http://purl.org/rss/1.0/modules/syndication/",
        ["news"] = "http://www.google.com/schemas/sitemap-news/0.9", ["image"] = "http://www.google.com/schemas/sitemap-image/1.1",
        ["fh"] = "http://purl.org/syndication/history/1.0",
        ["prism"] = "http://prismstandard.org/namespaces/basic/2.0/", ["ag"] = "http://purl.org/rss/1.0/modules/annotate/",
        ["feedburner"] = "http://rssnamespace.org/feedburner/ext/1.0", ["pheedo"] = "http://www.pheedo.com/namespace/pheedo",
        ["podcast"] = "https://podcastindex.org/namespace/1.0", ["enc"] = "http://purl.oclc.org/net/rss_2.0/enc#",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a namespace URI means; scheme, case and a closing slash make no difference.</summary>
    public static Vocabulary Find(string uri)
    {
        if (uri.Length > 200) return Vocabulary.Unknown;
        var bare = uri.Trim();
        if (bare.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) bare = bare[7..];
        else if (bare.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) bare = bare[8..];
        bare = bare.TrimEnd('/');
        if (ByUri.TryGetValue(bare, out var vocabulary)) return vocabulary;
        return bare.StartsWith("prismstandard.org/", StringComparison.OrdinalIgnoreCase) ? Vocabulary.Prism : Vocabulary.Unknown;
    }

    /// <summary>The URI an undeclared prefix means; null when it means nothing to us.</summary>
    public static string? OfPrefix(string prefix) => UriByPrefix.GetValueOrDefault(prefix);
}
