using NpgsqlTypes;

namespace Ingest.Worker.Storage.Tables;

/// <summary>A row of <c>article_changes</c>.</summary>
internal sealed class ChangeRow
{
    public ulong Xid { get; init; }

    public long Id { get; init; }

    public required string Kind { get; init; }

    public long ArticleId { get; init; }

    public int Revision { get; init; }
}

/// <summary>A row of <c>article_search</c>.</summary>
internal sealed class SearchRow
{
    public long ArticleId { get; init; }

    public DateOnly PublishedOn { get; init; }

    public required NpgsqlTsVector Document { get; init; }
}

/// <summary>The row of <c>search_progress</c>.</summary>
internal sealed class SearchProgressRow
{
    public bool OnlyRow { get; init; }

    public required string Scope { get; init; }

    public ulong Xid { get; init; }

    public long ChangeId { get; init; }

    public DateTimeOffset IndexedAt { get; init; }
}
