using Ingest.Text;

namespace Ingest.Feeds;

/// <summary>One item of a feed or one URL of a sitemap, as published.</summary>
public sealed record FeedEntry
{
    /// <summary>guid, atom:id, rdf:about or JSON id, trimmed; null when the entry has none.</summary>
    public string? Id { get; init; }

    /// <summary>The entry's page, resolved against its base where there is one.</summary>
    public string? Link { get; init; }

    /// <summary>The address that the feed gives for it where a service counts its readers and <see cref="Link"/> is the publisher's own; else null.</summary>
    public string? CountingLink { get; init; }

    /// <summary>As published: may hold HTML.</summary>
    public string? Title { get; init; }

    public StatedDate? Published { get; init; }

    public StatedDate? Updated { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>The teaser: HTML or text as published, decoded once.</summary>
    public string? Summary { get; init; }

    /// <summary>The full content: HTML or text as published, decoded once.</summary>
    public string? Content { get; init; }

    public IReadOnlyList<FeedCategory> Categories { get; init; } = [];

    public IReadOnlyList<Enclosure> Enclosures { get; init; } = [];

    /// <summary>The lead image, absolute where it could be resolved.</summary>
    public string? Image { get; init; }

    public string? Language { get; init; }

    /// <summary>The publication a syndicated entry came from (rss:source, atom:source, news:publication).</summary>
    public string? Source { get; init; }
}

/// <summary>A category term with its scheme (null when none).</summary>
public sealed record FeedCategory(string Term, string? Scheme);
