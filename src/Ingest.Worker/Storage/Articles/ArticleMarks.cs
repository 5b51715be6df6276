using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Articles;

/// <summary>What happened to an article after it was published.</summary>
/// <param name="RetractedAt">When its publisher was seen to have withdrawn it; null while it stands.</param>
/// <param name="Retraction">How.</param>
/// <param name="GoneAt">When its page was found gone; null while it is there.</param>
/// <param name="GoneReason">What the site answered.</param>
internal sealed record ArticleMarks(DateTimeOffset? RetractedAt = null, string? Retraction = null, DateTimeOffset? GoneAt = null, string? GoneReason = null)
{
    public static ArticleMarks None { get; } = new();

    /// <summary>Marks articles that were just added. Those that have marks keep them.</summary>
    public static NpgsqlBatchCommand Update(IReadOnlyList<StoredArticle> rows) =>
        new NpgsqlBatchCommand("""
            update ingest.articles a set retracted_at = x.retracted_at, retraction = x.retraction, gone_at = x.gone_at, gone_reason = x.gone_reason
            from unnest($1, $2, $3, $4, $5) as x(article_key, retracted_at, retraction, gone_at, gone_reason)
            where a.article_key = x.article_key and a.retracted_at is null and a.gone_at is null
            """)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Key.Value)
            .AddMoments(rows, static row => row.Marks.RetractedAt)
            .AddText(rows, static row => row.Marks.Retraction)
            .AddMoments(rows, static row => row.Marks.GoneAt)
            .AddText(rows, static row => row.Marks.GoneReason);
}
