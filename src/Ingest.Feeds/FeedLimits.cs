namespace Ingest.Feeds;

/// <summary>The bounds inside which a feed is read; what lies beyond is cut and recorded, or refused.</summary>
internal static class FeedLimits
{
    /// <summary>Decompressed bytes of one document.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Nesting of elements. Deeper markup is flattened into the text of its ancestor.</summary>
    public const int MaxDepth = 200;

    /// <summary>Nesting of the texts of an entry's own fields; what lies deeper is markup.</summary>
    public const int MaxFieldDepth = 4;

    /// <summary>Attributes of one element, namespace declarations included.</summary>
    public const int MaxAttributes = 256;

    /// <summary>Namespace declarations of one document that the strict reader accepts.</summary>
    public const int MaxNamespaceDeclarations = 20_000;

    /// <summary>Namespace declarations in scope at any element: every lookup of a prefix walks them.</summary>
    public const int MaxNamespacesInScope = 64;

    /// <summary>Entries kept of one feed.</summary>
    public const int MaxEntries = 20_000;

    /// <summary>Addresses kept of one sitemap or index; sitemaps.org allows 50,000.</summary>
    public const int MaxSitemapRows = 100_000;

    /// <summary>Characters of an address, identifier or name.</summary>
    public const int MaxLine = 8 * 1024;

    /// <summary>Characters of one title, summary or content.</summary>
    public const int MaxText = 8 * 1024 * 1024;

    /// <summary>Categories, enclosures, authors and links kept of one entry.</summary>
    public const int MaxList = 256;

    /// <summary>Elements and attributes of one document; of JSON, names and values.</summary>
    public const int MaxNodes = 1_000_000;

    /// <summary>Distinct names of elements and attributes in one document: the framework keeps each for as long as the process lives.</summary>
    public const int MaxNames = 4096;

    /// <summary>Characters of a document that is repaired; a larger one must be well-formed.</summary>
    public const int MaxRepairedLength = 16 * 1024 * 1024;
}
