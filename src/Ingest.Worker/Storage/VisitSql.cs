using Ingest.Text;
using Ingest.Text.Secrets;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Values;
using Ingest.Worker.Storage.Words;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>The statements, other than those for articles, that a visit of a source writes.</summary>
internal static class VisitSql
{
    private static readonly string LedgerText = SqlFile.Read("statements/save_fetches.sql");

    public static NpgsqlBatchCommand Sightings(IReadOnlyList<FromSource<Sighting>> sightings, DateTimeOffset now)
    {
        var rows = sightings.OrderBy(static row => row.Row.Article.Value).ToList();
        return new NpgsqlBatchCommand("""
            insert into ingest.article_sightings as s (source_id, entry_key, article_key, guid, url, title, fingerprint, first_seen_at, changed_at)
            select x.*, $8, $8 from unnest($1, $2, $3, $4, $5, $6, $7) as x(source_id, entry_key, article_key, guid, url, title, fingerprint)
            on conflict (source_id, entry_key, article_key) do update
              set guid = excluded.guid, url = excluded.url, title = excluded.title, fingerprint = excluded.fingerprint, changed_at = excluded.changed_at
              where s.fingerprint <> excluded.fingerprint
            """)
            .Add(rows, NpgsqlDbType.Integer, static row => row.SourceId)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Row.Entry.Value)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Row.Article.Value)
            .AddText(rows, static row => row.Row.Guid)
            .AddText(rows, static row => row.Row.Url)
            .AddText(rows, static row => row.Row.Title)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Row.Fingerprint)
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);
    }

    public static NpgsqlBatchCommand Queue(IReadOnlyList<FromSource<QueuedPage>> pages, DateTimeOffset now)
    {
        // Two sources may show one article at the same time.
        var rows = pages.OrderByDescending(static row => row.Row.Again).DistinctBy(static row => row.Row.Key).OrderBy(static row => row.Row.Key.Value).ToList();
        return new NpgsqlBatchCommand("""
            insert into ingest.page_queue as q (article_key, url, slot, published_at, next_attempt_at, source_id, queued_at, state, attempts)
            select x.article_key, x.url, x.slot, x.published_at, x.next_attempt_at, x.source_id, $8, 'waiting', 0
            from unnest($1, $2, $3, $4, $5, $6, $7) as x(article_key, url, slot, published_at, next_attempt_at, again, source_id)
            where x.again or not exists (select from ingest.articles a where a.article_key = x.article_key and a.page_state in ('read', 'rejected'))
            on conflict (article_key) do update
              set url = excluded.url, slot = excluded.slot, next_attempt_at = excluded.next_attempt_at, state = 'waiting', attempts = 0, last_error = null
              where q.state <> 'waiting' and q.article_key in (select x.article_key from unnest($1, $6) as x(article_key, again) where x.again)
            """)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Row.Key.Value)
            .AddText(rows, static row => row.Row.Url.AbsoluteUri)
            .Add(rows, NpgsqlDbType.Smallint, static row => HostSlot.Of(row.Row.Url))
            .AddMoments(rows, static row => row.Row.PublishedAt)
            .AddMoments(rows, static row => row.Row.NotBefore)
            .Add(rows, NpgsqlDbType.Boolean, static row => row.Row.Again)
            .Add(rows, NpgsqlDbType.Integer, static row => row.SourceId)
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);
    }

    /// <summary>Adds sources found through another one; they inherit what their parent is configured with, and the name that it has by now.</summary>
    public static NpgsqlBatchCommand Children(IReadOnlyList<FromSource<ChildSource>> children, DateTimeOffset now)
    {
        var rows = children
            .DistinctBy(static child => child.Row.Name, StringComparer.Ordinal)
            .OrderBy(static child => child.Row.Name, StringComparer.Ordinal).ToList();
        return new NpgsqlBatchCommand("""
            insert into ingest.sources (name, url, configured_url, slot, parent_id, depth, state, full_text, schedule, time_zone, poll_interval, tags,
                                        next_poll_at, next_poll_reason, failure_weight, created_at, updated_at)
            select p.name || substring(x.name from '/[^/]*$'), x.url, x.url, x.slot, p.id, p.depth + 1,
              case when p.state in ('paused', 'disabled') then p.state else 'active' end, p.full_text, p.schedule, p.time_zone, p.poll_interval,
              p.tags,
                   $5, 'new', 0, $5, $5
            from unnest($1, $2, $3, $4) as x(name, url, slot, parent_id) join ingest.sources p on p.id = x.parent_id
            on conflict (name) do update set state = excluded.state, next_poll_at = excluded.next_poll_at
              where sources.state = 'disabled' and excluded.state = 'active'
            """)
            .AddText(rows, static child => child.Row.Name)
            .AddText(rows, static child => child.Row.Url.AbsoluteUri)
            .Add(rows, NpgsqlDbType.Smallint, static child => HostSlot.Of(child.Row.Url))
            .Add(rows, NpgsqlDbType.Integer, static child => child.SourceId)
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);
    }

    /// <summary>Adds lines to the ledger.</summary>
    public static NpgsqlBatchCommand Ledger(IReadOnlyList<LedgerLine> fetches) => AddLedger(new NpgsqlBatchCommand(LedgerText), fetches);

    /// <summary>Adds the ledger's parameters, to a statement that has taken all others.</summary>
    public static NpgsqlBatchCommand AddLedger(this NpgsqlBatchCommand command, IReadOnlyList<LedgerLine> fetches) => command
        .Add(fetches, NpgsqlDbType.Uuid, static fetch => fetch.Row.Id)
        .Add(fetches, NpgsqlDbType.Integer, static fetch => fetch.SourceId)
        .AddText(fetches, static fetch => fetch.Url)
        .AddText(fetches, static fetch => Words<LedgerKind>.Of(fetch.Row.Kind))
        .AddMoments(fetches, static fetch => fetch.Row.StartedAt)
        .Add(fetches, NpgsqlDbType.Integer, static fetch => (int)fetch.Row.Duration.TotalMilliseconds)
        .Add(fetches, NpgsqlDbType.Integer, static fetch => fetch.Row.Status)
        .AddText(fetches, static fetch => Words<FetchOutcome>.Of(fetch.Row.Outcome))
        .AddText(fetches, static fetch => ErrorText.Of(fetch.Row.Failure))
        .Add(fetches, NpgsqlDbType.Bigint, static fetch => fetch.Row.Bytes)
        .Add(fetches, NpgsqlDbType.Integer, static fetch => fetch.Row.Attempts)
        .Add(fetches, NpgsqlDbType.Boolean, static fetch => fetch.Row.Conditional)
        .AddText(
            fetches,
            static fetch =>
                fetch.Row.FinalUrl is { } final && UrlSecrets.Without(final) is var shown && shown != UrlSecrets.Without(fetch.Row.Url)
                    ? shown.AbsoluteUri
                    : null)
        .Add(fetches, NpgsqlDbType.Integer, static fetch => fetch.Row.Entries.New)
        .Add(fetches, NpgsqlDbType.Integer, static fetch => fetch.Row.Entries.Changed)
        .Add(fetches, NpgsqlDbType.Integer, static fetch => fetch.Row.Entries.Known)
        .Add(fetches, NpgsqlDbType.Integer, static fetch => fetch.Row.Entries.Rejected)
        .AddText(fetches, static fetch => fetch.Row.Node)
        .AddText(fetches, static fetch => fetch.Row.Cause)
        .AddListOrNull(fetches, static fetch => [.. fetch.Row.Redirects.Select(UrlSecrets.Mask)])
        .AddListOrNull(fetches, static fetch => fetch.Row.OptOuts)
        .AddText(fetches, static fetch => fetch.Row.TdmPolicy)
        .AddMoments(fetches, static fetch => fetch.Row.DueAt);

    /// <summary>The lines of a visit: those of the fetches that it took beside its own, and its own. The source's own address stands with the source.</summary>
    public static IEnumerable<LedgerLine> Lines(VisitWrites visit)
    {
        var own = UrlSecrets.Without(visit.Source.Url).AbsoluteUri;
        return Lines(visit.Fetch, visit.Source.Id).Select(line => line.Url == own ? line with { Url = null } : line);
    }

    /// <summary>The lines of a page's visit.</summary>
    public static IEnumerable<LedgerLine> Lines(FetchEntry fetch, int sourceId) =>
        fetch.Others.Append(fetch).Select(line => new LedgerLine(sourceId, line, UrlSecrets.Without(line.Url).AbsoluteUri));
}
