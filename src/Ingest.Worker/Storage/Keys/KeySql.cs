using Ingest.Identity;
using Ingest.Text;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Keys;

/// <summary>The statements that write which URLs are one article, and which articles may be one.</summary>
internal static class KeySql
{
    /// <summary>Adds further URLs; one that is an article's own, or known already, stays what it is.</summary>
    public static NpgsqlBatchCommand Aliases(IReadOnlyList<Alias> aliases, DateTimeOffset now)
    {
        var rows = aliases.OrderBy(static row => row.Key.Value).ToList();
        return new NpgsqlBatchCommand("""
            insert into ingest.article_aliases (alias_key, article_key, url, reason, noticed_at)
            select x.alias_key, x.article_key, x.url, x.reason, $5 from unnest($1, $2, $3, $4) as x(alias_key, article_key, url, reason)
            where x.alias_key <> x.article_key and not exists (select from ingest.articles a where a.article_key = x.alias_key)
            on conflict (alias_key) do nothing
            """)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Key.Value)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Article.Value)
            .AddText(rows, static row => CanonicalUrl.Published(row.Url))
            .AddText(rows, static row => Words<NameReason>.Of(row.Reason))
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);
    }

    /// <summary>Notes that articles may be one; noted once.</summary>
    public static NpgsqlBatchCommand Links(IReadOnlyList<DoubtfulLink> links, DateTimeOffset now)
    {
        var rows = links.OrderBy(static row => row.Article.Value).ThenBy(static row => row.Other.Value).ToList();
        return new NpgsqlBatchCommand("""
            insert into ingest.article_links (article_key, other_key, reason, noticed_at)
            select x.article_key, x.other_key, x.reason, $4 from unnest($1, $2, $3) as x(article_key, other_key, reason)
            where x.article_key <> x.other_key
            on conflict (article_key, other_key) do nothing
            """)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Article.Value)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Other.Value)
            .AddText(rows, static row => Words<NameReason>.Of(row.Reason))
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);
    }

    /// <summary>Marks the articles whose entries the feed itself deleted (RFC 6721); those marked already stay as they are.</summary>
    public static NpgsqlBatchCommand Deleted(IReadOnlyList<DeletedEntry> deleted, int sourceId, DateTimeOffset now) =>
        new NpgsqlBatchCommand("""
            update ingest.articles a set retracted_at = coalesce(x.at, $5), retraction = x.reason, updated_at = $5, changed_xid = pg_current_xact_id()
            from unnest($1, $2, $3) as x(entry_key, at, reason)
            join ingest.article_sightings s on s.source_id = $4 and s.entry_key = x.entry_key
            where a.article_key = s.article_key and a.source_id = $4 and a.retracted_at is null
            """)
            .Add(deleted, NpgsqlDbType.Uuid, static row => row.Entry.Value)
            .AddMoments(deleted, static row => row.At)
            .AddText(deleted, static row => ErrorText.Of(row.Reason))
            .Add(sourceId, NpgsqlDbType.Integer)
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);
}

/// <summary>An entry that its feed deleted.</summary>
/// <param name="Entry">Identity within the source.</param>
/// <param name="At">When, as stated; null when not stated.</param>
/// <param name="Reason">In words.</param>
internal sealed record DeletedEntry(EntryKey Entry, DateTimeOffset? At, string Reason);
