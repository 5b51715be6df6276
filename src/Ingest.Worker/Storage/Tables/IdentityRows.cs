namespace Ingest.Worker.Storage.Tables;

/// <summary>A row of <c>article_revisions</c>.</summary>
internal sealed class RevisionRow
{
    public long Id { get; init; }

    public long ArticleId { get; init; }

    public int Revision { get; init; }

    public required string Kind { get; init; }

    public required string Url { get; init; }

    public required string Title { get; init; }

    public required string Headline { get; init; }

    public required string Description { get; init; }

    public required string Body { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? ModifiedAt { get; init; }

    public Guid ContentHash { get; init; }

    public DateTimeOffset ValidFrom { get; init; }

    public DateTimeOffset ValidTo { get; init; }

    public string[] ChangedFields { get; init; } = [];

    public int ChangedWords { get; init; }

    public ulong ChangedXid { get; init; }
}

/// <summary>A row of <c>article_aliases</c>.</summary>
internal sealed class AliasRow
{
    public Guid AliasKey { get; init; }

    public Guid ArticleKey { get; init; }

    public required string Url { get; init; }

    public required string Reason { get; init; }

    public long? MergedId { get; init; }

    public DateTimeOffset NoticedAt { get; init; }
}

/// <summary>A row of <c>article_links</c>.</summary>
internal sealed class LinkRow
{
    public Guid ArticleKey { get; init; }

    public Guid OtherKey { get; init; }

    public required string Reason { get; init; }

    public DateTimeOffset NoticedAt { get; init; }
}

/// <summary>A row of <c>stories</c>.</summary>
internal sealed class StoryRow
{
    public long Id { get; init; }

    public int Articles { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }
}

/// <summary>A row of <c>article_sketches</c>.</summary>
internal sealed class SketchRow
{
    public long ArticleId { get; init; }

    public DateOnly Day { get; init; }

    public int Groups { get; init; }

    public required byte[] Smallest { get; init; }

    public int[]? Shingles { get; init; }
}

/// <summary>A row of <c>article_shingles</c>.</summary>
internal sealed class ShingleRow
{
    public int Shingle { get; init; }

    public DateOnly Day { get; init; }

    public long ArticleId { get; init; }
}
