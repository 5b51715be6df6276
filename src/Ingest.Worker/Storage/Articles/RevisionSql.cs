using Ingest.Worker.Articles;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Articles;

/// <summary>A text that is to replace the stored one.</summary>
/// <param name="Row">The article as it is to be.</param>
/// <param name="Stored">As it is.</param>
/// <param name="Change">How they differ.</param>
internal sealed record Replacement(StoredArticle Row, LockedArticle Stored, TextChange Change)
{
    /// <summary>Does a version end here? The first whole text of an article completes what its feed said of it.</summary>
    public bool IsRevision => Stored.IsComplete && Change.Kind == ChangeKind.Revised;

    /// <summary>Is there anything to write? A counter's or a clock's new state is not.</summary>
    public bool IsWritten => !Stored.IsComplete || Change.Kind is ChangeKind.Cosmetic or ChangeKind.Revised
        || (Change.Kind == ChangeKind.None && HasOtherFacts(Row.Article, Stored.Article));

    /// <summary>Must readers of changes hear of it?</summary>
    public bool IsNews => Stored.IsComplete ? IsRevision : Change.Kind is ChangeKind.Revised or ChangeKind.Settled;

    // Not the language: it is detected again from each text.
    private static bool HasOtherFacts(DatedArticle now, DatedArticle stored) =>
        now.Url != stored.Url || now.PublishedOn != stored.PublishedOn || now.PublishedAt != stored.PublishedAt || now.ModifiedAt != stored.ModifiedAt
        || now.ImageUrl != stored.ImageUrl || now.LiveBlog != stored.LiveBlog || (now.Retraction is not null && stored.Retraction is null)
        || !now.Authors.SequenceEqual(stored.Authors, StringComparer.Ordinal) || !now.Categories.SequenceEqual(stored.Categories, StringComparer.Ordinal);

    /// <summary>Compares a new text with the stored one.</summary>
    public static Replacement Of(StoredArticle row, LockedArticle stored)
    {
        var storable = Storable.Article(row.Article);
        return new Replacement(row with { Article = storable }, stored, TextChange.Between(stored.Article, storable, stored.DoubtfulChanges, stored.Earlier));
    }
}

/// <summary>The statement that keeps superseded texts.</summary>
internal static class RevisionSql
{
    /// <summary>Copies the present texts of articles before they are replaced.</summary>
    public static NpgsqlBatchCommand Keep(IReadOnlyList<Replacement> revised, DateTimeOffset now) =>
        new NpgsqlBatchCommand("""
            insert into ingest.article_revisions (article_id, revision, kind, url, title, headline, description, body, published_at, modified_at, content_hash,
                                                  valid_from, valid_to, changed_fields, changed_words)
            select a.id, a.revision, 'revised', a.url, a.title, a.headline, a.description, a.body, a.published_at, a.modified_at, x.content_hash,
                   coalesce(a.revised_at, a.first_seen_at), $5, string_to_array(x.fields, chr(31)), x.words
            from unnest($1, $2, $3, $4) as x(id, content_hash, fields, words) join ingest.articles a on a.id = x.id
            """)
            .Add(revised, NpgsqlDbType.Bigint, static row => row.Stored.Id)
            .Add(revised, NpgsqlDbType.Uuid, static row => TextChange.ContentHash(row.Stored.Article))
            .AddList(revised, static row => row.Change.Fields)
            .Add(revised, NpgsqlDbType.Integer, static row => row.Change.Words)
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);
}
