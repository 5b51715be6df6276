using System.Globalization;
using Ingest.Identity;
using Ingest.Text;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Keys;

/// <summary>
/// Joins an article to another one that it proved to be. Nothing is lost: its text becomes a version of the other's, its URL a further one, its sightings the
/// other's.
/// </summary>
internal static class MergeSql
{
    private static readonly string[] Statements =
    [
        """
        insert into ingest.article_revisions (article_id, revision, kind, url, title, headline, description, body, published_at, modified_at, content_hash,
                                              valid_from, valid_to, changed_fields, changed_words)
        select i.id, f.revision, 'merged', f.url, f.title, f.headline, f.description, f.body, f.published_at, f.modified_at, f.fingerprint,
               coalesce(f.revised_at, f.first_seen_at), $4, '{}', 0
        from ingest.articles f, ingest.articles i where f.article_key = $1 and i.article_key = $2
        """,
        """
        update ingest.article_revisions r set article_id = i.id from ingest.articles f, ingest.articles i
        where f.article_key = $1 and i.article_key = $2 and r.article_id = f.id
        """,
        """
        insert into ingest.article_aliases (alias_key, article_key, url, reason, merged_id, noticed_at)
        select $1, $2, coalesce(f.url, $5), $3, f.id, $4 from (select) one left join ingest.articles f on f.article_key = $1
        on conflict (alias_key) do update set article_key = excluded.article_key, merged_id = coalesce(excluded.merged_id, article_aliases.merged_id)
        """,
        "update ingest.article_aliases set article_key = $2 where article_key = $1",
        "delete from ingest.article_aliases where alias_key = $2",
        """
        insert into ingest.article_sightings (source_id, entry_key, article_key, guid, url, title, fingerprint, first_seen_at, changed_at)
        select source_id, entry_key, $2, guid, url, title, fingerprint, first_seen_at, changed_at from ingest.article_sightings where article_key = $1
        on conflict (source_id, entry_key, article_key) do nothing
        """,
        "delete from ingest.article_sightings where article_key = $1",
        """
        insert into ingest.article_links (article_key, other_key, reason, noticed_at)
        select case article_key when $1 then $2 else article_key end, case other_key when $1 then $2 else other_key end, reason, noticed_at
        from ingest.article_links where (article_key = $1 and other_key <> $2) or (other_key = $1 and article_key <> $2)
        on conflict (article_key, other_key) do nothing
        """,
        "delete from ingest.article_links where article_key = $1 or other_key = $1",
        "delete from ingest.page_queue where article_key = $1",
        """
        update ingest.articles i set updated_at = $4, changed_xid = pg_current_xact_id() from ingest.articles f where i.article_key = $2 and f.article_key = $1
        """,
        "delete from ingest.articles where article_key = $1",
    ];

    /// <summary>The statements, to be run in this order.</summary>
    /// <param name="from">The article that ends.</param>
    /// <param name="into">The one that it is.</param>
    /// <param name="url">Its URL, should its row not be there.</param>
    /// <param name="reason">How that came out: a canonical link, a redirect or a duplicate.</param>
    /// <param name="now">The time of the visit.</param>
    public static IEnumerable<NpgsqlBatchCommand> Commands(ArticleKey from, ArticleKey into, Uri url, NameReason reason, DateTimeOffset now) =>
        Statements.Select(
            text =>
                WithParameters(
                    text,
                    [
                        (from.Value, NpgsqlDbType.Uuid), (into.Value, NpgsqlDbType.Uuid), (Words<NameReason>.Of(reason), NpgsqlDbType.Text),
                        (now.ToUniversalTime(), NpgsqlDbType.TimestampTz), (CanonicalUrl.Published(url), NpgsqlDbType.Text),
                    ]));

    // A statement is given the parameters that it names, in their order.
    private static NpgsqlBatchCommand WithParameters(string text, (object Value, NpgsqlDbType Type)[] parameters)
    {
        var command = new NpgsqlBatchCommand();
        for (var i = 0; i < parameters.Length; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"${i + 1}");
            if (!text.Contains(name, StringComparison.Ordinal)) continue;
            command.Add(parameters[i].Value, parameters[i].Type);
            text = text.Replace(name, string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}"), StringComparison.Ordinal);
        }

        command.CommandText = text;
        return command;
    }
}
